/** What fits together in one field, and what a condition may ask of an earlier one. The admin API's schema runs it. */
import { readAnswers } from "./answers.ts";
import { type Condition, type ConditionTest, testsOf } from "./conditions.ts";
import type { FieldType, FormField } from "./lead-fields.ts";
import { LONG_ANSWER_LIMIT_CHARS, RATING_LIMIT, RATING_MIN } from "./limits.ts";
import * as rare from "./rare-answers.ts";

type Refuse = (key: string, message: string) => void;

const TEXTS: readonly FieldType[] = ["text", "email", "phone", "url", "textarea", "hidden"];
const CHOICES: readonly FieldType[] = ["select", "radio", "checkboxes"];
const BOUNDED: readonly FieldType[] = ["number", "date", "time", "checkboxes"];
const ORDERED: readonly FieldType[] = ["number", "rating", "date", "time"];
const OF_A_PERSON: readonly FieldType[] = ["text", "email", "phone", "textarea", "select", "radio", "hidden"];
const WITHOUT_PLACEHOLDER: readonly FieldType[] = ["radio", "checkboxes", "date", "time", "rating"];

/** Refuses what a field's type does not know, and bounds that exclude every answer. */
export function checkField(field: FormField, refuse: Refuse): void {
  const { type, options, step } = field;
  if (field.maps_to && !OF_A_PERSON.includes(type)) refuse("maps_to", `A ${type} says nothing of a person.`);
  if (CHOICES.includes(type) !== (options !== undefined)) {
    refuse("options", "A select, radio or checkboxes needs options, and nothing else takes them.");
  }
  if (options && new Set(options.map((option) => option.value)).size < options.length) {
    refuse("options", "A value is used twice.");
  }
  if (options?.some((option) => option.value.trim() !== option.value)) {
    refuse("options", "A value has no space at either end.");
  }
  if (field.placeholder !== undefined && WITHOUT_PLACEHOLDER.includes(type)) {
    refuse("placeholder", `A ${type} has no room for a placeholder.`);
  }
  if (step !== undefined && type !== "number") refuse("step", "Only a number has steps.");
  checkLengths(field, refuse);
  checkBounds(field, refuse);
  if (type === "hidden" && (field.required || field.min_length)) {
    refuse(field.required ? "required" : "min_length", "Nobody sees a hidden field, so that nobody could mend it.");
  }
}

function checkLengths({ type, min_length, max_length }: FormField, refuse: Refuse): void {
  for (const [key, length] of Object.entries({ min_length, max_length })) {
    if (length !== undefined && !TEXTS.includes(type)) refuse(key, `A ${type} has no length.`);
  }
  if ((min_length ?? 0) > (max_length ?? LONG_ANSWER_LIMIT_CHARS)) {
    refuse("min_length", "min_length is greater than max_length.");
  }
}

function checkBounds(field: FormField, refuse: Refuse): void {
  const { type, min, max, options } = field;
  for (const [key, value] of Object.entries({ min, max })) {
    if (value === undefined) continue;
    if (type === "rating" && key === "max") {
      if (!isCount(value, RATING_MIN, RATING_LIMIT)) refuse(key, `A rating goes to ${RATING_MIN} to ${RATING_LIMIT}.`);
    } else if (!BOUNDED.includes(type)) refuse(key, `A ${type} has no ${key}.`);
    else if (type === "checkboxes") {
      if (!isCount(value, 0, options?.length ?? 0)) refuse(key, "How many of the options, as a number.");
    } else if (!isAnswer(type, value)) refuse(key, `Not a ${type} as answers have them.`);
  }
  if (min !== undefined && max !== undefined && min > max) refuse("min", "min is greater than max.");
}

const isCount = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

/** Whether it is what a field of this type could be answered with, in the canonical form: numbers as numbers. */
function isAnswer(type: FieldType, value: unknown): boolean {
  const field = { name: "x", type, label: "", required: true, ...(type === "rating" ? { max: RATING_LIMIT } : {}) };
  const isNumber = type === "number" || type === "rating";
  if (isNumber !== (typeof value === "number")) return false;
  const [read] = readAnswers([field], () => value, rare);
  return read?.problem === undefined && String(read?.value) === String(value);
}

/** Refuses a condition that is too large, looks ahead, or asks what an earlier field cannot answer. */
export function checkCondition(
  condition: Condition,
  earlier: ReadonlyMap<string, FormField>,
  refuse: (message: string) => void,
): void {
  const tests = testsOf(condition);
  if (tests === null) refuse("Too many tests, or nested too deep.");
  for (const test of tests ?? []) {
    const field = earlier.get(test.field);
    const problem = field ? testProblem(test, field) : "A condition names fields that come before.";
    if (problem) refuse(`"${test.field}": ${problem}`);
  }
}

function testProblem({ op, value }: ConditionTest, field: FormField): string | undefined {
  const { type, options } = field;
  if (op === "empty" || op === "filled") return value === undefined ? undefined : `${op} takes no value.`;
  if (value === undefined) return `${op} needs a value.`;
  const isOption = options === undefined || options.some((option) => option.value === value);
  if (op === "contains") {
    if (type !== "checkboxes" && !TEXTS.includes(type)) return `A ${type} contains nothing.`;
    return typeof value === "string" && isOption ? undefined : "Not a text, or none of the options.";
  }
  if (type === "checkboxes") return "Of several options it can be asked what they contain.";
  if (op !== "equals" && op !== "not_equals" && !ORDERED.includes(type)) return `A ${type} is not more or less.`;
  if (type === "checkbox") return typeof value === "boolean" ? undefined : "A checkbox is true or false.";
  if (ORDERED.includes(type)) return isAnswer(type, value) ? undefined : `Not a ${type} as answers have them.`;
  return typeof value === "string" && isOption ? undefined : "Not a text, or none of the options.";
}
