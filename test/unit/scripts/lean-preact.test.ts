/** What the build cuts out of Preact, it knows; what the widget would miss, it refuses. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { leanPreact } from "../../../scripts/lib/lean-preact.ts";

const path = createRequire(import.meta.url)
  .resolve("preact")
  .replace(/preact\.\w+$/, "preact.mjs");
const text = readFileSync(path, "utf8");

/** What the plugin makes of a module. */
const transform = (code: string, id: string): string => {
  const { transform } = leanPreact() as unknown as {
    transform(code: string, id: string): { code: string } | undefined;
  };
  return transform(code, id)?.code ?? code;
};

test("the installed release is the one that the cuts know, and loses what is never used", () => {
  const lean = transform(text, path);
  expect(lean.length).toBeLessThan(text.length * 0.75);
  for (const gone of [
    "getDerivedStateFromProps",
    "dangerouslySetInnerHTML",
    "MathML",
    "componentDidMount",
    "cssText",
    "xlink",
  ]) {
    expect(text).toContain(gone);
    expect(lean).not.toContain(gone);
  }
});

test("another text ends the build", () => {
  expect(() =>
    transform(text.replace("getDerivedStateFromProps", "somethingElse").replace("128&u.__u", "64&u.__u"), path),
  ).toThrow("Preact has another text");
});

test.each([
  `import { useState } from "preact/hooks";`,
  `import { Component } from "preact";`,
  `import { h, options } from "preact";`,
  `import x from "preact/compat";`,
  `const x = <input ref={hold} />;`,
  `const x = <p style="color: red" />;`,
  `const x = <input defaultValue={name} />;`,
])("%s ends the build", (line) => {
  expect(() => transform(line, "/widget/form/Field.tsx")).toThrow("needs more of Preact");
});

test.each([`import { h, render } from "preact";`, `import type { JSX } from "preact";`])("%s is all right", (line) => {
  expect(transform(line, "/widget/form/Field.tsx")).toBe(line);
});
