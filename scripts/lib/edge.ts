/**
 * The local edge: the Worker and the widget's files under Wrangler's development server, with a database in a state
 * folder. Used by `npm start` and by the tests that want the whole server.
 */
import { setTimeout as delay } from "node:timers/promises";
import { CommandError } from "./fail.ts";
import { LOOPBACK } from "./paths.ts";
import { becomesFree } from "./port.ts";
import { killGroup, watch, wrangler } from "./wrangler.ts";

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;
const POLL_MS = 20;

export interface Edge {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Resolves when `/healthz` answers 200; rejects, with what was printed, where the server ends before. */
  ready(): Promise<void>;
  /** Resolves when the server has ended, for whatever reason. */
  readonly exited: Promise<number | null>;
  /** Calls back with what the server prints from now on: failures only. */
  onOutput(listener: (text: string) => void): void;
  /** Ends it in order. Resolves when every process is gone and the port free. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. Resolves when the port is free. */
  kill(): Promise<void>;
}

export interface EdgeOptions {
  port: number;
  state: string;
  /** Secrets and variables of the Worker, NAME=value a line. */
  envFile: string;
  /** `all` prints a line for each request, too; failures alone where not given. */
  log?: "all" | "errors";
  /** The Worker's module; that of `wrangler.toml` where not given. */
  entry?: string;
}

/** Nobody shares a local server: its callers are not counted. */
const UNCOUNTED = ["--var", "FOYER_V4_RATE:off"];

/** Starts the server. The database must be migrated and the widget built. */
export function serve({ port, state, envFile, log: wanted = "errors", entry }: EdgeOptions): Edge {
  const url = `http://${LOOPBACK}:${port}`;
  const where = ["--ip", LOOPBACK, "--port", String(port), "--inspector-port", "0"];
  const level = wanted === "all" ? "log" : "error";
  const quiet = ["--var", `FOYER_LOG:${wanted}`, "--log-level", level, "--show-interactive-dev-session=false"];
  const child = wrangler(
    [
      "dev",
      // The deployment's is built before; another is bundled by Wrangler itself.
      ...(entry === undefined ? [] : [entry, "--bundle"]),
      ...where,
      ...quiet,
      "--persist-to",
      state,
      "--env-file",
      envFile,
      ...UNCOUNTED,
    ],
    state,
  );
  const { exited, log, onOutput } = watch(child);
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    if (signal === "SIGTERM") {
      child.kill(signal);
      await Promise.race([exited, delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
    }
    killGroup(child);
    await exited;
    await becomesFree(port, STOP_TIMEOUT_MS);
  };
  return {
    url,
    ready: () => untilReady(url, exited, log),
    exited,
    onOutput,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

async function untilReady(url: string, exited: Promise<unknown>, log: () => string): Promise<void> {
  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  const end = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    if (ended) throw new CommandError(`The server ended before it was ready.\n${log()}`);
    if (Date.now() > end)
      throw new CommandError(`The server was not ready within ${READY_TIMEOUT_MS / 1_000} s.\n${log()}`);
    const status = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await delay(POLL_MS);
  }
}
