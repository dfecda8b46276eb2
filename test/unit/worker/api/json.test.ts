import { describe, expect, it } from "vitest";
import { parseJson } from "../../../../worker/api/http/json.ts";
import { wellFormedText } from "../../../../worker/domain/text.ts";

const value = (text: string): unknown => {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.failure);
  return parsed.value;
};
const arrays = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

describe("JSON from strangers", () => {
  it("has no lone surrogates and no NUL in any string, of values and keys, however deep", () => {
    const text = '{"a\\u0000\\ud800":["\\udfff\\ud83d\\ude00",{"b":"c\\u0000\\u0000d"}],"n":null,"t":true,"i":1.5}';
    expect(value(text)).toEqual({ "a\ufffd": ["\ufffd😀", { b: "cd" }], n: null, t: true, i: 1.5 });
    expect(wellFormedText("a\0\ud800")).toBe("a\ufffd");
  });

  it("may be nested 32 deep and no deeper, and a hundred thousand levels break nothing", () => {
    for (const nest of [arrays, objects]) {
      expect(parseJson(nest(32)).ok).toBe(true);
      expect(parseJson(nest(33))).toEqual({ ok: false, failure: "nested deeper than 32 levels" });
      expect(parseJson(nest(100_000)).ok).toBe(false);
    }
  });

  it("keeps a key called __proto__ a key", () => {
    const parsed = value('{"__proto__":{"polluted":true}}') as object;
    expect(Object.keys(parsed)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each(["", "{", "undefined", "{'a':1}", "[1,]", "NaN"])("is refused as %j, in words", (text) => {
    const parsed = parseJson(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.failure.length).toBeGreaterThan(3);
  });
});
