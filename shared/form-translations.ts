/**
 * A form's own words in other languages. Only words: names of fields and values of options are the same in all of them,
 * so that a lead says the same whoever filled it in. A label that a translation leaves out is the form's own.
 */
import * as z from "zod/mini";
import { FormStep, type FormSteps } from "./form-steps.ts";
import { FieldOption, FormConsent, FormField, type FormFields, FormTexts } from "./lead-fields.ts";
import { FIELD_OPTIONS_LIMIT, FORM_LANGUAGES_LIMIT, LANGUAGE_TAG_LIMIT_CHARS, STEPS_LIMIT } from "./limits.ts";

/** A language as BCP 47 writes it: `de`, `pt-BR`, `zh-Hant`. */
export const LanguageTag = z
  .string()
  .check(
    z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "A language tag like de or pt-BR."),
    z.maxLength(LANGUAGE_TAG_LIMIT_CHARS),
  );

const { label, help, placeholder } = FormField.shape;

export const FieldTranslation = z.strictObject({
  label: z.optional(label),
  help,
  placeholder,
  /** Labels by the option's value. */
  options: z.optional(z.array(FieldOption).check(z.maxLength(FIELD_OPTIONS_LIMIT))),
});
export type FieldTranslation = z.infer<typeof FieldTranslation>;

export const FormTranslation = z.strictObject({
  texts: z.optional(FormTexts),
  /** The version is the form's: one consent, in several languages. */
  consent: z.optional(z.strictObject({ text: FormConsent.shape.text, url: FormConsent.shape.url })),
  /** The steps' titles, in their order: all of them, or none. */
  steps: z.optional(z.array(FormStep.shape.title).check(z.maxLength(STEPS_LIMIT))),
  /** By the field's name. */
  fields: z.optional(z.record(FormField.shape.name, FieldTranslation)),
});
export type FormTranslation = z.infer<typeof FormTranslation>;

/** By language tag; each language once, however its tag is spelled. */
export const FormTranslations = z.record(LanguageTag, FormTranslation).check(
  z.check((ctx) => {
    const tags = Object.keys(ctx.value);
    const refuse = (path: string[], message: string) =>
      ctx.issues.push({ code: "custom", input: ctx.value, path, message });
    if (tags.length > FORM_LANGUAGES_LIMIT) refuse([], `At most ${FORM_LANGUAGES_LIMIT} languages.`);
    const seen = new Set<string>();
    for (const tag of tags) {
      if (seen.has(tag.toLowerCase())) refuse([tag], "This language is there twice.");
      seen.add(tag.toLowerCase());
    }
  }),
);
export type FormTranslations = z.infer<typeof FormTranslations>;

/** What translations are checked against. */
interface TranslatedForm {
  fields: z.infer<typeof FormFields>;
  steps?: FormSteps | null;
  consent?: FormConsent | null;
  locale?: string | null;
  translations?: FormTranslations;
}

/** Words for what the form does not have, each with its path and why it is refused. */
export function strayWords(form: TranslatedForm): { path: (string | number)[]; message: string }[] {
  const stray: { path: (string | number)[]; message: string }[] = [];
  for (const [tag, translation] of Object.entries(form.translations ?? {})) {
    const refuse = (path: (string | number)[], message: string) =>
      stray.push({ path: ["translations", tag, ...path], message });
    if (tag.toLowerCase() === form.locale?.toLowerCase()) refuse([], "The form's own words are in this language.");
    if (translation.consent && !form.consent) refuse(["consent"], "The form asks for no consent.");
    if (translation.steps && translation.steps.length !== (form.steps?.length ?? 0)) {
      refuse(["steps"], "The form has another number of steps.");
    }
    for (const [name, words] of Object.entries(translation.fields ?? {})) {
      const field = form.fields.find((known) => known.name === name);
      if (field === undefined) refuse(["fields", name], "The form has no such field.");
      else
        strayOptions(words, field).forEach(([index, message]) => {
          refuse(["fields", name, "options", index, "value"], message);
        });
    }
  }
  return stray;
}

function strayOptions({ options = [] }: FieldTranslation, field: FormField): [index: number, message: string][] {
  const known = new Set(field.options?.map(({ value }) => value));
  return options.flatMap(({ value }, index): [number, string][] => {
    // Taken out as it is met, so that a second label for it is one too many.
    return known.delete(value) ? [] : [[index, "The field has no such option, or it is there twice."]];
  });
}
