/**
 * The rules that few forms need: conditions, and the rarer kinds of field. Both sides run them, as they do `answers.ts`;
 * the visitor's page fetches them with the first form that has one. Imports limits only.
 */
import type { AnswerProblem } from "./answers.ts";
import type { Condition } from "./conditions.ts";
import type { PublicField } from "./lead-fields.ts";
import { FIELD_OPTIONS_LIMIT, NUMBER_DECIMALS_LIMIT, NUMBER_DIGITS_LIMIT, RATING_DEFAULT } from "./rare-limits.ts";

const NUMBER = new RegExp(`^-?(?=(\\d\\D?){1,${NUMBER_DIGITS_LIMIT}}$)\\d+(\\.\\d{1,${NUMBER_DECIMALS_LIMIT}})?$`);
const DATE = /^[12]\d{3}-\d\d-\d\d$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
// A host with at least one dot, and nothing before it: who writes `user@` into a form is not leaving an address.
const URL = /^https?:\/\/[^\s/?#@:\\<>".]+(\.[^\s/?#@:\\<>".]+)+(:\d{1,5})?([/?#][^\s<>"\\]*)?$/i;

/** A number as people write it: "1 200,50", "٣٫٥". "1,200" may be either of two numbers, so that it stays as it is. */
function tidyNumber(text: string): string {
  const plain = text
    // Arabic and Persian digits.
    .replace(/[٠-٩۰-۹]/g, (digit) => `${digit.charCodeAt(0) & 15}`)
    .replace(/[−–]/, "-")
    .replace(/(\d)[\s'’](?=\d{3}(\D|$))/g, "$1")
    .replace(/^\+/, "");
  const point = /^-?[1-9]\d{0,2},\d{3}$/.test(plain) ? plain : plain.replace(/^(-?\d*)[,٫](\d+)$/, "$1.$2");
  const whole = point.replace(/^(-?)(?=\.)/, (sign) => `${sign}0`);
  return NUMBER.test(whole) ? `${Number(whole) || 0}` : text;
}

/** The ticked options, each once, in the form's order; then what is none of them. */
function tidyBoxes({ options = [] }: PublicField, value: unknown): unknown {
  const isOption = (text: string) => options.some((option) => option.value === text);
  const ticked =
    typeof value !== "string" ? value : isOption(value) ? [value] : value.split(",").map((text) => text.trim());
  if (!Array.isArray(ticked) || ticked.length > FIELD_OPTIONS_LIMIT) return value;
  if (ticked.some((text) => typeof text !== "string")) return value;
  const known = options.map((option) => option.value).filter((text) => ticked.includes(text));
  const all = [...known, ...new Set(ticked.filter((text) => !isOption(text)))];
  return all.length > 0 ? all : undefined;
}

/** The answer of a rare kind in its canonical form; what is none of its kind stays as it is. */
export function tidyRare(field: PublicField, value: unknown): unknown {
  const { type } = field;
  if (type === "checkboxes") return tidyBoxes(field, value);
  const text = typeof value === "number" && (type === "number" || type === "rating") ? `${value}` : value;
  if (typeof text !== "string") return text;
  if (type === "number") return tidyNumber(text);
  if (type === "time") return text.replace(/^(\d:|\d\d:)(\d\d)(:\d\d(\.\d+)?)?$/, "$1$2").replace(/^\d:/, "0$&");
  if (type === "url" && !text.includes("://")) return `https://${text}`;
  return text;
}

/** Judges a tidied answer of a rare kind; of any other it has nothing to say. */
export function rareProblem(field: PublicField, value: unknown): AnswerProblem | undefined {
  const { type, options, min, max } = field;
  if (type === "checkboxes") {
    if (!Array.isArray(value) || value.some((text) => typeof text !== "string")) return "type";
    const isOption = (text: string) => options?.some((option) => option.value === text);
    if (value.length > FIELD_OPTIONS_LIMIT || !value.every(isOption)) return "choice";
    return between(value.length, min, max, "too_few", "too_many");
  }
  const text = value as string;
  if (type === "number") {
    if (!NUMBER.test(text)) return "number";
    return between(Number(text), min, max, "too_small", "too_large") ?? stepProblem(field, Number(text));
  }
  // The calendar of the platform carries 30 February over into March.
  if (type === "date" && !(DATE.test(text) && new Date(Date.parse(text) || 0).toISOString().startsWith(text))) {
    return "date";
  }
  if (type === "time" && !TIME.test(text)) return "time";
  if (type === "date" || type === "time") return between(text, min, max, "too_early", "too_late");
  if (type === "rating" && !(/^[1-9]\d?$/.test(text) && Number(text) <= ((max as number) ?? RATING_DEFAULT))) {
    return "choice";
  }
  return type === "url" && !URL.test(text) ? "url" : undefined;
}

/** Dates and times in their canonical form compare as text. */
function between<Problem>(
  value: string | number,
  min: string | number | undefined,
  max: string | number | undefined,
  less: Problem,
  more: Problem,
): Problem | undefined {
  if (min !== undefined && value < min) return less;
  return max !== undefined && value > max ? more : undefined;
}

/** Steps start at the least number, as in HTML. Allows for what binary floating point makes of tenths. */
function stepProblem({ min, step }: PublicField, value: number): AnswerProblem | undefined {
  if (!step) return undefined;
  const start = Number(min ?? 0);
  const steps = (value - start) / step;
  const error = ((Math.abs(value) + Math.abs(start)) / step) * 1e-14;
  return Math.abs(steps - Math.round(steps)) > error ? "step" : undefined;
}

/** Judges a condition by tidied answers; see `ConditionTest`. */
export function holds(condition: Condition, answers: ReadonlyMap<string, unknown>): boolean {
  if (!("field" in condition)) {
    return "all" in condition
      ? condition.all.every((part) => holds(part, answers))
      : condition.any.some((part) => holds(part, answers));
  }
  const { field, op, value } = condition;
  const answer = answers.get(field);
  const text = typeof answer === "string" ? answer : answer === true ? "true" : "";
  const isEqual = text === (value === false ? "" : `${value}`);
  if (op === "equals") return isEqual;
  if (op === "not_equals") return !isEqual;
  if (op === "empty" || op === "filled") return (answer === undefined) === (op === "empty");
  if (op === "contains") {
    return Array.isArray(answer) ? answer.includes(value) : text.toLowerCase().includes(`${value}`.toLowerCase());
  }
  if (text === "") return false;
  const mine = typeof value === "number" ? Number(text) : text;
  const bound = value as string | number;
  if (op[0] === "l" ? mine < bound : mine > bound) return true;
  return op.endsWith("e") && mine === bound;
}
