/**
 * Whether what a visitor entered is a valid answer. The browser runs this before sending and the edge before storing,
 * so that the two agree by construction. Imports limits only: every byte of it is in the visitor's page. What only some
 * forms need stands in `rare-answers.ts`; a page whose form needs none of it goes without.
 */
import type { Condition } from "./conditions.ts";
import type { PublicField } from "./lead-fields.ts";
import {
  ANSWER_LIMIT_CHARS,
  EMAIL_LIMIT_CHARS,
  LONG_ANSWER_LIMIT_CHARS,
  PHONE_DIGITS_LIMIT,
  PHONE_DIGITS_MIN,
  PHONE_LIMIT_CHARS,
} from "./limits.ts";

/** What a field can hold: text, the state of a checkbox, or which of several boxes are ticked. */
export type Answer = string | boolean | readonly string[];
export type Answers = Record<string, Answer>;

/** Why an answer is refused. The visitor's language has one text for each. */
export type AnswerProblem =
  | ("required" | "type" | "email" | "phone" | "url" | "number" | "date" | "time" | "choice")
  | ("too_short" | "too_long" | "too_small" | "too_large" | "step" | "too_early" | "too_late" | "too_few" | "too_many");

/** What `rare-answers.ts` adds: conditions, and the kinds of field that few forms have. */
export interface RareRules {
  /** The answer of a rare kind in its canonical form; what is none of its kind stays as it is. */
  tidyRare(field: PublicField, value: unknown): unknown;
  /** Judges a tidied answer of a rare kind; of any other it has nothing to say. */
  rareProblem(field: PublicField, value: unknown): AnswerProblem | undefined;
  /** Judges a condition by tidied answers. */
  holds(condition: Condition, answers: ReadonlyMap<string, unknown>): boolean;
}

// Characters before the @, a host with at least one dot after it: the mail server is the only true judge.
const EMAIL = /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\".]+(\.[^\s@<>()[\],;:\\".]+)+$/;
const PHONE = /^\+?[\d\s().\-/]*$/;

/** Whether mail could be sent there. */
export const isEmail = (text: string): boolean => text.length <= EMAIL_LIMIT_CHARS && EMAIL.test(text);

/** The longest answer that a field takes, in UTF-16 code units. */
export function answerLimit(field: PublicField): number {
  const most =
    field.type === "email"
      ? EMAIL_LIMIT_CHARS
      : field.type === "phone"
        ? PHONE_LIMIT_CHARS
        : field.type === "textarea"
          ? LONG_ANSWER_LIMIT_CHARS
          : ANSWER_LIMIT_CHARS;
  return Math.min(field.max_length ?? most, most);
}

/** The answer as it is judged and stored: text trimmed, and nothing where nothing was entered. */
export function tidyAnswer(value: unknown): unknown {
  const tidy = typeof value === "string" ? value.trim() : value;
  return tidy === "" || tidy === false || tidy === null ? undefined : tidy;
}

/** Judges a tidied answer. @returns what is wrong with it, or undefined. */
export function answerProblem(field: PublicField, value: unknown, rare?: RareRules): AnswerProblem | undefined {
  const { type, options } = field;
  if (value === undefined) return field.required ? "required" : undefined;
  if (type === "checkbox") return value === true ? undefined : "type";
  if (type !== "checkboxes") {
    if (typeof value !== "string") return "type";
    if (value.length > answerLimit(field)) return "too_long";
    if (value.length < (field.min_length ?? 0)) return "too_short";
    if (type === "email" && !EMAIL.test(value)) return "email";
    if (type === "phone") {
      const digits = value.replace(/\D/g, "").length;
      if (!PHONE.test(value) || digits < PHONE_DIGITS_MIN || digits > PHONE_DIGITS_LIMIT) return "phone";
    }
    if (options && !options.some((option) => option.value === value)) return "choice";
  }
  return rare?.rareProblem(field, value);
}

/** One field as it was answered. */
export interface ReadAnswer<Field> {
  field: Field;
  /** Tidied; undefined where nothing was entered, or the field's condition hides it. */
  value: unknown;
  isShown: boolean;
  problem?: AnswerProblem;
}

/**
 * Reads a whole form, in its order. What a condition hides counts as empty, for later conditions too, and is not judged.
 * @param entered What stands in a field.
 * @param rare Needed where the form has a condition or a rare kind of field.
 */
export function readAnswers<Field extends PublicField>(
  fields: readonly Field[],
  entered: (field: Field) => unknown,
  rare?: RareRules,
): ReadAnswer<Field>[] {
  const values = new Map<string, unknown>();
  return fields.map((field) => {
    const isShown = !field.visible_if || !rare || rare.holds(field.visible_if, values);
    const tidy = isShown ? tidyAnswer(entered(field)) : undefined;
    const value = rare && tidy !== undefined ? rare.tidyRare(field, tidy) : tidy;
    values.set(field.name, value);
    return { field, value, isShown, problem: isShown ? answerProblem(field, value, rare) : undefined };
  });
}
