/**
 * What the platform serves by itself, of every file that is built: nothing is sniffed and https stays https; a page runs
 * and frames nothing of strangers; what other sites may take of it is said; and what is kept long is named by its content.
 */
import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { WIDGET_DIR } from "../../../scripts/build.ts";
import { openStage } from "../support/stage.ts";

/** Not served: it says how the others are. */
const RULES = "_headers";
const built = readdirSync(WIDGET_DIR, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== RULES)
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(WIDGET_DIR.length));

/** A page is served at its name without the ending. */
const addressOf = (file: string): string => file.replace(/\.html$/, "");
/** Read by whichever site loads it; what is the operators' is not. */
const isForOthers = (file: string): boolean => !file.startsWith("/inbox");
const isNamedByContent = (file: string): boolean => /^\/(chunks|v|inbox)\//.test(file);

it("tells browsers of every file what they may do with it", async () => {
  const stage = await openStage();
  expect(built.length).toBeGreaterThan(30);
  for (const file of built) {
    const { status, headers } = await fetch(stage.server.url + addressOf(file));
    const said = (name: string) => headers.get(name);
    expect([file, status, said("x-content-type-options"), said("strict-transport-security")]).toEqual([
      ...[file, 200, "nosniff", "max-age=31536000"],
    ]);
    expect([file, said("access-control-allow-origin"), said("cross-origin-resource-policy")]).toEqual(
      isForOthers(file) ? [file, "*", "cross-origin"] : [file, null, "same-origin"],
    );
    expect([file, said("cache-control")?.includes("immutable")]).toEqual([file, isNamedByContent(file)]);
    if (isNamedByContent(file)) expect(file).toMatch(/[-/][0-9a-f.]*-?[0-9a-f]{6,}[./]/);
    if (!file.endsWith(".html")) continue;
    const policy = said("content-security-policy") ?? "";
    for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
      expect([file, policy]).toEqual([file, expect.stringContaining(part)]);
    }
    expect([file, policy]).not.toEqual([file, expect.stringMatching(/unsafe|\*|https?:/)]);
    expect([file, said("referrer-policy"), said("cross-origin-opener-policy")]).toEqual([
      ...[file, "no-referrer", "same-origin"],
    ]);
  }
});
