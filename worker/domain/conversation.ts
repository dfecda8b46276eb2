/**
 * A form, asked one question after another. Pure: what has been answered goes in, what is asked next or why an answer is
 * not taken comes out. Answers are judged by the rules that the form's page and a capture run, conditions included.
 *
 * Consent comes first, since nothing may be kept without it; then the fields in the form's order, hidden ones never.
 */
import { type Answer, type AnswerProblem, readAnswers } from "../../shared/answers.ts";
import { CONSENT_FIELD } from "../../shared/capture-api.ts";
import type { ChatAnswer } from "../../shared/chat-frames.ts";
import type { FormField } from "../../shared/lead-fields.ts";
import * as rare from "../../shared/rare-answers.ts";
import type { Away } from "./chat-hours.ts";
import { backAt, phrasesFor } from "./chat-phrases.ts";
import type { FormSettings } from "./form.ts";
import type { EnteredAnswer } from "./lead.ts";
import { fail, ok, type Result } from "./result.ts";
import { wellFormedText } from "./text.ts";

/** What a visitor has said to the form's questions. */
export interface Talk {
  /** Tidied, by the field's name. */
  answers: Record<string, Answer>;
  /** Optional fields that were left out. */
  skipped: string[];
  /** null: not asked, or not answered yet. */
  consent: boolean | null;
}
export const NO_TALK: Talk = { answers: {}, skipped: [], consent: null };

/** A bubble for an answer that is left out, and for a tick. */
const NOTHING = "–";
const TICK = "✓";

/** Why an answer is not taken; `unknown`: the field is neither asked now nor was it before. */
export type TalkProblem = AnswerProblem | typeof CONSENT_FIELD | "unknown";

/** The field that is asked now: `consent`, a field's name, or null where nothing is left. */
export function asks(settings: FormSettings, talk: Talk): string | null {
  if (lacksConsent(settings, talk) || (settings.consent && talk.consent === null)) return CONSENT_FIELD;
  // A form may have become stricter since: what it takes no more is asked again.
  const next = readTalk(settings, talk).find(
    ({ field, isShown, value, problem }) =>
      field.type !== "hidden" &&
      isShown &&
      (value === undefined || problem !== undefined) &&
      (field.required || !talk.skipped.includes(field.name)),
  );
  return next?.field.name ?? null;
}

/**
 * What an answer makes of the talk, and what the visitor's bubble says. It may correct an earlier one; answers to fields
 * that are hidden by that stay, and count no more.
 */
export function answered(
  settings: FormSettings,
  talk: Talk,
  field: string,
  value: ChatAnswer,
): Result<{ talk: Talk; text: string }, TalkProblem> {
  if (settings.consent && field === CONSENT_FIELD) return consented(settings, talk, value);
  const known = readTalk(settings, talk).find((one) => one.field.name === field);
  if (known === undefined || known.field.type === "hidden" || !known.isShown) return fail("unknown");
  const wasAsked = Object.hasOwn(talk.answers, field) || talk.skipped.includes(field);
  if (!wasAsked && asks(settings, talk) !== field) return fail("unknown");
  const judged = judge(known.field, value);
  if (judged.problem) return fail(judged.problem);
  const { [field]: _before, ...others } = talk.answers;
  const skipped = talk.skipped.filter((name) => name !== field);
  if (judged.value === undefined) {
    return ok({ talk: { ...talk, answers: others, skipped: [...skipped, field] }, text: NOTHING });
  }
  const answer = judged.value as Answer;
  return ok({ talk: { ...talk, answers: { ...others, [field]: answer }, skipped }, text: bubble(known.field, answer) });
}

/** The talk with what the page knows: hidden fields and prefill. Only what is valid, and nothing over an answer. */
export function given(settings: FormSettings, talk: Talk, values: Record<string, string | boolean>): Talk {
  const answers = { ...talk.answers };
  for (const field of settings.fields) {
    if (!Object.hasOwn(values, field.name) || Object.hasOwn(answers, field.name)) continue;
    const { value, problem } = judge(field, values[field.name] as string | boolean);
    if (value !== undefined && problem === undefined) answers[field.name] = value as Answer;
  }
  return { ...talk, answers };
}

/** The answers that count, in the form's order: valid, and of fields that their conditions show. */
export function enteredIn(settings: FormSettings, talk: Talk): EnteredAnswer[] {
  return readTalk(settings, talk).flatMap(({ field, value, problem }) =>
    value === undefined || problem !== undefined ? [] : [{ field, value: value as Answer }],
  );
}

/** Whether the form may not keep anything of the visitor yet. */
export const lacksConsent = (settings: FormSettings, talk: Talk): boolean =>
  settings.consent?.required === true && talk.consent !== true;

/**
 * What the bot says first. Settings are in the visitor's language already.
 * @param languages the visitor's, best first: for words that the form has none of.
 */
export function greeting(settings: FormSettings, languages: string[], away: Away | null): string {
  const phrases = phrasesFor(settings, languages);
  if (away === null) return settings.texts.greeting ?? phrases.greeting;
  return sentences(away.text ?? phrases.away, backAt(away, phrases));
}

/** What the bot asks: the field's label, or what is to be agreed to. Empty for a field that the form does not have. */
export function question(settings: FormSettings, field: string, _languages: string[]): string {
  const { consent, fields } = settings;
  if (consent && field === CONSENT_FIELD) return sentences(consent.text, consent.url ?? "");
  return fields.find(({ name }) => name === field)?.label ?? "";
}

/** What the bot says when everything has been asked. */
export const farewell = (settings: FormSettings, languages: string[]): string =>
  settings.texts.thanks_text ?? phrasesFor(settings, languages).thanks;

/** The answer to a visitor who asks for a person while nobody is in. */
export function notInNow(languages: string[], away: Away | null, settings: Pick<FormSettings, "locale"> = {}): string {
  const phrases = phrasesFor(settings, languages);
  return sentences(phrases.not_in, away === null ? "" : backAt(away, phrases));
}

const sentences = (...texts: string[]): string => texts.filter((text) => text !== "").join(" ");

const readTalk = (settings: FormSettings, talk: Talk) =>
  readAnswers(
    settings.fields,
    ({ name }) => (Object.hasOwn(talk.answers, name) ? talk.answers[name] : undefined),
    rare,
  );

/** One answer by itself, whether or not the field is shown. */
function judge(
  { visible_if: _shown, ...field }: FormField,
  value: ChatAnswer,
): { value: unknown; problem?: AnswerProblem } {
  const entered = typeof value === "string" ? wellFormedText(value) : value;
  const [read] = readAnswers([field], () => entered, rare);
  return { value: read?.value, problem: read?.problem };
}

function consented(
  settings: FormSettings,
  talk: Talk,
  value: ChatAnswer,
): Result<{ talk: Talk; text: string }, TalkProblem> {
  if (value !== null && typeof value !== "boolean") return fail("type");
  if (value !== true && settings.consent?.required) return fail(CONSENT_FIELD);
  return ok({ talk: { ...talk, consent: value === true }, text: value === true ? TICK : NOTHING });
}

/** What was chosen, as the visitor reads it. */
function bubble({ options }: FormField, answer: Answer): string {
  if (typeof answer === "boolean") return TICK;
  const labelOf = (value: string) => options?.find((option) => option.value === value)?.label ?? value;
  return typeof answer === "string" ? labelOf(answer) : answer.map(labelOf).join(", ");
}
