/** Workers as they would be deployed. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, extname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { CommandError } from "../../scripts/lib/fail.ts";
import { ROOT } from "../../scripts/lib/paths.ts";
import { watch, wrangler } from "../../scripts/lib/wrangler.ts";

export const FOYER = "dist/worker/index.mjs";
export const HAND_BATCH = "test/load/workers/hand-batch.ts";
export const BARE_HONO = "test/load/workers/bare-hono.ts";
export const HONO_FORM = "test/load/workers/hono-form.ts";

export interface Bundle {
  folder: string;
  file: string;
  /** Of the runtime, as it is deployed. */
  flags: string[];
}

/** What a Worker is deployed with where it says nothing else. */
const FLAGS = ["nodejs_compat"];

/**
 * @param entry one of the above.
 * @param into a folder of its own is made there.
 * @throws CommandError with what Wrangler printed.
 */
export async function bundle(entry: string, into: string): Promise<Bundle> {
  const name = basename(entry, extname(entry));
  const folder = join(into, name);
  const { exited, log } = watch(wrangler(["deploy", "--dry-run", "--outdir", folder, ...configOf(entry, into)], into));
  if ((await exited) !== 0) throw new CommandError(`${entry} cannot be built.\n${log()}`);
  return {
    folder,
    file: join(folder, `${name}${entry === FOYER ? ".mjs" : ".js"}`),
    flags: entry === FOYER ? flagsOfFoyer() : FLAGS,
  };
}

function flagsOfFoyer(): string[] {
  const [, listed = ""] =
    /^compatibility_flags = (\[.*\])$/m.exec(readFileSync(join(ROOT, "wrangler.toml"), "utf8")) ?? [];
  return JSON.parse(listed) as string[];
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

/** Every module of a Worker, the main one first. */
export function modulesOf({ folder, file }: Bundle): { path: string; contents: string }[] {
  const main = relative(folder, file);
  const others = readdirSync(folder).filter((path) => /\.m?js$/.test(path) && path !== main);
  return [main, ...others].map((path) => ({ path, contents: readFileSync(join(folder, path), "utf8") }));
}

/** Of all modules together, as they are uploaded. */
export const gzipBytes = (of: Bundle): number =>
  gzipSync(
    modulesOf(of)
      .map(({ contents }) => contents)
      .join(""),
    { level: 9 },
  ).length;
