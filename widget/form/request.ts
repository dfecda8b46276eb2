import { type Answers, answerLimit, answerProblem, tidyAnswer } from "../../shared/answers.ts";
import type { CaptureRequest } from "../../shared/capture-api.ts";
import type { PublicField, PublicForm } from "../../shared/lead-fields.ts";
import { ELAPSED_LIMIT_MS } from "../../shared/limits.ts";

/** What is wrong with one answer: an `AnswerProblem`, `consent`, or the server's own words. */
export interface FieldProblem {
  code: string;
  message?: string;
}
export type FieldProblems = Record<string, FieldProblem>;

/** The name under which both sides report a missing consent. The contract's own constant would bring zod along. */
export const CONSENT: typeof import("../../shared/capture-api.ts").CONSENT_FIELD = "consent";

/** Judges one answer as the edge will. Hidden fields are not the visitor's to mend. */
export function fieldProblem(field: PublicField, answers: Answers): FieldProblem | undefined {
  if (field.type === "hidden") return undefined;
  const code = answerProblem(field, tidyAnswer(answers[field.name]));
  return code && { code };
}

/** Judges the whole form. @returns the problems by field name; no keys where there are none. */
export function formProblems(form: PublicForm, answers: Answers, consented: boolean): FieldProblems {
  const problems: FieldProblems = {};
  for (const field of form.fields) {
    const problem = fieldProblem(field, answers);
    if (problem) problems[field.name] = problem;
  }
  if (form.consent?.required && !consented) problems[CONSENT] = { code: CONSENT };
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
  consented: boolean,
  { submissionId, visitorId, page, elapsedMs, query }: Circumstances,
): CaptureRequest {
  const data: Record<string, unknown> = {};
  for (const field of form.fields) {
    let value = tidyAnswer(answers[field.name]);
    if (field.type === "hidden")
      value = (value ?? query(field.query ?? field.name))?.toString().slice(0, answerLimit(field));
    if (value !== undefined) data[field.name] = value;
  }
  const trap = answers[form.honeypot];
  if (trap) data[form.honeypot] = trap;
  return {
    submission_id: submissionId,
    visitor_id: visitorId,
    page,
    elapsed_ms: Math.min(Math.round(elapsedMs), ELAPSED_LIMIT_MS),
    consent: form.consent && { version: form.consent.version, given: consented },
    data,
  };
}

/** Which fields to prefill from what the site says of a person: by name, else by kind, else by autocomplete. */
export function personAnswers(form: PublicForm, person: Record<string, unknown>): Answers {
  const found: Answers = {};
  for (const { name, type, autocomplete } of form.fields) {
    const value = person[name] ?? person[type] ?? person[autocomplete ?? ""];
    if (typeof value === "string") found[name] = value;
  }
  return found;
}
