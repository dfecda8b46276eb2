/**
 * What is built, for the commands that serve it: built where its sources have changed since, left alone otherwise, since a
 * build takes the files away from under the servers that run.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ROOT } from "./paths.ts";

export interface Built {
  /** Its folder in dist. */
  name: string;
  /** A file of it that every build writes. */
  file: string;
  /** Files and folders, from the root of the repository on. */
  sources: string[];
  /** Loads the bundler no sooner: it takes longer to load than what is fresh to check. */
  build: () => Promise<unknown>;
}

const DIST = join(ROOT, "dist");
const BUILD_TIMEOUT_MS = 60_000;
const stampFile = ({ name }: Built): string => join(DIST, `${name}.stamp`);

/** Resolves when it is what the sources make. Of several processes one builds and the others wait. */
export async function need(what: Built): Promise<void> {
  if (isFresh(what)) return;
  mkdirSync(DIST, { recursive: true });
  const lock = new DatabaseSync(join(DIST, `${what.name}-lock.sqlite`), { timeout: BUILD_TIMEOUT_MS });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    if (isFresh(what)) return;
    await what.build();
    writeFileSync(stampFile(what), stamp(what));
  } finally {
    lock.close();
  }
}

function isFresh(what: Built): boolean {
  try {
    return readFileSync(stampFile(what), "utf8") === stamp(what);
  } catch {
    return false;
  }
}

/** The sources' content, and when the output was written: who builds it by hand rewrites it without a word to us. */
function stamp({ name, file, sources }: Built): string {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const path of filesOf(source)) hash.update(path).update("\0").update(readFileSync(path));
  }
  return `${hash.digest("hex")} ${statSync(join(DIST, name, file)).mtimeMs}`;
}

function filesOf(source: string): string[] {
  if (statSync(join(ROOT, source)).isFile()) return [join(ROOT, source)];
  const entries = readdirSync(join(ROOT, source), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
