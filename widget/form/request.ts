import {
  type Answers,
  answerLimit,
  type RareRules,
  type ReadAnswer,
  readAnswers,
  tidyAnswer,
} from "../../shared/answers.ts";
import type { CaptureRequest } from "../../shared/capture-api.ts";
import type { PublicField, PublicForm } from "../../shared/lead-fields.ts";
import { ELAPSED_LIMIT_MS } from "../../shared/limits.ts";
import type { FieldProblem, FieldProblems } from "./problems.ts";
import { CONSENT, type More } from "./state.ts";

/** What a form is read with, beside its answers. */
export interface Reading {
  /** The rules of rare fields and conditions, for forms that have them. */
  more?: RareRules & Pick<More, "bound">;
  /** The value of a query parameter, where the page has it. */
  query?: (name: string) => string | undefined;
}

/** The form as it is answered: hidden fields by the site or the query, cut to what they take. */
export const readForm = (
  form: Pick<PublicForm, "fields">,
  answers: Answers,
  { more, query }: Reading = {},
): ReadAnswer<PublicField>[] =>
  readAnswers(
    form.fields,
    (field) => {
      const { name, type } = field;
      const value = answers[name];
      if (type !== "hidden") return value;
      return `${tidyAnswer(value) ?? query?.(field.query ?? name) ?? ""}`.slice(0, answerLimit(field));
    },
    more,
  );

/** Says of a problem which bound was passed. */
export const withLimit = (field: PublicField, code: string, more?: Reading["more"]): FieldProblem => ({
  code,
  limit: more?.bound(field, code) ?? (code === "too_short" ? field.min_length : answerLimit(field)),
});

/** Judges one answer as the edge will. */
export function fieldProblem(field: PublicField, answers: Answers): FieldProblem | undefined {
  return formProblems({ fields: [field] }, answers).get(field.name);
}

/** Judges the whole form. Hidden fields are not the visitor's to mend. */
export function formProblems(
  form: Pick<PublicForm, "fields" | "consent">,
  answers: Answers,
  reading: Reading = {},
): FieldProblems {
  const problems: FieldProblems = new Map();
  for (const { field, problem } of readForm(form, answers, reading)) {
    if (problem && field.type !== "hidden") problems.set(field.name, withLimit(field, problem, reading.more));
  }
  if (form.consent?.required && !answers[CONSENT]) problems.set(CONSENT, { code: CONSENT });
  return problems;
}

/** What the browser knows beside the answers. */
export interface Circumstances extends Reading {
  submissionId: string;
  visitorId: string;
  /** The visitor's language. */
  locale?: string;
  page: CaptureRequest["page"];
  /** From first sight of the form, by the visitor's own clock. */
  elapsedMs: number;
}

/** Writes the request: what was filled in, what hidden fields find, and nothing for the rest. */
export function captureRequest(
  form: PublicForm,
  answers: Answers,
  { submissionId, visitorId, locale, page, elapsedMs, ...reading }: Circumstances,
): CaptureRequest {
  const data: Record<string, unknown> = {};
  for (const { field, value } of readForm(form, answers, reading)) if (value !== undefined) data[field.name] = value;
  const trap = answers[form.honeypot];
  if (trap) data[form.honeypot] = trap;
  const { consent } = form;
  return {
    // Asked for nothing yet, and ready to answer.
    solution: null,
    submission_id: submissionId,
    visitor_id: visitorId,
    locale,
    page,
    elapsed_ms: Math.min(Math.round(elapsedMs), ELAPSED_LIMIT_MS),
    consent: consent && { version: consent.version, given: !!answers[CONSENT] },
    data,
  };
}
