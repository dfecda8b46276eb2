/**
 * Exact versions of the widget, for pages that pin theirs. A deployment replaces all files of the one before, so what
 * pages have pinned must be in every build: a released version's folder is kept in `releases/`, with its loader and its
 * chunks, and each build serves all of them. A version ends when its folder is removed.
 *
 * Its chunks stand in `/chunks/` too, for pages that were opened before a deployment and need a chunk after it.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ROOT } from "./paths.ts";

export const RELEASES_DIR = join(ROOT, "releases");

export interface Version {
  /** `<version>-<hash>`, the folder under `/v/`. */
  name: string;
  /** The loader's, for a script tag's `integrity`. */
  integrity: string;
}

/** `integrity.json` at the widget's root: the newest version, and every one that is served. */
export interface Versions {
  newest: string;
  versions: Record<string, { src: string; integrity: string }>;
}

/** Subresource Integrity's own form, with the hash that its document asks for. */
async function integrityOf(file: string): Promise<string> {
  const digest = createHash("sha384").update(await readFile(file));
  return `sha384-${digest.digest("base64")}`;
}

/**
 * Gives the built loader and its chunks a folder of their own: the same files, which find each other and the server
 * wherever they stand. Other bytes make another name.
 */
export async function addVersion(widgetDir: string, number: string, files: string[]): Promise<Version> {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(await readFile(join(widgetDir, file)));
  const name = `${number}-${hash.digest("hex").slice(0, 8)}`;
  const folder = join(widgetDir, "v", name);
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(widgetDir, file), join(folder, file));
  }
  return { name, integrity: await integrityOf(join(folder, "foyer.js")) };
}

/** Adds what was released before to a build, and writes down which versions there are. */
export async function bringReleases(releasesDir: string, widgetDir: string, newest: Version): Promise<void> {
  const versions: Versions["versions"] = {};
  for (const name of await foldersOf(releasesDir)) {
    await cp(join(releasesDir, name), join(widgetDir, "v", name), { recursive: true });
    await cp(join(releasesDir, name, "chunks"), join(widgetDir, "chunks"), { recursive: true });
  }
  for (const name of await foldersOf(join(widgetDir, "v"))) {
    versions[name] = {
      src: `/v/${name}/foyer.js`,
      integrity: await integrityOf(join(widgetDir, "v", name, "foyer.js")),
    };
  }
  const listed: Versions = { newest: newest.name, versions };
  await writeFile(join(widgetDir, "integrity.json"), `${JSON.stringify(listed, null, 2)}\n`);
}

/** Keeps a built version for all later builds. */
export async function keepRelease(widgetDir: string, name: string, releasesDir: string): Promise<void> {
  await cp(join(widgetDir, "v", name), join(releasesDir, name), { recursive: true });
}

async function foldersOf(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
