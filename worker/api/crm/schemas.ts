/** What callers of the CRM send, and the words for what is wrong with it, spelt as the document spells them. */
import * as z from "zod/mini";
import { isEmail } from "../../../shared/answers.ts";
import { TEXT_LIMIT_CHARS, TOKEN_LIMIT_CHARS } from "../../../shared/limits.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { APPOINTMENT_STATUSES } from "../../domain/worked-lead.ts";
import type { Fields } from "../http/fields.ts";
import type { FieldErrors } from "./envelope.ts";
import "../http/zod-words.ts";

const REQUIRED = "This field is required.";
const BLANK = "This field may not be blank.";
/** As the document spells it where appointments are concerned. */
const IS_BLANK = "This field is may not be blank.";
const NAME_LIMIT = 255;
const SLUG_LIMIT = 258;
const NOTE_LIMIT = 499;
const APPOINTMENT_NOTE_LIMIT = 200;
/** Ids of rows: whatever has more digits is nobody's. */
const ID = /^\d{1,15}$/;
const PHONE = /^\+?\d{9,15}$/;

const text = () => z.string({ error: ({ input }) => (input === undefined ? REQUIRED : "Not a valid string.") });
const string = () => text().check(z.trim());
const filled = (blank = BLANK) => string().check(z.minLength(1, { error: blank, abort: true }));
/** Characters as people count them, not UTF-16 code units. */
const most = (limit: number) =>
  z.refine<string>((text) => Array.from(text).length <= limit, {
    error: `Ensure this field has no more than ${limit} characters.`,
    abort: true,
  });
/** Whatever else stands there is no id either, and said to be none. */
const id = (invalid: string, blank = BLANK) =>
  z
    .string({ error: ({ input }) => (input === undefined ? REQUIRED : invalid) })
    .check(z.trim(), z.minLength(1, { error: blank, abort: true }), z.regex(ID, invalid));
/** Nothing entered in a field that may be left out: not sent. */
const unlessBlank = () =>
  z.optional(
    z.pipe(
      string(),
      z.transform((text: string) => text || undefined),
    ),
  );
/** Nothing entered empties it. */
const emptiable = (limit: number) =>
  z.optional(
    z.pipe(
      string().check(most(limit)),
      z.transform((text: string) => text || null),
    ),
  );

const leadFields = {
  first_name: filled().check(most(NAME_LIMIT)),
  last_name: filled().check(most(NAME_LIMIT)),
  email: filled().check(most(NAME_LIMIT), z.refine(isEmail, "Invalid email.")),
  phone: filled().check(
    z.regex(PHONE, "Phone number must be entered in the format: '999999999'. Up to 15 digits allowed."),
  ),
  location: emptiable(NAME_LIMIT),
  message: emptiable(NAME_LIMIT),
  status: unlessBlank(),
  source: unlessBlank(),
  assignee: z.optional(filled()),
};
export const CreateLead = z.object(leadFields);
export const UpdateLead = z.object({ slug: filled().check(most(SLUG_LIMIT)), ...leadFields });
export const LeadSlug = z.object({ slug: filled() });

const SLUG_IS_BLANK = "This field is required and this may not be blank.";
export const ViewLead = z.object({
  slug: z.string(SLUG_IS_BLANK).check(z.trim(), z.minLength(1, SLUG_IS_BLANK)),
});

/** Reads a time on the organization's clocks: null for what is none. */
export type ReadTime = (text: string) => Promise<number | null>;
const time = (read: ReadTime) =>
  z.pipe(
    filled(IS_BLANK),
    z.transform(async (text: string, { issues }) => {
      const ms = await read(text);
      if (ms === null) issues.push({ code: "custom", input: text, message: "Invalid date format." });
      return ms ?? Number.NaN;
    }),
  );

const appointmentWords = {
  appointment_note: emptiable(APPOINTMENT_NOTE_LIMIT),
  appointment_status: z.pipe(unlessBlank(), z.optional(z.enum(APPOINTMENT_STATUSES, "Invalid appointment status."))),
};
export const createAppointmentOf = (read: ReadTime) =>
  z.object({
    slug: filled(IS_BLANK),
    appointment_date: time(read),
    appointment_to: time(read),
    ...appointmentWords,
  });
export const updateAppointmentOf = (read: ReadTime) =>
  z.object({
    appointment_id: id("Invalid appointment id.", IS_BLANK),
    slug: z.optional(filled(IS_BLANK)),
    appointment_date: z.optional(time(read)),
    appointment_to: z.optional(time(read)),
    ...appointmentWords,
  });
export const AppointmentId = z.object({ appointment_id: id("Invalid appointment id.", IS_BLANK) });

export const CreateNote = z.object({ slug: filled(), note: filled().check(most(NOTE_LIMIT)) });
export const NoteId = z.object({ note_id: id("Invalid note id.") });

/** Spaces are part of a password. */
const password = () => text().check(z.minLength(1, { error: BLANK, abort: true }), most(TEXT_LIMIT_CHARS));
export const Login = z.object({ username: filled().check(most(NAME_LIMIT)), password: password() });
export const RefreshLogin = z.object({ refresh: filled().check(most(TOKEN_LIMIT_CHARS)) });

/** Numbers may be sent as numbers; null is nothing entered. */
const tidy = (value: unknown): unknown => (typeof value === "number" ? String(value) : value === null ? "" : value);

/** @returns the fields as they are meant, or everything that is wrong with them, by field. */
export async function parseFields<T extends z.ZodMiniType>(
  schema: T,
  fields: Fields,
): Promise<Result<z.infer<T>, FieldErrors>> {
  const tidied = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, tidy(value)]));
  const parsed = await schema.safeParseAsync(tidied);
  return parsed.success ? ok(parsed.data) : fail(errorsOf(parsed.error.issues));
}

export function errorsOf(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of issues) {
    const name = String(path[0] ?? "non_field_errors");
    // The first is what it comes to: an empty list is no text, rather than a blank one.
    errors[name] ??= [message];
  }
  return errors;
}
