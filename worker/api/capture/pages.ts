/** What a visitor without script reads, in the form's language. Everything is escaped by `html`. */
import { html } from "hono/html";
import type { ProblemKind } from "../../../shared/capture-api.ts";
import type { FieldProblem } from "../../domain/failure.ts";
import type { FormSettings } from "../../domain/form.ts";
import { bestLanguage } from "../../domain/form-language.ts";
import type { CaptureFailure } from "../../services/capture-input.ts";
import { page } from "../http/page.ts";
import { type ProblemExtra, problemStatus, problemTitle } from "../http/problem.ts";
import { labelOf } from "./errors.ts";
import { PAGE_TEXTS, type PageLanguage, type PageTexts } from "./page-texts.ts";

const LANGUAGES = Object.keys(PAGE_TEXTS) as PageLanguage[];

/** Our own words beside the form's: in its language where its owner has said which that is, else in the visitor's. */
function textsFor(
  { locale }: FormSettings,
  wanted: readonly string[],
): PageTexts & { headers: Record<string, string> } {
  const best = bestLanguage(locale ? [locale.toLowerCase()] : wanted, LANGUAGES) ?? "en";
  return { ...PAGE_TEXTS[best], headers: { "content-language": best } };
}

/** @param settings with words of the visitor's language. */
export function thanksPage(settings: FormSettings, wanted: readonly string[]): Promise<Response> {
  const { thanks_title: title, thanks_text: text } = settings.texts;
  const ours = textsFor(settings, wanted);
  return page(200, title ?? ours.thanks_title, html`<p>${text ?? ours.thanks_text}</p>`, ours.headers);
}

/** A refusal that is not about what was entered. */
export function problemPage(kind: ProblemKind, extra: ProblemExtra = {}): Promise<Response> {
  const words = html`<p>${extra.detail ?? "Please go back; what you entered is still there."}</p>`;
  return page(problemStatus(kind), problemTitle(kind), words, extra.headers);
}

/** @param settings with words of the visitor's language. */
export function failurePage(
  settings: FormSettings,
  failure: CaptureFailure,
  wanted: readonly string[],
): Promise<Response> {
  const ours = textsFor(settings, wanted);
  if (failure.kind === "invalid-fields") return invalidPage(settings, failure.problems, ours);
  if (failure.kind === "rate-limited") {
    const seconds = String(failure.retryAfterSeconds);
    const words = html`<p>${ours.wait_text.replace("{n}", seconds)} ${ours.still_there}</p>`;
    return page(429, ours.wait_title, words, { ...ours.headers, "retry-after": seconds });
  }
  return problemPage("conflict");
}

function invalidPage(
  settings: FormSettings,
  problems: FieldProblem[],
  ours: ReturnType<typeof textsFor>,
): Promise<Response> {
  const items = problems.map(({ field, code }) => {
    const why = ours.problems[code] ?? ours.invalid;
    return html`<li><b>${labelOf(settings, field)}</b>: ${why}</li>`;
  });
  const words = html`<ul>${items}</ul><p>${ours.go_back} ${ours.still_there}</p>`;
  return page(422, ours.invalid_title, words, ours.headers);
}
