/** The frames of a chat: what is one, whatever it is read from, and within which bounds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseServerFrame, ROOM_TOKEN } from "../../../shared/chat-frames.ts";
import { checkVisitorFrame, parseOperatorFrame, parseVisitorFrame } from "../../../shared/frame-checks.ts";
import {
  CHAT_FRAME_LIMIT_CHARS,
  CHAT_ID_LIMIT_CHARS,
  CHAT_TEXT_LIMIT_CHARS,
  FORM_FIELDS_LIMIT,
  LONG_ANSWER_LIMIT_CHARS,
  URL_LIMIT_CHARS,
} from "../../../shared/limits.ts";

const text = (chars: number) => "x".repeat(chars);
const id = "m1";

const VISITORS: object[] = [
  { t: "hello", since: 0 },
  {
    ...{ t: "hello", since: 7, visitor: "v", locale: "de-AT" },
    ...{ page: { url: "https://a.example/", title: "", referrer: "" }, given: { name: "Ada", news: true } },
  },
  { t: "say", id, text: text(CHAT_TEXT_LIMIT_CHARS) },
  ...["Ada", "", true, false, null, [], ["a", "b"], text(LONG_ANSWER_LIMIT_CHARS)].map((value) => ({
    ...{ t: "answer", id, field: "name", value },
  })),
  { t: "call", id: text(CHAT_ID_LIMIT_CHARS) },
  { t: "typing" },
  { t: "read", seq: 0 },
  { t: "close", id },
];
const NO_VISITORS: unknown[] = [
  ...[null, 1, "say", [], [{ t: "typing" }], {}, { t: 1 }, { t: "shout" }, { t: "toString" }, { t: "__proto__" }],
  ...[{ t: "hello" }, { t: "hello", since: -1 }, { t: "hello", since: 1.5 }, { t: "hello", since: "1" }],
  ...[2 ** 53, null].map((since) => ({ t: "hello", since })),
  ...["", 5, null].map((visitor) => ({ t: "hello", since: 0, visitor })),
  ...[null, [], { url: 5 }, { url: text(URL_LIMIT_CHARS + 1) }].map((page) => ({ t: "hello", since: 0, page })),
  ...[null, ["a"], { a: null }, { a: ["b"] }, { a: text(LONG_ANSWER_LIMIT_CHARS + 1) }].map((given) => ({
    ...{ t: "hello", since: 0, given },
  })),
  {
    ...{ t: "hello", since: 0 },
    given: Object.fromEntries(Array.from({ length: FORM_FIELDS_LIMIT + 1 }, (_, index) => [`f${index}`, ""])),
  },
  ...["", 5, null, undefined, text(CHAT_ID_LIMIT_CHARS + 1)].map((other) => ({ t: "say", id: other, text: "x" })),
  ...["", 5, null, undefined, text(CHAT_TEXT_LIMIT_CHARS + 1)].map((other) => ({ t: "say", id, text: other })),
  ...[undefined, 5, {}, [5], [null], text(LONG_ANSWER_LIMIT_CHARS + 1)].map((value) => ({
    ...{ t: "answer", id, field: "name", value },
  })),
  { t: "answer", id, field: "", value: "x" },
  { t: "read", seq: "1" },
  { t: "close" },
];

describe("a visitor's frame", () => {
  it.each(VISITORS)("is %j", (frame) => {
    expect(parseVisitorFrame(JSON.stringify(frame))).toEqual(frame);
    expect(checkVisitorFrame(frame)).toBe(frame);
  });

  it.each(NO_VISITORS)("is not %j", (value) => {
    expect(checkVisitorFrame(value)).toBe("malformed");
    expect(parseVisitorFrame(JSON.stringify(value))).toBe("malformed");
  });

  it("is not what it inherits", () => {
    expect(checkVisitorFrame(Object.create({ t: "say", id, text: "x" }))).toBe("malformed");
  });

  it("is no more than so long, and no bytes", () => {
    const frame = JSON.stringify({ t: "say", id, text: "x" });
    expect(parseVisitorFrame(frame.padEnd(CHAT_FRAME_LIMIT_CHARS))).toEqual({ t: "say", id, text: "x" });
    expect(parseVisitorFrame(frame.padEnd(CHAT_FRAME_LIMIT_CHARS + 1))).toBe("too-large");
    expect(parseVisitorFrame(new TextEncoder().encode(frame))).toBe("malformed");
  });

  it("has room for the longest answer, escaped", () => {
    const frame = { t: "answer", id, field: "message", value: '"'.repeat(LONG_ANSWER_LIMIT_CHARS) };
    expect(parseVisitorFrame(JSON.stringify(frame))).toEqual(frame);
  });
});

describe("an operator's frame", () => {
  it.each<object>([
    { t: "join", id, room: "r" },
    { t: "leave", id, room: "r" },
    { t: "hand-over", id, room: "r" },
    { t: "hand-over", id, room: "r", to: "u" },
    { t: "say", id, room: "r", text: "x" },
    { t: "say", id, room: "r", text: "x", isPrivate: true },
    { t: "typing", room: "r" },
    { t: "read", room: "r", seq: 1 },
    { t: "close", id, room: "r" },
  ])("is %j", (frame) => {
    expect(parseOperatorFrame(JSON.stringify(frame))).toEqual(frame);
  });

  it.each<object>([
    { t: "hello", since: 0 },
    { t: "join", id },
    { t: "join", room: "r" },
    { t: "join", id, room: "" },
    { t: "hand-over", id, room: "r", to: null },
    { t: "say", id, room: "r", text: "x", isPrivate: 1 },
    { t: "read", room: "r" },
  ])("is not %j", (frame) => {
    expect(parseOperatorFrame(JSON.stringify(frame))).toBe("malformed");
  });
});

describe("whatever is read", () => {
  it("is a frame or a refusal, and never an exception", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.constantFrom(...VISITORS).map((frame) => JSON.stringify(frame)),
        ),
        (json) => {
          for (const read of [parseVisitorFrame, parseOperatorFrame]) {
            const frame = read(json);
            if (typeof frame === "string") expect(["malformed", "too-large"]).toContain(frame);
            else expect(typeof frame.t).toBe("string");
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("is unknown to a page where the server says what this version does not know", () => {
    expect(parseServerFrame('{"t":"typing"}')).toEqual({ t: "typing" });
    for (const json of ["", "null", "5", "[]", '{"u":5}', "pong"]) expect(parseServerFrame(json)).toBeNull();
  });
});

it("a token is 43 characters of base64url", () => {
  expect(ROOM_TOKEN.test(`${text(40)}-_9`)).toBe(true);
  for (const no of [text(42), text(44), `${text(42)}=`, `${text(43)}\n`, ` ${text(42)}`]) {
    expect(ROOM_TOKEN.test(no)).toBe(false);
  }
});
