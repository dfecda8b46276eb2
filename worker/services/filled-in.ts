/** What a visitor filled in, judged by the form's own rules and read as what it says. */
import { type Answer, readAnswers } from "../../shared/answers.ts";
import { CONSENT_FIELD } from "../../shared/capture-api.ts";
import type { FieldType, FormField, PersonKey } from "../../shared/lead-fields.ts";
import * as rare from "../../shared/rare-answers.ts";
import type { FieldProblem, LeadFailure } from "../domain/failure.ts";
import { type FormSettings, honeypotOf } from "../domain/form.ts";
import type { EnteredAnswer, Person } from "../domain/lead.ts";
import { person } from "../domain/person.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { CaptureInput } from "./capture-input.ts";

/**
 * What was filled in, in the form's order; or everything that is wrong with it, at once. What a field's condition hides is
 * left out, whatever was sent for it.
 */
export function enteredAnswers(settings: FormSettings, input: CaptureInput): Result<EnteredAnswer[], LeadFailure> {
  const problems: FieldProblem[] = [];
  const entered: EnteredAnswer[] = [];
  const known = new Set([honeypotOf(settings), ...settings.fields.map((field) => field.name)]);
  for (const name of Object.keys(input.data)) if (!known.has(name)) problems.push({ field: name, code: "unknown" });
  const given = ({ name }: FormField) => (Object.hasOwn(input.data, name) ? input.data[name] : undefined);
  for (const { field, value, problem } of readAnswers(settings.fields, given, rare)) {
    if (problem) problems.push({ field: field.name, code: problem });
    else if (value !== undefined) entered.push({ field, value: value as Answer });
  }
  if (settings.consent?.required && input.consent?.given !== true) {
    problems.push({ field: CONSENT_FIELD, code: "consent" });
  }
  return problems.length > 0 ? fail({ kind: "invalid-fields", problems }) : ok(entered);
}

/** Who they say they are, by the fields that are about that. */
export function personOf(entered: EnteredAnswer[]): Person {
  const known: Partial<Record<PersonKey, string>> = {};
  for (const { field, value } of entered) if (field.maps_to) known[field.maps_to] = String(value);
  return person(known);
}

/** What a visitor words themselves; of options, dates and numbers there is nothing to suspect. */
const FREE_TEXTS: readonly FieldType[] = ["text", "textarea", "url"];

/** Where spam would stand. */
export const freeTexts = (entered: EnteredAnswer[]): string[] =>
  entered.filter(({ field }) => FREE_TEXTS.includes(field.type)).map(({ value }) => String(value));
