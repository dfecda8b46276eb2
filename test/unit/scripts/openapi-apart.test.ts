/** The Worker does not carry its own description: nothing that it loads leads to one of these files. */
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(".");
const IMPORT = /^(?:import|export) (?!type )[^;]*?from "(\.[^"]+\.ts)"|\bimport\("(\.[^"]+\.ts)"\)/gm;

/** Every module that one loads, itself included; what only types are taken from is none. */
function loadedBy(entry: string): Set<string> {
  const found = new Set([entry]);
  for (const file of found) {
    for (const [, still, later] of readFileSync(file, "utf8").matchAll(IMPORT)) {
      found.add(join(dirname(file), still ?? later ?? ""));
    }
  }
  return found;
}

const DESCRIPTIONS = /(^|[/-])(openapi|bodies|answers|problem-body|page-query|openapi-[a-z]+)\.ts$/;
const described = (entry: string): string[] =>
  [...loadedBy(join(ROOT, entry))]
    .map((file) => relative(ROOT, file))
    .filter((file) => file.startsWith("worker/") && DESCRIPTIONS.test(file));

test("the Worker loads none of what describes its APIs", () => {
  expect(loadedBy(join(ROOT, "worker/index.ts")).size).toBeGreaterThan(100);
  expect(described("worker/index.ts")).toEqual([]);
});

test("while the description loads them all", () => {
  expect(described("worker/openapi.ts").length).toBeGreaterThan(15);
});
