import type { Texts } from "../app/locales/en.ts";
import { phrase } from "../app/phrase.ts";

export type Limit = number | string | ((texts: Texts) => string);

/** What is wrong with one answer: an `AnswerProblem`, `consent`, or a code of the server's with its own words. */
export interface FieldProblem {
  code: string;
  message?: string;
  /** The bound that was passed, `{n}`, `{min}` or `{max}` in the text: a number, or words that go by the language. */
  limit?: Limit;
}

/** By the field's name. A map, since a field may be called `constructor`. */
export type FieldProblems = Map<string, FieldProblem>;

/** What the visitor reads: their language first, the server's words for what it has none for, or no bound to name. */
export function problemText({ code, message, limit }: FieldProblem, texts: Texts): string {
  const own = Object.hasOwn(texts, code) && texts[code as keyof Texts];
  const words = limit === undefined && /{/.test(JSON.stringify(own)) ? message : own || message;
  return phrase(words || texts.type, { n: typeof limit === "function" ? limit(texts) : limit }, texts.tag);
}
