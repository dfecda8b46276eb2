import { describe, expect, it } from "vitest";
import { answerProblem, readAnswers, tidyAnswer } from "../../../shared/answers.ts";
import type { Condition } from "../../../shared/conditions.ts";
import type { PublicField } from "../../../shared/lead-fields.ts";
import * as rare from "../../../shared/rare-answers.ts";

const field = (type: PublicField["type"], more: Partial<PublicField> = {}): PublicField => ({
  ...{ name: "f", type, label: "F", required: false },
  ...more,
});
const options = ["a", "b", "c, d"].map((value) => ({ value, label: value }));
/** What is stored, or why nothing is. */
const read = (type: PublicField["type"], value: unknown, more: Partial<PublicField> = {}) => {
  const [answer] = readAnswers([field(type, more)], () => value, rare);
  return answer?.problem ?? answer?.value;
};

describe("a rare answer", () => {
  const RARE = ["url", "number", "radio", "checkboxes", "date", "time", "rating"] as const;
  it.each(RARE)("of %s may be missing where it is not required, and only there", (type) => {
    for (const nothing of ["", " ", null, undefined, false, ...(type === "checkboxes" ? [[]] : [])]) {
      expect([read(type, nothing, { options }), read(type, nothing, { options, required: true })]).toEqual([
        undefined,
        "required",
      ]);
    }
  });

  it.each(RARE)("of %s is no object, no nested list and no tick", (type) => {
    for (const value of [{}, [["a"]], [1], true, { length: 1 }]) {
      expect(read(type, value, { options })).toBe("type");
    }
  });

  it.each([
    ["12.50", "12.5"],
    ["12,5", "12.5"],
    ["-0", "0"],
    ["+7", "7"],
    ["007", "7"],
    [",5", "0.5"],
    [".5", "0.5"],
    ["1 200,50", "1200.5"],
    ["1 200 300", "1200300"],
    ["−3", "-3"],
    ["٣٫٥", "3.5"],
    ["0,125", "0.125"],
    ["999999999999999", "999999999999999"],
    ["0.000001", "0.000001"],
    [12.5, "12.5"],
    [0, "0"],
  ])("of a number, %j, is kept as %s", (entered, kept) => {
    expect(read("number", entered)).toBe(kept);
  });
  it.each([
    "1,200",
    "1,200.50",
    "1.2.3",
    "12a",
    "1e3",
    "--1",
    "0x10",
    "Infinity",
    "1 2",
    "1234567890123456",
    "0.0000001",
  ])("of a number may not be %s", (entered) => {
    expect(read("number", entered)).toBe("number");
  });
  it("of a number keeps its bounds and its steps, which start at the least", () => {
    const bounds = { min: 1, max: 10, step: 0.1 };
    const judged = ["0.9", "1", "1.3", "1.35", "10", "10.1"].map((value) => read("number", value, bounds));
    expect(judged).toEqual(["too_small", "1", "1.3", "step", "10", "too_large"]);
    expect([read("number", "4", { min: 1, step: 2 }), read("number", "5", { min: 1, step: 2 })]).toEqual(["step", "5"]);
    expect(read("number", "1000000000.1", { min: 1_000_000_000, step: 0.1 })).toBe("1000000000.1");
  });

  it.each(["2026-02-30", "2026-13-01", "0026-01-01", "2026-1-1", "1.2.2026", "2026-02-28T00:00", "?"])(
    "of a date may not be %s",
    (entered) => {
      expect(read("date", entered)).toBe("date");
    },
  );
  it("of a date is a day of the calendar between the bounds", () => {
    const bounds = { min: "2024-02-29", max: "2026-03-02" };
    const judged = ["2024-02-28", "2024-02-29", "2026-03-02", "2026-03-03"].map((day) => read("date", day, bounds));
    expect(judged).toEqual(["too_early", "2024-02-29", "2026-03-02", "too_late"]);
    expect(read("date", "1970-01-01")).toBe("1970-01-01");
  });

  it("of a time is in minutes, between the bounds", () => {
    const bounds = { min: "09:00", max: "17:00" };
    const times = ["8:59", "9:00", "14:30:59.5", "17:01", "24:00", "9:60", "noon"];
    expect(times.map((time) => read("time", time, bounds))).toEqual([
      ...["too_early", "09:00", "14:30", "too_late", "time", "time", "time"],
    ]);
  });

  it("of a rating is a whole number from 1 to its most, 5 where it has none", () => {
    expect(["0", "1", "5", "6", "1.5", "05", 3].map((value) => read("rating", value))).toEqual([
      ...["choice", "1", "5", "choice", "choice", "choice", "3"],
    ]);
    expect([read("rating", "10", { max: 10 }), read("rating", "4", { max: 3 })]).toEqual(["10", "choice"]);
  });

  it.each([
    ["example.com", "https://example.com"],
    ["www.example.com/a?b=c#d", "https://www.example.com/a?b=c#d"],
    ["http://münchen.example:8080", "http://münchen.example:8080"],
    ["HTTPS://Example.com", "HTTPS://Example.com"],
  ])("of a web address, %s, is kept as %s", (entered, kept) => {
    expect(read("url", entered)).toBe(kept);
  });
  it.each([
    ...[
      "javascript:alert(1)",
      "mailto:a@b.example",
      "ftp://a.example",
      "https://a",
      "https://u@a.example",
      "a b.example",
    ],
    ...["https://a..example", "https://a.example/<b>", "https://", `x://${"a.".repeat(100)}`],
  ])("of a web address may not be %s", (entered) => {
    expect(read("url", entered)).toBe("url");
  });

  it("of radio buttons is one of the options", () => {
    expect(["a", "A", "c, d"].map((value) => read("radio", value, { options }))).toEqual(["a", "choice", "c, d"]);
  });

  it("of boxes is what is ticked, once each, in the form's order, however it was sent", () => {
    expect(read("checkboxes", ["b", "a", "b"], { options })).toEqual(["a", "b"]);
    expect(read("checkboxes", "b", { options })).toEqual(["b"]);
    expect(read("checkboxes", "b, a", { options })).toEqual(["a", "b"]);
    expect(read("checkboxes", "c, d", { options })).toEqual(["c, d"]);
    expect(read("checkboxes", ["a", "x"], { options })).toBe("choice");
    expect(read("checkboxes", Array(251).fill("a"), { options })).toBe("choice");
  });
  it("of boxes has as many as the field wants, where there is any", () => {
    const bounds = { options, min: 2, max: 2 };
    expect([["a"], ["a", "b"], ["a", "b", "c, d"], []].map((ticked) => read("checkboxes", ticked, bounds))).toEqual([
      ...["too_few", ["a", "b"], "too_many", undefined],
    ]);
  });

  it("of a hostile length is judged at once", () => {
    const started = performance.now();
    for (const type of RARE) {
      for (const part of ["1", "1 ", "a.", ",", "a,", "1,1"]) read(type, part.repeat(100_000), { options });
    }
    read("checkboxes", Array(100_000).fill("x"), { options });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("of a common kind is judged as it is without these rules", () => {
    for (const [type, value] of [
      ["email", "x"],
      ["text", " a "],
      ["checkbox", true],
      ["phone", "12"],
    ] as const) {
      const tidy = tidyAnswer(value);
      expect(rare.tidyRare(field(type), tidy)).toBe(tidy);
      expect(answerProblem(field(type), tidy, rare)).toBe(answerProblem(field(type), tidy));
    }
  });
});

describe("a condition", () => {
  const holds = (condition: Condition, answers: Record<string, unknown>) =>
    rare.holds(condition, new Map(Object.entries(answers)));
  const TESTS: [
    op: Extract<Condition, { op: unknown }>["op"],
    value: string | number | boolean,
    yes: unknown[],
    no: unknown[],
  ][] = [
    ["equals", "a", ["a"], ["A", "ab", undefined, ["a"]]],
    ["equals", "undefined", [], [undefined]],
    ["equals", 0, ["0"], [undefined, "1"]],
    ["equals", 12.5, ["12.5"], ["12"]],
    ["equals", true, [true], [undefined]],
    ["equals", false, [undefined], [true]],
    ["not_equals", "a", ["b", undefined], ["a"]],
    ["contains", "Ell", ["hello", "ELL"], ["hel", undefined]],
    ["contains", "a", [["a", "b"]], [["ab"], undefined]],
    ["lt", 10, ["9", "-1"], ["10", "11", undefined]],
    ["lte", 10, ["9", "10"], ["10.5", undefined]],
    ["gt", 9, ["10"], ["9", undefined]],
    ["gte", "2026-03-02", ["2026-03-02", "2026-10-01"], ["2026-03-01", undefined]],
  ];
  it.each(TESTS)("%s %j", (op, value, yes, no) => {
    for (const answer of yes) expect(holds({ field: "f", op, value }, { f: answer })).toBe(true);
    for (const answer of no) expect(holds({ field: "f", op, value }, { f: answer })).toBe(false);
  });
  it("empty and filled", () => {
    expect([undefined, "x"].map((f) => holds({ field: "f", op: "empty" }, { f }))).toEqual([true, false]);
    expect([undefined, "x"].map((f) => holds({ field: "f", op: "filled" }, { f }))).toEqual([false, true]);
  });
  it("of several wants all of them, or any", () => {
    const is = (name: string): Condition => ({ field: name, op: "filled" });
    const mixed: Condition = { all: [is("a"), { any: [is("b"), is("c")] }] };
    expect([{ a: "1" }, { a: "1", c: "1" }, { b: "1", c: "1" }].map((answers) => holds(mixed, answers))).toEqual([
      ...[false, true, false],
    ]);
  });
});

describe("a form with conditions", () => {
  const fields = [
    field("checkbox", { name: "more" }),
    field("text", { name: "why", required: true, visible_if: { field: "more", op: "equals", value: true } }),
    field("text", { name: "next", required: true, visible_if: { field: "why", op: "filled" } }),
  ];
  const judge = (answers: Record<string, unknown>) =>
    readAnswers(fields, ({ name }) => answers[name], rare).map(({ value, isShown, problem }) => [
      isShown,
      problem ?? value,
    ]);

  it("neither keeps nor judges what is hidden, and what depends on it is hidden too", () => {
    expect(judge({ why: "x", next: "y" })).toEqual([
      [true, undefined],
      [false, undefined],
      [false, undefined],
    ]);
  });
  it("demands what is shown", () => {
    expect(judge({ more: true })).toEqual([
      [true, true],
      [true, "required"],
      [false, undefined],
    ]);
    expect(judge({ more: true, why: "x" })[2]).toEqual([true, "required"]);
  });
});
