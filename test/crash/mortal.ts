/**
 * A server that can die as by a power cut: Node and workerd are killed at one moment, in the middle of whatever they do, and
 * nobody ends anything in order. What is stored stays where it was.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { vi } from "vitest";
import { killGroup, watch } from "../../scripts/lib/wrangler.ts";
import type { Bundle } from "../load/bundle.ts";
import { familyOf, living } from "../support/command.ts";

export interface Mortal {
  /** `http://127.0.0.1:<port>`, another one after each start. */
  url: string;
  /** Kills at once, in the very call. */
  kill(): void;
  /** Resolves when no process of it is left. */
  isGone(): Promise<void>;
  /** What it has printed: failures only. */
  log(): string;
}

/** @throws with what was printed where it ends before it listens. */
export async function startMortal(foyer: Bundle, state: string): Promise<Mortal> {
  const child = fork(join(import.meta.dirname, "mortal-child.ts"), [JSON.stringify(foyer), state], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: ["--no-warnings"],
  });
  const { exited, log } = watch(child);
  const said = await Promise.race([once(child, "message"), exited]);
  if (!Array.isArray(said)) throw new Error(`The server did not start.\n${log()}`);
  const family = familyOf(child.pid as number);
  if (family.length < 2) throw new Error("workerd is not where it would be killed.");
  return { url: said[0] as string, kill: () => killGroup(child), isGone: () => gone(child, exited, family), log };
}

/** Orphans are somebody else's to bury: they are dead before they are gone. */
async function gone(child: ChildProcess, exited: Promise<unknown>, family: number[]): Promise<void> {
  await exited;
  const left = () => living(family).filter((pid) => pid !== child.pid);
  await vi.waitFor(
    () => {
      if (left().length > 0) throw new Error(`${left().length} processes outlived their group`);
    },
    { timeout: 10_000, interval: 10 },
  );
}
