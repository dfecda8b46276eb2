/** Workers as they would be deployed. */
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { CommandError } from "../../scripts/lib/fail.ts";
import { ROOT } from "../../scripts/lib/paths.ts";
import { watch, wrangler } from "../../scripts/lib/wrangler.ts";

export const FOYER = "worker/index.ts";
export const HAND_BATCH = "test/load/workers/hand-batch.ts";
export const BARE_HONO = "test/load/workers/bare-hono.ts";

export interface Bundle {
  folder: string;
  file: string;
}

/**
 * @param entry one of the above.
 * @param into a folder of its own is made there.
 * @throws CommandError with what Wrangler printed.
 */
export async function bundle(entry: string, into: string): Promise<Bundle> {
  const name = basename(entry, ".ts");
  const folder = join(into, name);
  const { exited, log } = watch(wrangler(["deploy", "--dry-run", "--outdir", folder, ...configOf(entry, into)], into));
  if ((await exited) !== 0) throw new CommandError(`${entry} cannot be built.\n${log()}`);
  return { folder, file: join(folder, `${name}.js`) };
}

/** Foyer's own, or the least that another Worker needs. */
function configOf(entry: string, into: string): string[] {
  if (entry === FOYER) return [];
  const path = join(into, `${basename(entry)}.toml`);
  const lines = [
    'name = "bench"',
    `main = ${JSON.stringify(join(ROOT, entry))}`,
    'compatibility_date = "2026-10-01"',
    'compatibility_flags = ["nodejs_compat"]',
  ];
  writeFileSync(path, lines.join("\n"));
  return ["--config", path];
}

export const codeOf = ({ file }: Bundle): string => readFileSync(file, "utf8");
export const gzipBytes = ({ file }: Bundle): number => gzipSync(readFileSync(file), { level: 9 }).length;
