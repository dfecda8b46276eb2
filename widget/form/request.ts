import { type Answers, answerLimit, answerProblem, tidyAnswer } from "../../shared/answers.ts";
import type { CaptureRequest } from "../../shared/capture-api.ts";
import type { PublicField, PublicForm } from "../../shared/lead-fields.ts";
import { ELAPSED_LIMIT_MS } from "../../shared/limits.ts";
import type { FieldProblem, FieldProblems } from "./problems.ts";
import { CONSENT } from "./state.ts";

/** Judges one answer as the edge will. Hidden fields are not the visitor's to mend. */
export function fieldProblem(field: PublicField, answers: Answers): FieldProblem | undefined {
  if (field.type === "hidden") return undefined;
  const code = answerProblem(field, tidyAnswer(answers[field.name]));
  return code && { code, limit: code === "too_short" ? field.min_length : answerLimit(field) };
}

/** Judges the whole form. */
export function formProblems(form: PublicForm, answers: Answers): FieldProblems {
  const problems: FieldProblems = new Map();
  for (const field of form.fields) {
    const problem = fieldProblem(field, answers);
    if (problem) problems.set(field.name, problem);
  }
  if (form.consent?.required && !answers[CONSENT]) problems.set(CONSENT, { code: CONSENT });
  return problems;
}

/** What the browser knows beside the answers. */
export interface Circumstances {
  submissionId: string;
  visitorId: string;
  page: CaptureRequest["page"];
  /** From first sight of the form, by the visitor's own clock. */
  elapsedMs: number;
  /** The value of a query parameter, where the page has it. */
  query: (name: string) => string | undefined;
}

/** Writes the request: what was filled in, what hidden fields find, and nothing for the rest. */
export function captureRequest(
  form: PublicForm,
  answers: Answers,
  { submissionId, visitorId, page, elapsedMs, query }: Circumstances,
): CaptureRequest {
  const data: Record<string, unknown> = {};
  for (const field of form.fields) {
    const { name, type } = field;
    let value = tidyAnswer(answers[name]);
    if (type === "hidden")
      value = tidyAnswer(`${value ?? query(field.query ?? name) ?? ""}`.slice(0, answerLimit(field)));
    if (value !== undefined) data[name] = value;
  }
  const trap = answers[form.honeypot];
  if (trap) data[form.honeypot] = trap;
  const { consent } = form;
  return {
    submission_id: submissionId,
    visitor_id: visitorId,
    page,
    elapsed_ms: Math.min(Math.round(elapsedMs), ELAPSED_LIMIT_MS),
    consent: consent && { version: consent.version, given: !!answers[CONSENT] },
    data,
  };
}
