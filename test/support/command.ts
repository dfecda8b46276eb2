/** Runs the commands of package.json as people do: through npm, in a process group of their own. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { ROOT } from "../../scripts/lib/paths.ts";

export interface Command {
  process: ChildProcess;
  pid: number;
  stdout(): string;
  stderr(): string;
  /** Resolves with the exit code and the signal when the command has ended and said all. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Resolves when stdout holds the text; rejects where the command ends without having said it. */
  says(text: string): Promise<void>;
}

/** Groups that run, to be ended where the test run itself is broken off: nobody else would. */
const groups = new Set<number>();
for (const event of ["SIGINT", "SIGTERM", "disconnect"]) {
  process.once(event, () => {
    for (const group of groups) process.kill(-group, "SIGTERM");
    process.exit(1);
  });
}

/** Starts `npm --silent run <args>` with these additions to the environment. */
export function npmRun(args: string[], env: Record<string, string> = {}): Command {
  const child = spawn("npm", ["--silent", "run", ...args], {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...withoutFoyer(process.env), ...env },
  });
  const pid = child.pid ?? 0;
  if (pid > 0) groups.add(pid);
  let out = "";
  let err = "";
  let onOutput = () => {};
  child.stdout.on("data", (chunk) => {
    out += chunk;
    onOutput();
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      groups.delete(pid);
      resolve({ code, signal });
    });
  });
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      onOutput = () => out.includes(text) && resolve();
      onOutput();
      void ended.then(() => reject(new Error(`It ended without saying "${text}".\n${out}\n${err}`)));
    });
  return { process: child, pid, stdout: () => out, stderr: () => err, ended, says };
}

/** What the person at the keyboard has set must not decide a test. */
function withoutFoyer(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("FOYER_") && name !== "PORT"));
}

/** @returns the process and all that it started, itself or through others, zombies left out. */
export function familyOf(pid: number): number[] {
  const family = new Set([pid]);
  const table = processes();
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const { id, parent } of table) if (family.has(parent)) family.add(id);
  }
  return [...family];
}

/** @returns those of the processes that still run. */
export function living(pids: number[]): number[] {
  return processes()
    .filter(({ id, state }) => pids.includes(id) && !state.startsWith("Z"))
    .map(({ id }) => id);
}

function processes(): { id: number; parent: number; state: string }[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => {
    const [id, parent, state = ""] = line.trim().split(/\s+/);
    return { id: Number(id), parent: Number(parent), state };
  });
}
