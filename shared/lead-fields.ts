/**
 * What a form can ask. The admin API validates a new form with this schema, the edge serves the public half of it,
 * and the widget is typed by it. Whether an answer is valid is decided in `answers.ts`, which both sides run.
 */
import * as z from "zod/mini";
import { Condition } from "./conditions.ts";
import { checkCondition, checkField } from "./field-checks.ts";
import { FIELD_TYPES } from "./field-types.ts";
import type { FormSteps } from "./form-steps.ts";
import {
  FIELD_OPTIONS_LIMIT,
  FORM_FIELDS_LIMIT,
  LONG_ANSWER_LIMIT_CHARS,
  NAME_LIMIT_CHARS,
  NUMBER_DECIMALS_LIMIT,
  TEXT_LIMIT_CHARS,
  URL_LIMIT_CHARS,
} from "./limits.ts";

/** What an answer says of the person; see `maps_to`. */
export const PERSON_KEYS = [
  "name",
  "first_name",
  "last_name",
  "email",
  "phone",
  "company",
  "title",
  "message",
  "location",
] as const;
export type PersonKey = (typeof PERSON_KEYS)[number];
export type { FieldType } from "./field-types.ts";

const text = () => z.string().check(z.maxLength(TEXT_LIMIT_CHARS));
const name = () =>
  z
    .string()
    .check(
      z.regex(
        /^[A-Za-z][A-Za-z0-9_-]*$/,
        "Use letters, digits, _ and -, starting with a letter; no __proto__ or the like.",
      ),
      z.maxLength(NAME_LIMIT_CHARS),
    );
const bound = () => z.union([z.number(), z.string().check(z.maxLength(NAME_LIMIT_CHARS))]);
const length = () => z.int().check(z.gte(0), z.lte(LONG_ANSWER_LIMIT_CHARS));

export const FieldOption = z.strictObject({
  value: z.string().check(z.minLength(1), z.maxLength(NAME_LIMIT_CHARS)),
  label: text(),
});
export type FieldOption = z.infer<typeof FieldOption>;

/** One question of a form, as its owner writes it. Lengths are in UTF-16 code units, as in HTML. */
export const FormField = z.strictObject({
  /** The key of the answer in `data`. Unique in the form. */
  name: name(),
  type: z.enum(FIELD_TYPES),
  label: text(),
  help: z.optional(text()),
  placeholder: z.optional(text()),
  required: z._default(z.boolean(), false),
  /** Of texts. */
  min_length: z.optional(length()),
  max_length: z.optional(length()),
  /**
   * The least and the most: a number for `number`, "2026-03-02" for `date`, "14:30" for `time`, how many for `checkboxes`;
   * of `rating` the most only, 5 where not given.
   */
  min: z.optional(bound()),
  max: z.optional(bound()),
  /** Of `number`: what lies between one and the next, counted from `min`. Any number where not given. */
  step: z.optional(z.number().check(z.gte(10 ** -NUMBER_DECIMALS_LIMIT))),
  /** Choices of `select`, `radio` and `checkboxes`. */
  options: z.optional(z.array(FieldOption).check(z.minLength(1), z.maxLength(FIELD_OPTIONS_LIMIT))),
  /** The page's query parameter that fills a `hidden` field; its own name where not given. */
  query: z.optional(name()),
  /** The HTML autocomplete token, e.g. `email`; the widget derives none by itself. */
  autocomplete: z.optional(z.string().check(z.regex(/^[a-z -]{1,64}$/))),
  /** What the answer is to a person: the contact of the lead keeps it under this key. Private. */
  maps_to: z.optional(z.enum(PERSON_KEYS)),
  /** The field is asked only where this holds; it names fields that come before. */
  visible_if: z.optional(Condition),
});
export type FormField = z.infer<typeof FormField>;

/** A question as a visitor's page sees it. */
export type PublicField = Omit<FormField, "maps_to">;

export const FormConsent = z.strictObject({
  /** Kept with each lead, so that it is known which text was agreed to. */
  version: z.string().check(z.minLength(1), z.maxLength(NAME_LIMIT_CHARS)),
  text: text(),
  /** A page that says more; shown as a link after the text. */
  url: z.optional(z.url({ protocol: /^https?$/ }).check(z.maxLength(URL_LIMIT_CHARS))),
  required: z._default(z.boolean(), true),
});
export type FormConsent = z.infer<typeof FormConsent>;

/** The form's own words; what is left out comes from the visitor's language. */
export const FormTexts = z.strictObject({
  title: z.optional(text()),
  intro: z.optional(text()),
  submit: z.optional(text()),
  launcher: z.optional(text()),
  /** What a chat says first. */
  greeting: z.optional(text()),
  thanks_title: z.optional(text()),
  thanks_text: z.optional(text()),
  duplicate_text: z.optional(text()),
});
export type FormTexts = z.infer<typeof FormTexts>;

const colour = () => z.string().check(z.regex(/^#[0-9a-fA-F]{6}$/, "Use #rrggbb."));

export const FormTheme = z.strictObject({
  scheme: z._default(z.enum(["auto", "light", "dark"]), "auto"),
  /** The colour of buttons and focus. */
  accent: z.optional(colour()),
  radius_px: z.optional(z.int().check(z.gte(0), z.lte(32))),
  position: z._default(z.enum(["end", "start"]), "end"),
});
export type FormTheme = z.infer<typeof FormTheme>;

export const FORM_MODES = ["form", "chat"] as const;
export type FormMode = (typeof FORM_MODES)[number];

/** The fields of a form: unique names, one question a person key, and of each only what its type knows. */
export const FormFields = z.array(FormField).check(
  z.minLength(1),
  z.maxLength(FORM_FIELDS_LIMIT),
  z.check((ctx) => {
    const earlier = new Map<string, FormField>();
    const persons = new Set<PersonKey>();
    for (const [index, field] of ctx.value.entries()) {
      const refuse = (key: string, message: string) =>
        ctx.issues.push({ code: "custom", input: field, path: [index, key], message });
      if (earlier.has(field.name)) refuse("name", `"${field.name}" is used twice.`);
      if (field.maps_to && persons.has(field.maps_to)) refuse("maps_to", `"${field.maps_to}" is used twice.`);
      if (field.maps_to) persons.add(field.maps_to);
      checkField(field, refuse);
      if (field.visible_if) checkCondition(field.visible_if, earlier, (message) => refuse("visible_if", message));
      earlier.set(field.name, field);
    }
  }),
);

/** What `GET /v1/forms/{form_id}` answers. Nothing private is in it. */
export interface PublicForm {
  id: string;
  /** The language of its words, where the owner has said which it is. */
  locale?: string;
  mode: FormMode;
  fields: PublicField[];
  /** There is something in it that a page fetches code for only where it has to: a rare field, a condition, steps. */
  needs_more?: true;
  /** Where the form is asked in several pages. */
  steps?: FormSteps;
  consent?: FormConsent;
  texts: FormTexts;
  theme: FormTheme;
  /** The name of the field that people do not see and only programs fill in. */
  honeypot: string;
}
