/** What a visitor's page hears when a capture fails. */

import type { AnswerProblem } from "../../../shared/answers.ts";
import { CONSENT_FIELD, type Problem } from "../../../shared/capture-api.ts";
import type { FieldProblem } from "../../domain/failure.ts";
import type { FormSettings } from "../../domain/form.ts";
import type { CaptureFailure } from "../../services/capture-input.ts";
import { problem } from "../http/problem.ts";

/** In English, as JSON has them too; other languages are in `page-texts.ts`. */
export const MESSAGES: Record<AnswerProblem | "unknown" | "consent", string> = {
  required: "This field is required.",
  type: "This is not a value of this kind of field.",
  email: "Enter an e-mail address like name@example.org.",
  phone: "Enter a phone number of 5 to 15 digits.",
  url: "Enter a web address like https://example.org.",
  number: "Enter a number like 12.5.",
  date: "Enter a date like 2026-03-02.",
  time: "Enter a time like 14:30.",
  choice: "Choose one of the options.",
  too_short: "This is too short.",
  too_long: "This is too long.",
  too_small: "This is too small.",
  too_large: "This is too large.",
  step: "This is between two steps.",
  too_early: "This is too early.",
  too_late: "This is too late.",
  too_few: "Choose more of the options.",
  too_many: "Choose fewer of the options.",
  unknown: "The form has no such field.",
  consent: "Please agree before you send.",
};

/** The problems in words, for whoever reads them without the widget. */
export function fieldProblems(problems: FieldProblem[]): NonNullable<Problem["errors"]> {
  return problems.map(({ field, code }) => ({
    field,
    code,
    message: MESSAGES[code as keyof typeof MESSAGES] ?? "This is not valid.",
  }));
}

/** How a page without the widget names a field. */
export function labelOf(settings: FormSettings, field: string): string {
  if (field === CONSENT_FIELD && settings.consent) return settings.consent.text;
  return settings.fields.find((known) => known.name === field)?.label ?? field;
}

export function failureProblem(failure: CaptureFailure): Response {
  switch (failure.kind) {
    case "invalid-fields":
      return problem("invalid-fields", { errors: fieldProblems(failure.problems) });
    case "challenge-required":
      return problem("challenge-required", { challenge: failure.challenge });
    case "duplicate-lead":
    case "duplicates":
      return problem("duplicate-lead");
    case "key-reused":
      return problem("idempotency-key-reused");
    case "rate-limited":
      return problem("rate-limited", { headers: { "retry-after": String(failure.retryAfterSeconds) } });
    case "gone":
      return problem("gone");
    case "forbidden":
      return problem("forbidden");
    case "conflict":
      return problem("conflict");
    case "not-found":
    case "no-such-assignee":
      return problem("not-found");
    case "invalid-cursor":
      return problem("malformed");
  }
}
