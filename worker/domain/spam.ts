/**
 * Why a form's answers look like a program's. Each reason alone holds the lead back for a person to look at, and the
 * visitor is thanked as ever, unless they clear themselves by a challenge. Judged only on what was measured or sent: callers without a clock are not suspected.
 */
import type { FormSettings } from "./form.ts";

export type SpamReason = "honeypot" | "too-fast" | "links" | "repeats";

/** What came of a challenge; stands behind the reasons. */
export type ChallengeNote =
  /** Cleared by a proof of work. */
  | "proof-solved"
  /** Cleared by Turnstile. */
  | "turnstile-passed"
  /** Turnstile gave us no answer, so that a proof of work was asked instead. */
  | "turnstile-unreachable"
  /** Turnstile says no, or did not run in the visitor's page. */
  | "turnstile-failed";

/** Whether a challenge can clear it: nobody who sees the page fills in what is not to be seen. */
export const canBeCleared = (reasons: readonly SpamReason[]): boolean => !reasons.includes("honeypot");

const LINK = /\b(?:https?:\/\/|www\.)\S/gi;
const MARKUP = /<a\s[^>]*href|\[url[=\]]/i;
/** The same text in this many free-text answers is no person's. */
const REPEATED_ANSWERS = 3;
/** A word this often, and this much of the text, is no sentence. */
const REPEATED_WORDS = 8;
const REPEATED_SHARE = 0.6;

export function spamReasons(input: {
  settings: Pick<FormSettings, "min_elapsed_ms" | "max_links">;
  honeypot: unknown;
  elapsedMs: number | null;
  texts: readonly string[];
}): SpamReason[] {
  const { settings, texts } = input;
  const reasons: SpamReason[] = [];
  if (input.honeypot !== undefined && input.honeypot !== null && input.honeypot !== "") reasons.push("honeypot");
  if (input.elapsedMs !== null && input.elapsedMs < settings.min_elapsed_ms) reasons.push("too-fast");
  if (texts.some((text) => MARKUP.test(text) || (text.match(LINK)?.length ?? 0) > settings.max_links)) {
    reasons.push("links");
  }
  if (sameText(texts) || texts.some(oneWordOverAndOver)) reasons.push("repeats");
  return reasons;
}

function sameText(texts: readonly string[]): boolean {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts.values()].some((count) => count >= REPEATED_ANSWERS);
}

function oneWordOverAndOver(text: string): boolean {
  const counts = new Map<string, number>();
  const words = text.toLowerCase().split(/\s+/);
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return most >= REPEATED_WORDS && most / words.length >= REPEATED_SHARE;
}
