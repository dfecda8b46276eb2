/**
 * What the v5 API answers, as schemas. The serializers are typed by them; they are evaluated for the API's description
 * only.
 */
import * as z from "zod/mini";
import { said } from "../http/openapi.ts";

/** The owner, with the keys that typed clients of the API also declare. */
export const AssignedUser = z.object({
  id: z.uuid(),
  full_name: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  organization_id: z.uuid(),
  avatar_id: z.nullable(z.string()),
  avatar: z.null(),
  is_bot: z.boolean(),
  is_staff: z.boolean(),
});
export type AssignedUser = z.infer<typeof AssignedUser>;

export const Lead = z.object({
  id: z.uuid(),
  lead_form_id: z.nullable(z.string()),
  organization_id: z.uuid(),
  room_id: z.nullable(z.string()),
  legacy_room_id: said("The original's numeric room id; there is none here.", z.null()),
  assigned_user_id: z.nullable(z.uuid()),
  assigned_user: z.nullable(AssignedUser),
  visitor_id: z.nullable(z.string()),
  is_closed: z.boolean(),
  is_processable: z.boolean(),
  page_url: z.nullable(z.string()),
  page_title: z.nullable(z.string()),
  data: said(
    "What was collected, by the form's field names. Empty after a purge.",
    z.record(z.string(), z.union([z.string(), z.boolean()])),
  ),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  closed_at: z.nullable(z.iso.datetime()),
  sensitive_data_purged_at: z.nullable(z.iso.datetime()),
});
export type Lead = z.infer<typeof Lead>;

export const LeadPage = z.object({
  next: said("The address of the next page.", z.nullable(z.url())),
  previous: said("The address of the page before.", z.nullable(z.url())),
  results: z.array(Lead),
});
export type LeadPage = z.infer<typeof LeadPage>;

export const Detail = z.object({ detail: z.string() });
/** Messages by field. */
export const FieldErrors = z.record(z.string(), z.array(z.string()));
