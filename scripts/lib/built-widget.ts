/**
 * The built widget, for the commands that serve it: built where its sources have changed since, left alone otherwise,
 * since a build takes the files away from under the servers that run.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ROOT } from "./paths.ts";

const SOURCES = [
  "widget",
  "inbox",
  "shared",
  "scripts/build.ts",
  // What the APIs' description is made of.
  "worker/api",
  "worker/domain",
  "worker/openapi.ts",
  "reference",
  "scripts/reference.ts",
  "scripts/inbox.ts",
  "releases",
  "scripts/lib/bundle.ts",
  "scripts/lib/lean-preact.ts",
  "scripts/lib/versions.ts",
  "package.json",
  "package-lock.json",
];
const DIST = join(ROOT, "dist");
const STAMP = join(DIST, "widget.stamp");
const BUILD_TIMEOUT_MS = 60_000;

/** Resolves when dist/widget is what the sources make. Of several processes one builds and the others wait. */
export async function needWidget(): Promise<void> {
  if (isFresh()) return;
  mkdirSync(DIST, { recursive: true });
  const lock = new DatabaseSync(join(DIST, "build-lock.sqlite"), { timeout: BUILD_TIMEOUT_MS });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    if (!isFresh()) await build();
  } finally {
    lock.close();
  }
}

async function build(): Promise<void> {
  // Not sooner: the bundler takes longer to load than a fresh widget to check.
  const { buildWidget } = await import("../build.ts");
  await buildWidget();
  writeFileSync(STAMP, stamp());
}

function isFresh(): boolean {
  try {
    return readFileSync(STAMP, "utf8") === stamp();
  } catch {
    return false;
  }
}

/** The sources' content, and when the output was written: `npm run build` rewrites it without a word to us. */
function stamp(): string {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const path of filesOf(source)) hash.update(path).update("\0").update(readFileSync(path));
  }
  return `${hash.digest("hex")} ${statSync(join(DIST, "widget", "foyer.js")).mtimeMs}`;
}

function filesOf(source: string): string[] {
  if (statSync(join(ROOT, source)).isFile()) return [join(ROOT, source)];
  const entries = readdirSync(join(ROOT, source), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
