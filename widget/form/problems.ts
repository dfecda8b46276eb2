import type { Texts } from "../app/locales/en.ts";

/** What is wrong with one answer: an `AnswerProblem`, `consent`, or a code of the server's with its own words. */
export interface FieldProblem {
  code: string;
  message?: string;
  /** The bound that was passed: a number, or a date in words. */
  limit?: number | string;
}

/** By the field's name. A map, since a field may be called `constructor`. */
export type FieldProblems = Map<string, FieldProblem>;

/** What the visitor reads: their language first, the server's words for what it has none for, or no bound to name. */
export function problemText({ code, message, limit = "" }: FieldProblem, texts: Texts): string {
  const own = Object.hasOwn(texts, code) ? texts[code as keyof Texts] : "";
  const words = limit === "" && own.includes("{n}") ? message : own;
  return (words || message || texts.type).replace("{n}", `${limit}`);
}
