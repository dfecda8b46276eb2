/**
 * Runs one of the commands of package.json: `node scripts/run.mjs <command> [args]`.
 *
 * The only plain JavaScript here, and free of dependencies: it must run on a fresh clone and on a Node that is too old
 * for the rest. It installs what package-lock.json says and node_modules lacks, finds a Node that is new enough (the
 * optional dependency brings one for Linux), and gives way to scripts/<command>.ts. It writes to stderr only.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const BIN = join(ROOT, "node_modules", ".bin");
/** The first Node that strips types from TypeScript unasked, and that Wrangler takes. */
const NODE_MIN = [22, 18];
const PARENT_POLL_MS = 250;

const [command = "", ...args] = process.argv.slice(2);
const script = join(ROOT, "scripts", `${command}.ts`);
if (!/^[a-z]+$/.test(command) || !existsSync(script)) fail(`There is no command "${command}".`);
if (!isInstalled()) install();
run(findNode());

function fail(message) {
  console.error(message);
  process.exit(1);
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes node_modules/.package-lock.json when it is
 * done, so a broken-off install counts as none. Optional packages may be missing: they are for other systems.
 */
function isInstalled() {
  try {
    const wanted = packagesOf(join(ROOT, "package-lock.json"));
    const present = packagesOf(join(ROOT, "node_modules", ".package-lock.json"));
    return Object.entries(wanted).every(
      ([path, entry]) =>
        path === "" ||
        (present[path] === undefined ? entry.optional === true : present[path].integrity === entry.integrity),
    );
  } catch {
    return false;
  }
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}

function install() {
  console.error("Installing what package-lock.json lists ...");
  // npm's own program where npm started this, so that the same npm runs; its output must not reach stdout.
  const npm = process.env.npm_execpath;
  const [file, first] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  const { status } = spawnSync(file, [...first, "ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: ROOT,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) fail("npm ci failed; see above.");
}

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
}

/** The installed Node, which is the one that Foyer is tested with, else the one that runs this. */
function findNode() {
  const installed = join(BIN, "node");
  const answer = spawnSync(installed, ["--version"], { encoding: "utf8" });
  const version = answer.status === 0 ? answer.stdout.trim() : "v0.0.0";
  if (isNewEnough(version)) return installed;
  if (isNewEnough(process.version)) return process.execPath;
  return fail(
    `Foyer needs Node ${NODE_MIN.join(".")} or newer; this is ${process.version}, and node_modules brings none for ` +
      `${process.platform}-${process.arch}. Install one from https://nodejs.org, or run npm ci with optional packages.`,
  );
}

/** Runs the script and ends as it ends. */
function run(node) {
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", script, ...args], {
    cwd: ROOT,
    // The channel carries nothing: its end tells the child that this process is gone, however it went.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: [BIN, process.env.PATH].join(delimiter) },
  });
  endWithParent(() => child.kill("SIGTERM"));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
}

/**
 * Calls back when the npm that started this is gone without a word: killed, or behind a shell that keeps signals to
 * itself. ("exec" in package.json makes the usual shell give way, so that npm's signals arrive here.)
 */
function endWithParent(onEnd) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onEnd();
  }, PARENT_POLL_MS);
  timer.unref();
}
