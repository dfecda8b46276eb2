/**
 * A Worker under workerd, asked at a socket of its own without any proxy before it: what is measured is the Worker, the
 * database and the objects. Each has a folder and ports of its own.
 */
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";

export interface LocalEdge {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** What it stands on: objects and databases, as they were left. */
  state: string;
  /** Ends it and leaves its state, for another to start from. */
  stop(): Promise<void>;
  end(): Promise<void>;
}

export type Options = Parameters<typeof convertV4MiniflareOptions>[0];

/**
 * @param prepare has the folder before anything runs in it, and says how to run.
 * @param from the state of another edge, which is copied.
 */
export async function openLocalEdge(
  prepare: (state: string) => Promise<Options> | Options,
  from?: string,
): Promise<LocalEdge> {
  const state = realpathSync(mkdtempSync(join(tmpdir(), "foyer-bench-")));
  if (from !== undefined) cpSync(from, state, { recursive: true });
  return runLocalEdge(state, await prepare(state));
}

/** The same on a folder as it was left. */
export async function runLocalEdge(state: string, worker: Options): Promise<LocalEdge> {
  const common = {
    host: "127.0.0.1",
    port: 0,
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    compatibilityDate: "2026-10-01",
    compatibilityFlags: ["nodejs_compat"],
    telemetry: { enabled: false },
    cf: false,
  };
  const options = { ...common, ...worker } as Options;
  // Where Wrangler's own commands keep it, too.
  const kept = { resourcePersistencePath: join(state, "v3") };
  const edge = new Miniflare({ ...convertV4MiniflareOptions(options), ...kept });
  await edge.ready;
  const url = await edge.unsafeGetDirectURL();
  return {
    url: url.origin,
    state,
    stop: () => edge.dispose(),
    end: async () => {
      await edge.dispose();
      rmSync(state, { recursive: true, force: true });
    },
  };
}
