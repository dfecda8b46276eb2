/**
 * One server a state folder: two over one database would each keep caches and rooms that the other does not know of.
 * The lock is SQLite's on a file of its own, so that the system drops it when its holder is gone, however it went.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CommandError } from "./fail.ts";

/** Holds the folder, which it makes at first, until the process ends. @throws CommandError where another process holds it. */
export function lockState(state: string): void {
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(state, "lock.sqlite"));
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch {
    throw new CommandError(
      `${state} is in use by another server. Stop that one, or give this one FOYER_STATE=<folder>.`,
    );
  }
  // Referred to by the process, so that collecting garbage does not close it.
  process.once("exit", () => lock.close());
}
