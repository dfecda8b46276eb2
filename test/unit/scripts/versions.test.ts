/** Released versions outlive the builds after them. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addVersion, bringReleases, keepRelease, type Versions } from "../../../scripts/lib/versions.ts";

let folder: string;
let widget: string;
let releases: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foyer-versions-"));
  widget = join(folder, "widget");
  releases = join(folder, "releases");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A build whose chunk says this. */
async function build(words: string): Promise<{ name: string; integrity: string; listed: Versions }> {
  rmSync(widget, { recursive: true, force: true });
  mkdirSync(join(widget, "chunks"), { recursive: true });
  writeFileSync(join(widget, "foyer.js"), `loader of ${words}`);
  writeFileSync(join(widget, "chunks", `form-${words}.js`), words);
  const version = await addVersion(widget, "1.0.0", ["foyer.js", `chunks/form-${words}.js`]);
  await bringReleases(releases, widget, version);
  return { ...version, listed: JSON.parse(readFileSync(join(widget, "integrity.json"), "utf8")) };
}

test("a released version is in every later build, with its chunks, at both addresses", async () => {
  const first = await build("one");
  await keepRelease(widget, first.name, releases);
  const second = await build("two");
  expect(second.name).not.toBe(first.name);
  expect(second.listed.newest).toBe(second.name);
  expect(second.listed.versions[first.name]).toEqual({
    src: `/v/${first.name}/foyer.js`,
    integrity: first.integrity,
  });
  for (const path of [`v/${first.name}/foyer.js`, `v/${first.name}/chunks/form-one.js`, "chunks/form-one.js"]) {
    expect(existsSync(join(widget, path)), path).toBe(true);
  }
});

test("one that was not released ends with the next build", async () => {
  const first = await build("one");
  const second = await build("two");
  expect(Object.keys(second.listed.versions)).toEqual([second.name]);
  expect(existsSync(join(widget, "v", first.name))).toBe(false);
});

test("the same files have the same name, other files another", async () => {
  const [one, two, again] = [await build("one"), await build("two"), await build("one")];
  expect([again.name === one.name, two.name === one.name]).toEqual([true, false]);
});

test("without releases there is the newest alone", async () => {
  expect(existsSync(releases)).toBe(false);
  const { listed, name } = await build("one");
  expect(Object.keys(listed.versions)).toEqual([name]);
});
