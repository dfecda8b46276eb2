/**
 * A Worker under workerd, asked without any proxy before it: what is measured is the Worker, the database and the
 * objects. Each has a folder and a port of its own.
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";

export interface LocalEdge {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** What it stands on: objects and databases, as they were left. */
  state: string;
  end(): Promise<void>;
}

type Options = Parameters<typeof convertV4MiniflareOptions>[0];

/** @param prepare has the folder before anything runs in it, and says how to run. */
export async function openLocalEdge(prepare: (state: string) => Promise<Options> | Options): Promise<LocalEdge> {
  const state = realpathSync(mkdtempSync(join(tmpdir(), "foyer-bench-")));
  const common = {
    host: "127.0.0.1",
    port: 0,
    compatibilityDate: "2026-10-01",
    compatibilityFlags: ["nodejs_compat"],
    telemetry: { enabled: false },
    cf: false,
  };
  const options = { ...common, ...(await prepare(state)) } as Options;
  // Where Wrangler's own commands keep it, too.
  const kept = { resourcePersistencePath: join(state, "v3") };
  const edge = new Miniflare({ ...convertV4MiniflareOptions(options), ...kept });
  const url = await edge.ready;
  return {
    url: url.origin,
    state,
    end: async () => {
      await edge.dispose();
      rmSync(state, { recursive: true, force: true });
    },
  };
}
