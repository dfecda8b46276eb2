/** Notes on the local servers that run, by port, so that `npm run demo` finds the root token of each. */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_STATE } from "./paths.ts";
import { writePrivate } from "./secrets.ts";

const FOLDER = join(DEFAULT_STATE, "servers");
const noteOf = (port: number) => join(FOLDER, `${port}.json`);

/** Notes that this process serves `state` on `port`. */
export function noteServer(port: number, state: string): void {
  mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
  writePrivate(noteOf(port), JSON.stringify({ state, pid: process.pid }));
}

export function forgetServer(port: number): void {
  rmSync(noteOf(port), { force: true });
}

/** @returns the state folder of the server on `port`, where one is noted and its process still lives. */
export function stateOfServer(port: number): string | undefined {
  try {
    const { state, pid } = JSON.parse(readFileSync(noteOf(port), "utf8")) as { state: string; pid: number };
    process.kill(pid, 0);
    return state;
  } catch {
    return undefined;
  }
}
