/** What a visitor without script reads. Everything is escaped by `html`. */
import { html } from "hono/html";
import type { ProblemKind } from "../../../shared/capture-api.ts";
import type { FieldProblem, LeadFailure } from "../../domain/failure.ts";
import type { FormSettings } from "../../domain/form.ts";
import { page } from "../http/page.ts";
import { type ProblemExtra, problemStatus, problemTitle } from "../http/problem.ts";
import { fieldProblems, labelOf } from "./errors.ts";

export function thanksPage(settings: FormSettings): Promise<Response> {
  const { thanks_title: title, thanks_text: text } = settings.texts;
  return page(200, title ?? "Thank you", html`<p>${text ?? "Your request has arrived. We will be in touch."}</p>`);
}

/** A refusal that is not about what was entered. */
export function problemPage(kind: ProblemKind, extra: ProblemExtra = {}): Promise<Response> {
  const words = html`<p>${extra.detail ?? "Please go back; what you entered is still there."}</p>`;
  return page(problemStatus(kind), problemTitle(kind), words, extra.headers);
}

export function failurePage(settings: FormSettings, failure: LeadFailure): Promise<Response> {
  if (failure.kind === "invalid-fields") return invalidPage(settings, failure.problems);
  if (failure.kind === "rate-limited") {
    const seconds = failure.retryAfterSeconds;
    const words = html`<p>Please go back and try again in ${seconds} seconds. What you entered is still there.</p>`;
    return page(429, problemTitle("rate-limited"), words, { "retry-after": String(seconds) });
  }
  return problemPage("conflict");
}

function invalidPage(settings: FormSettings, problems: FieldProblem[]): Promise<Response> {
  const items = fieldProblems(problems).map(
    ({ field, message }) => html`<li><b>${labelOf(settings, field)}</b>: ${message}</li>`,
  );
  const words = html`<ul>${items}</ul><p>Please go back and correct this. What you entered is still there.</p>`;
  return page(422, problemTitle("invalid-fields"), words);
}
