/** What the CRM answers, as schemas. The serializers are typed by them; evaluated for the API's description only. */
import * as z from "zod/mini";
import { APPOINTMENT_STATUSES } from "../../domain/worked-lead.ts";
import { said } from "../http/openapi.ts";

const time = () => z.iso.datetime();
const localTime = () =>
  said("On the organization's clocks, with their distance from UTC.", z.iso.datetime({ offset: true }));
const count = () => z.int().check(z.gte(0));

export const Lead = z.object({
  slug: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  email: z.string(),
  phone: z.string(),
  company: z.string(),
  title: z.string(),
  location: z.string(),
  message: z.string(),
  status: said("A status's key.", z.string()),
  source: said("A source's key.", z.string()),
  assignee: said("A user's name.", z.nullable(z.string())),
  owner: said("The assignee, else who made the lead.", z.nullable(z.string())),
  created_at: time(),
  updated_at: time(),
});
export type Lead = z.infer<typeof Lead>;

export const Note = z.object({
  note_id: z.int(),
  note: z.string(),
  author: said("A user's name; null: the visitor who wrote again.", z.nullable(z.string())),
  created_at: time(),
});
export type Note = z.infer<typeof Note>;
export const NewNote = z.object({ slug: z.string(), ...Note.shape });

const times = {
  appointment_note: z.string(),
  appointment_status: z.enum(APPOINTMENT_STATUSES),
  appointment_date: localTime(),
  appointment_to: localTime(),
};
export const AppointmentTimes = z.object(times);
export type AppointmentTimes = z.infer<typeof AppointmentTimes>;
export const Appointment = z.object({ appointment_id: z.int(), slug: z.string(), user: z.string(), ...times });
export type Appointment = z.infer<typeof Appointment>;

export const LeadDetails = z.object({ ...Lead.shape, notes: z.array(Note), appointments: z.array(Appointment) });

export const Overview = z.object({
  LeadsData: z.object({
    status: z.array(z.object({ status: z.string(), count: count(), Description: z.string(), Color: z.string() })),
    source: z.array(z.object({ source: z.string(), count: count() })),
  }),
  TotalLeads: count(),
  appointments: z.array(AppointmentTimes),
});
export type Overview = z.infer<typeof Overview>;

const pageOf = <T extends z.ZodMiniType>(item: T) => ({
  results: z.array(item),
  count: count(),
  previous: z.nullable(z.url()),
  next: z.nullable(z.url()),
});
export const LeadPage = z.object({
  ...pageOf(Lead),
  is_partial: z.optional(said("More people were met than a search looks at.", z.literal(true))),
});
export const AppointmentPage = z.object(pageOf(Appointment));

export const Tokens = z.object({ access: z.string(), refresh: z.string(), expires_in: said("Seconds.", z.int()) });
export const AccessToken = z.object({ access: z.string(), expires_in: said("Seconds.", z.int()) });

/** A success in the envelope. */
export const wrapped = <T extends z.ZodMiniType>(data: T) =>
  z.object({ status_code: z.literal(200), errors: z.strictObject({}), data });
/** A refusal in the envelope. */
export const Refusal = z.object({
  status_code: z.int(),
  errors: said(
    "What is wrong, by field; `non_field_errors` of the request as a whole.",
    z.record(z.string(), z.array(z.string())),
  ),
  data: z.strictObject({}),
});
