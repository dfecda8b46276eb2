/**
 * What a fresh isolate reads before its first answer stays little: nothing that every request loads, or that shows a form,
 * leads to the libraries that few need. Whoever answers with a schema's words has loaded them.
 */
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(".");
const STATIC = /^(?:import|export) (?!type )(?:[^;]*?from )?"([^"]+)"/gm;

/** Every module and package that one cannot be evaluated without. */
function needs(entry: string): { modules: Set<string>; packages: Set<string> } {
  const modules = new Set([join(ROOT, entry)]);
  const packages = new Set<string>();
  for (const file of modules) {
    for (const [, from = ""] of readFileSync(file, "utf8").matchAll(STATIC)) {
      if (from.startsWith(".")) modules.add(join(dirname(file), from));
      else packages.add(from.startsWith("node:") ? from : (/^(@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? from));
    }
  }
  return { modules, packages };
}
const DIALECTS = [
  ...readFileSync(join(ROOT, "worker/dialects.ts"), "utf8").matchAll(/import\("\.\/(api\/[^"]+)"\)/g),
].map(([, file]) => `worker/${file}`);
const LEADS = "worker/api/capture/leads.ts";

test.each([
  ["worker/index.ts", ["cloudflare:workers", "hono", "node:async_hooks", "uuid"]],
  ["worker/api/http/make-app.ts", ["hono", "node:async_hooks"]],
  ["worker/api/capture/routes.ts", ["hono", "node:async_hooks"]],
])("%s needs no more packages than these", (entry, packages) => {
  expect([...needs(entry).packages].sort()).toEqual(packages);
});

test("all of them together are a small part of the Worker", () => {
  const first = new Set(
    ["worker/index.ts", "worker/api/http/make-app.ts", "worker/api/capture/routes.ts"].flatMap((entry) => [
      ...needs(entry).modules,
    ]),
  );
  expect(first.size).toBeGreaterThan(20);
  expect(first.size).toBeLessThan(50);
});

test.each([...DIALECTS, LEADS])("%s has words for whatever a schema refuses", (entry) => {
  const files = [...needs(entry).modules].filter((file) => relative(ROOT, file).startsWith("worker/api/"));
  const answering = files.filter((file) => /safeParse(Async)?\([\s\S]*\.error\b/.test(readFileSync(file, "utf8")));
  const words = files.some((file) => file.endsWith("/zod-words.ts"));
  expect([answering.length > 0, words]).toEqual([words, words]);
});

test("there are a dozen dialects, and most answer with such words", () => {
  expect(DIALECTS.length).toBeGreaterThan(10);
  expect(
    [...DIALECTS, LEADS].filter((entry) => [...needs(entry).modules].join().includes("zod-words")).length,
  ).toBeGreaterThan(6);
});
