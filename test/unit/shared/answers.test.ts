import { describe, expect, it } from "vitest";
import { answerLimit, answerProblem, tidyAnswer } from "../../../shared/answers.ts";
import type { PublicField } from "../../../shared/lead-fields.ts";

const field = (type: PublicField["type"], more: Partial<PublicField> = {}): PublicField => ({
  ...{ name: "f", type, label: "F", required: false },
  ...more,
});
const judge = (type: PublicField["type"], value: unknown, more: Partial<PublicField> = {}) =>
  answerProblem(field(type, more), tidyAnswer(value));

describe("tidying", () => {
  it.each([
    ["  a b \n", "a b"],
    ["", undefined],
    [" \t\n", undefined],
    [false, undefined],
    [null, undefined],
    [undefined, undefined],
    [true, true],
    [0, 0],
  ])("of %j makes %j", (value, tidy) => {
    expect(tidyAnswer(value)).toBe(tidy);
  });
});

describe("an answer", () => {
  it.each(["text", "email", "phone", "textarea", "select", "checkbox", "hidden"] as const)(
    "of %s may be missing where it is not required, and only there",
    (type) => {
      for (const nothing of ["", " ", null, undefined, false]) {
        expect([judge(type, nothing), judge(type, nothing, { required: true })]).toEqual([undefined, "required"]);
      }
    },
  );

  it.each([1, {}, [], ["a"], true])("of text is not %j", (value) => {
    for (const type of ["text", "email", "phone", "textarea", "hidden"] as const)
      expect(judge(type, value)).toBe("type");
  });

  it("of a checkbox is true and nothing else", () => {
    expect([true, "true", "on", 1].map((value) => judge("checkbox", value))).toEqual([
      undefined,
      "type",
      "type",
      "type",
    ]);
  });

  it.each([
    "a@b.co",
    "ann.lee+tag@mail.example.org",
    "o'hara@example.org",
    "ünal@münchen.example",
    "x@1.2.3.4",
    `${"a".repeat(242)}@example.org`,
  ])("of e-mail may be %s", (value) => {
    expect(judge("email", value)).toBeUndefined();
  });
  it.each([
    "a",
    "a@b",
    "@b.co",
    "a@",
    "a b@c.co",
    "a@b..co",
    "a@.co",
    "a@b.co.",
    "a@b@c.co",
    "<a@b.co>",
    "a@b.co,c@d.co",
  ])("of e-mail may not be %s", (value) => {
    expect(judge("email", value)).toBe("email");
  });

  it.each(["12345", "+358 40 123-4567", "(040) 123 45 67", "040/123.45.67", "+123456789012345"])(
    "of phone may be %s",
    (value) => {
      expect(judge("phone", value)).toBeUndefined();
    },
  );
  it.each(["1234", "1234567890123456", "call me", "12345a", "++12345", "12+345", "-----"])(
    "of phone may not be %s",
    (value) => {
      expect(judge("phone", value)).toBe("phone");
    },
  );

  it("of a select is one of its options, to the letter", () => {
    const options = { options: [{ value: "s", label: "Small" }] };
    expect(["s", "S", "Small", " s "].map((value) => judge("select", value, options))).toEqual([
      ...[undefined, "choice", "choice", undefined],
    ]);
  });

  it.each([
    ["text", 1_000],
    ["textarea", 20_000],
    ["email", 254],
    ["phone", 40],
    ["hidden", 1_000],
  ] as const)("of %s is at most %i long, or what the field says where that is less", (type, limit) => {
    expect(answerLimit(field(type))).toBe(limit);
    expect(answerLimit(field(type, { max_length: 30 }))).toBe(30);
    expect(answerLimit(field(type, { max_length: 90_000 }))).toBe(limit);
    expect(judge(type, "1".repeat(limit + 1))).toBe("too_long");
  });

  it("is measured in UTF-16 code units, without the space around", () => {
    expect(judge("text", "😀", { max_length: 1 })).toBe("too_long");
    expect(judge("text", " ab ", { max_length: 2 })).toBeUndefined();
    expect(judge("text", " a ", { min_length: 2 })).toBe("too_short");
    expect(judge("text", "ab", { min_length: 2 })).toBeUndefined();
  });

  it("of a hostile length is judged at once", () => {
    const started = performance.now();
    judge("email", `${"a.".repeat(100)}@${"b.".repeat(20)}`);
    for (const type of ["email", "phone"] as const) judge(type, "(".repeat(100_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
