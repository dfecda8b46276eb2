/**
 * Whether what a visitor entered is a valid answer. The browser runs this before sending and the edge before storing,
 * so that the two agree by construction. Imports limits only: every byte of it is in the visitor's page.
 */
import type { PublicField } from "./lead-fields.ts";
import {
  ANSWER_LIMIT_CHARS,
  EMAIL_LIMIT_CHARS,
  LONG_ANSWER_LIMIT_CHARS,
  PHONE_DIGITS_LIMIT,
  PHONE_DIGITS_MIN,
  PHONE_LIMIT_CHARS,
} from "./limits.ts";

/** What a field can hold: text, or the state of a checkbox. */
export type Answer = string | boolean;
export type Answers = Record<string, Answer>;

/** Why an answer is refused. The visitor's language has one text for each. */
export type AnswerProblem = "required" | "type" | "email" | "phone" | "choice" | "too_short" | "too_long";

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
export function answerProblem(field: PublicField, value: unknown): AnswerProblem | undefined {
  if (value === undefined) return field.required ? "required" : undefined;
  if (field.type === "checkbox") return value === true ? undefined : "type";
  if (typeof value !== "string") return "type";
  if (value.length > answerLimit(field)) return "too_long";
  if (value.length < (field.min_length ?? 0)) return "too_short";
  if (field.type === "email" && !EMAIL.test(value)) return "email";
  if (field.type === "phone") {
    const digits = value.replace(/\D/g, "").length;
    if (!PHONE.test(value) || digits < PHONE_DIGITS_MIN || digits > PHONE_DIGITS_LIMIT) return "phone";
  }
  if (field.options && !field.options.some((option) => option.value === value)) return "choice";
  return undefined;
}
