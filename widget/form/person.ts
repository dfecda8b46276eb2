import type { PublicForm } from "../../shared/lead-fields.ts";

/** Which fields to prefill from what the site says of a person: by name, else by kind, else by autocomplete. */
export function personAnswers(form: PublicForm, person: Record<string, unknown>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const { name, type, autocomplete = "" } of form.fields) {
    found[name] = person[name] ?? person[type] ?? person[autocomplete];
  }
  return found;
}
