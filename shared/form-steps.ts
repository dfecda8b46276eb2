/** Forms that are asked in several pages. */
import * as z from "zod/mini";
import type { FormField } from "./lead-fields.ts";
import { FORM_FIELDS_LIMIT, STEPS_LIMIT, TEXT_LIMIT_CHARS } from "./limits.ts";

/** A page of a form that is asked in several. */
export const FormStep = z.strictObject({
  title: z.string().check(z.minLength(1), z.maxLength(TEXT_LIMIT_CHARS)),
  /** Names, in the form's order. */
  fields: z.array(z.string()).check(z.minLength(1), z.maxLength(FORM_FIELDS_LIMIT)),
});
export const FormSteps = z.array(FormStep).check(z.minLength(2), z.maxLength(STEPS_LIMIT));
export type FormSteps = z.infer<typeof FormSteps>;

/** @returns what is wrong with steps for these fields: together they ask every field that people see, in its order. */
export function stepsProblem(steps: FormSteps, fields: readonly FormField[]): string | undefined {
  const hidden = new Set(fields.filter(({ type }) => type === "hidden").map((field) => field.name));
  const asked = fields.map((field) => field.name).filter((field) => !hidden.has(field));
  const stepped = steps.flatMap((step) => step.fields);
  if (stepped.length === asked.length && stepped.every((field, index) => field === asked[index])) return undefined;
  return "Steps name every field but the hidden ones, once each, in the form's order.";
}
