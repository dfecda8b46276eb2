import { describe, expect, it } from "vitest";
import { spamReasons } from "../../../../worker/domain/spam.ts";

const SETTINGS = { min_elapsed_ms: 1_500, max_links: 3 };
const judged = (more: { honeypot?: unknown; elapsedMs?: number | null; texts?: string[] }) =>
  spamReasons({ settings: SETTINGS, honeypot: undefined, elapsedMs: null, texts: [], ...more });

describe("suspicion", () => {
  it("falls on nobody who measured and said nothing", () => {
    expect(judged({})).toEqual([]);
  });

  it.each([["x"], [0], [false], [{}], [[]]])("falls on a honeypot that holds %j", (honeypot) => {
    expect(judged({ honeypot })).toEqual(["honeypot"]);
  });
  it.each([[undefined], [null], [""]])("does not fall on a honeypot that holds %j", (honeypot) => {
    expect(judged({ honeypot })).toEqual([]);
  });

  it("falls on what was faster than the form allows, not on what took just that", () => {
    expect([judged({ elapsedMs: 1_499 }), judged({ elapsedMs: 1_500 }), judged({ elapsedMs: 0 })]).toEqual([
      ...[["too-fast"], [], ["too-fast"]],
    ]);
    const never = spamReasons({ settings: { min_elapsed_ms: 0, max_links: 3 }, honeypot: "", elapsedMs: 0, texts: [] });
    expect(never).toEqual([]);
  });

  it.each([
    ["http://a https://b www.c HTTP://d", ["links"]],
    ["http://a https://b www.c", []],
    ["https:// http:// www. https://", []],
    ["awww.x.y ahttp://x bwww.x chttp://x", []],
    ["<A class=x HREF=y>", ["links"]],
    ["[URL]x[/URL]", ["links"]],
  ])("on the links of %j: %j", (text, reasons) => {
    expect(judged({ texts: [text] })).toEqual(reasons);
  });

  it.each([
    [["same", "same", "same"], ["repeats"]],
    [["same", "same", "other"], []],
    [["a ".repeat(8).trim()], ["repeats"]],
    [["a ".repeat(7).trim()], []],
    [[`${"Buy ".repeat(8)}${"b c d e f".repeat(1)}`], ["repeats"]],
    [[`${"buy ".repeat(8)}${"b c d e f g"}`], []],
  ])("on the repeats of %j: %j", (texts, reasons) => {
    expect(judged({ texts })).toEqual(reasons);
  });

  it("counts links by the answer, not by the form", () => {
    expect(judged({ texts: ["http://a http://b", "http://c http://d"] })).toEqual([]);
  });
});
