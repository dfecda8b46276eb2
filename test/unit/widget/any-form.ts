/** Any form that the schema takes, and anything that may stand in one. */
import fc from "fast-check";
import type { Answers } from "../../../shared/answers.ts";
import type { Condition } from "../../../shared/conditions.ts";
import { FIELD_TYPES } from "../../../shared/field-types.ts";
import type { FormSteps } from "../../../shared/form-steps.ts";
import type { FormField } from "../../../shared/lead-fields.ts";

/** Draws a value; fast-check's `gen`. */
export type Draw = fc.GeneratorValue;

const pick = <T>(draw: Draw, values: readonly T[]): T => draw(() => fc.constantFrom(...values)) as T;
const chance = (draw: Draw, percent: number): boolean => draw(() => fc.nat({ max: 99 })) < percent;
const integer = (draw: Draw, min: number, max: number): number => draw(() => fc.integer({ min, max }));

const DAYS = ["1999-12-31", "2024-02-29", "2026-03-02", "2026-03-03"];
const TIMES = ["00:00", "09:00", "14:30", "23:59"];
const NUMBERS = [-3, 0, 0.5, 1, 2.25, 100];
const OPTIONS = ["a", "b", "c d", "e, f"];

function bounds<T>(draw: Draw, values: readonly T[]): { min?: T; max?: T } {
  const from = integer(draw, 0, values.length - 1);
  const to = integer(draw, from, values.length - 1);
  return { ...(chance(draw, 40) ? { min: values[from] } : {}), ...(chance(draw, 40) ? { max: values[to] } : {}) };
}

function ofItsKind(draw: Draw, type: FormField["type"]): Partial<FormField> {
  if (type === "number")
    return { ...bounds(draw, NUMBERS), ...(chance(draw, 30) ? { step: pick(draw, [0.1, 0.25, 2]) } : {}) };
  if (type === "date") return bounds(draw, DAYS);
  if (type === "time") return bounds(draw, TIMES);
  if (type === "rating") return chance(draw, 50) ? { max: integer(draw, 3, 10) } : {};
  if (type === "select" || type === "radio" || type === "checkboxes") {
    const options = OPTIONS.slice(0, integer(draw, 1, 4)).map((value) => ({ value, label: value }));
    return { options, ...(type === "checkboxes" ? bounds(draw, [0, 1, options.length]) : {}) };
  }
  if (type === "checkbox") return {};
  const longest = chance(draw, 30) ? { max_length: integer(draw, 2, 12) } : {};
  return type !== "hidden" && chance(draw, 30) ? { ...longest, min_length: integer(draw, 0, 2) } : longest;
}

/** A test of an earlier field that its kind can answer. */
function anyTest(draw: Draw, { name: field, type, options }: FormField): Condition {
  const op = pick(draw, ["empty", "filled", "equals", "not_equals", "contains", "lt", "lte", "gt", "gte"] as const);
  const option = options?.[0]?.value;
  const values = { number: 1, rating: 3, date: "2026-03-02", time: "14:30", checkbox: chance(draw, 50) };
  const value = option ?? values[type as keyof typeof values] ?? pick(draw, ["a", "x", "1"]);
  const ordered = ["number", "rating", "date", "time"].includes(type);
  const fits =
    op === "empty" || op === "filled"
      ? true
      : op === "contains"
        ? type === "checkboxes" || !(type in values || option)
        : op === "equals" || op === "not_equals"
          ? type !== "checkboxes"
          : ordered;
  if (!fits) return { field, op: "filled" };
  return op === "empty" || op === "filled" ? { field, op } : { field, op, value };
}

function anyCondition(draw: Draw, earlier: FormField[], depth = 1): Condition {
  if (depth > 3 || chance(draw, 60)) return anyTest(draw, pick(draw, earlier));
  const parts = Array.from({ length: integer(draw, 1, 3) }, () => anyCondition(draw, earlier, depth + 1));
  return chance(draw, 50) ? { all: parts } : { any: parts };
}

export function anyForm(draw: Draw): { fields: FormField[]; steps?: FormSteps } {
  const fields: FormField[] = [];
  // Names that JavaScript's objects have too.
  for (const name of ["constructor", "b", "toString", "d", "e", "f", "g", "h"].slice(0, integer(draw, 1, 8))) {
    const type = pick(draw, FIELD_TYPES);
    fields.push({
      ...{ name, type, label: name, required: type !== "hidden" && chance(draw, 40) },
      ...ofItsKind(draw, type),
      ...(fields.length > 0 && chance(draw, 40) ? { visible_if: anyCondition(draw, fields) } : {}),
    });
  }
  const asked = fields.filter(({ type }) => type !== "hidden").map(({ name }) => name);
  if (asked.length < 2 || chance(draw, 50)) return { fields };
  const cut = integer(draw, 1, asked.length - 1);
  const steps = [asked.slice(0, cut), asked.slice(cut)].map((names, index) => ({ title: `${index}`, fields: names }));
  return { fields, steps };
}

const LIKELY: { [type in FormField["type"]]?: readonly unknown[] } = {
  email: ["a@b.example", "a@b"],
  phone: ["12345", "12a"],
  url: ["a.example", "https://a.example/x", "a"],
  number: ["1", "1,5", " 2.25 ", "1,000", "-3", "100", 0.5, "1e3"],
  date: [...DAYS, "2026-02-30", "?"],
  time: [...TIMES, "9:05", "24:00"],
  rating: ["1", "3", "10", 4, "0"],
  checkbox: [true, false, "on"],
  checkboxes: [["a"], ["b", "a"], ["a", "a"], [], "a, b", ["x"], [1]],
};

/** Answers as they may stand in a page: mostly of the field's kind, some as hostile as JSON can be. */
export function anyAnswers(draw: Draw, fields: FormField[]): Answers {
  const answers: Answers = Object.create(null);
  for (const { name, type } of fields) {
    if (chance(draw, 20)) continue;
    const likely = LIKELY[type] ?? [...OPTIONS, "", "  ", "x", "hello", "y".repeat(1_100)];
    const value = chance(draw, 85)
      ? pick(draw, likely)
      : draw(() => fc.oneof(fc.string({ unit: "grapheme", maxLength: 20 }), fc.jsonValue({ maxDepth: 2 })));
    answers[name] = value as Answers[string];
  }
  return answers;
}
