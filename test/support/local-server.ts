/** A state folder and a port for each test of the commands, and the end of whatever the test has started. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";
import { freePort } from "../../scripts/lib/port.ts";
import { type Command, npmRun } from "./command.ts";

/** What the current test has; filled anew before each. */
export interface Place {
  state: string;
  port: number;
  /** `npm start` here, or on another port. */
  start(port?: number): Command;
  /** `npm run` with these arguments; ended with the test. */
  run(args: string[], env?: Record<string, string>): Command;
}

/** Call it once at the top of a test file. */
export function usePlace(): Place {
  // Some tests start two servers, each in seconds; a busy machine may take several times as long.
  vi.setConfig({ testTimeout: 120_000 });
  let running: Command[] = [];
  const run = (args: string[], env?: Record<string, string>) => {
    const command = npmRun(args, env);
    running.push(command);
    return command;
  };
  const place: Place = {
    state: "",
    port: 0,
    run,
    start: (port = place.port) => run(["start"], { PORT: String(port), FOYER_STATE: place.state }),
  };
  beforeEach(async () => {
    place.state = realpathSync(mkdtempSync(join(tmpdir(), "foyer-start-")));
    place.port = await freePort();
    running = [];
  });
  afterEach(async () => {
    for (const { process: child, pid, ended } of running) {
      if (child.exitCode === null && child.signalCode === null) process.kill(-pid, "SIGTERM");
      await ended;
    }
    rmSync(place.state, { recursive: true, force: true });
  });
  return place;
}
