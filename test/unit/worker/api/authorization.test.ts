import { describe, expect, it } from "vitest";
import { parseBasic } from "../../../../worker/api/http/authorization.ts";

const utf8 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

describe("Basic credentials", () => {
  it.each([
    ["user:password", { user: "user", password: "password" }],
    ["user:", { user: "user", password: "" }],
    [":password", { user: "", password: "password" }],
    ["a:b:c", { user: "a", password: "b:c" }],
    ["é😀:ß", { user: "é😀", password: "ß" }],
    ["\ufeffa:b", { user: "\ufeffa", password: "b" }],
    ["a%3Ab:c+d", { user: "a%3Ab", password: "c+d" }],
    ["", null],
    ["user", null],
  ])("of %j are %j", (text, expected) => {
    expect(parseBasic(utf8(text))).toEqual(expected);
  });

  it.each(["user:password", "!!!!", "YTpi=", "/zp4", "wyg6"])("are not read from %j", (text) => {
    expect(parseBasic(text)).toBe(null);
  });
});
