/** `npm run size`: the widget that the commands serve is within its budget. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { needWidget } from "../../../scripts/lib/built-widget.ts";

it("finds every part of the built widget within its budget, whoever built it", async () => {
  await needWidget();
  const { stdout } = await promisify(execFile)(process.execPath, ["scripts/size.ts"]);
  expect(stdout).toContain("foyer.js");
  expect(stdout).not.toContain("TOO MUCH");
});
