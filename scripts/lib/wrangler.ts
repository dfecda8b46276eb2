/**
 * Runs Wrangler, Cloudflare's command line, on this machine alone: no account, no network, no prompts.
 *
 * It gets a process group of its own, so that Ctrl-C reaches only us and stopping is done in one place and order, and
 * so that nothing of it, workerd included, can stay behind.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { databaseBindings, WRANGLER_CONFIG } from "./databases.ts";
import { CommandError } from "./fail.ts";
import { ROOT } from "./paths.ts";

const LOG_LIMIT_CHARS = 64_000;

const WRANGLER = join(ROOT, "node_modules", "wrangler", "wrangler-dist", "cli.js");
/** Ends a server when the process that started it is gone, however it went. */
const END_WITH_PARENT = `data:text/javascript,process.on("disconnect",()=>process.kill(process.pid,"SIGTERM"))`;

/** Starts Wrangler, quiet and asking nobody outside this machine. */
export function wrangler(args: string[], state: string): ChildProcess {
  const preload = args[0] === "dev" ? ["--import", END_WITH_PARENT] : [];
  return spawn(process.execPath, ["--no-warnings", ...preload, WRANGLER, ...args], {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...process.env,
      CI: "true",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
      WRANGLER_HIDE_BANNER: "true",
      WRANGLER_REGISTRY_PATH: join(state, "registry"),
      WRANGLER_SEND_ERROR_REPORTS: "false",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_WRITE_LOGS: "false",
      X_LOCAL_EXPLORER: "false",
    },
  });
}

/** What a child has printed last, and its end. */
export function watch(child: ChildProcess) {
  let log = "";
  let listener = (_text: string): void => {};
  const keep = (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-LOG_LIMIT_CHARS);
    listener(chunk.toString());
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const exited = new Promise<number | null>((resolve) => {
    child.once("error", (error) => keep(Buffer.from(error.message)));
    // Whatever ended Wrangler, workerd and the bundler end with it; until they do, they hold its output open.
    child.once("exit", () => killGroup(child));
    child.once("close", resolve);
  });
  const onOutput = (listen: typeof listener) => {
    listener = listen;
  };
  return { exited, log: () => log, onOutput };
}

export function killGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody of the group is left.
  }
}

/**
 * Applies the migrations that each local database lacks, one after the other. Repeating it is harmless.
 * @param config instead of wrangler.toml; for tests.
 * @throws CommandError with what Wrangler printed where one fails; the database then stands at the last good one.
 */
export async function migrate(state: string, signal?: AbortSignal, config = WRANGLER_CONFIG): Promise<void> {
  for (const binding of databaseBindings(config)) {
    if (!signal?.aborted) await migrateOne(binding, state, config, signal);
  }
}

async function migrateOne(binding: string, state: string, config: string, signal?: AbortSignal): Promise<void> {
  const where = ["--local", "--persist-to", state, "--config", config];
  const child = wrangler(["d1", "migrations", "apply", binding, ...where], state);
  const stop = () => killGroup(child);
  signal?.addEventListener("abort", stop);
  const { exited, log } = watch(child);
  const code = await exited;
  signal?.removeEventListener("abort", stop);
  if (code !== 0 && !signal?.aborted)
    throw new CommandError(`The database ${binding} could not be migrated.\n${log()}`);
}

/** Runs Wrangler in the terminal, questions and all. @returns its exit code. */
export async function wranglerInFront(args: string[]): Promise<number> {
  const child = spawn(process.execPath, ["--no-warnings", WRANGLER, ...args], { cwd: ROOT, stdio: "inherit" });
  const [code] = await once(child, "exit");
  return code ?? 1;
}
