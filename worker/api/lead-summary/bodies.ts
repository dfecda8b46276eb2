/** What is answered, as schemas. The serializer is typed by them; evaluated for the API's description only. */
import * as z from "zod/mini";
import { said } from "../http/openapi.ts";

/** Numbers as text, and JSON in text, as documented. */
export const Summary = z.object({
  id: z.string(),
  name: z.string(),
  title: z.nullable(z.string()),
  company: z.nullable(z.string()),
  phonenumber: z.string(),
  email: z.string(),
  status: z.string(),
  date: said("On the organization's clocks.", z.string()),
  chat_id: z.string(),
  assigned: said("The assignee's number, `0` for nobody.", z.string()),
  is_public: z.string(),
  chat: z.null(),
  chat_date: z.nullable(z.string()),
  lead_type: z.string(),
  assigned_to: z.nullable(z.string()),
  color: z.string(),
  analytics: z.object({
    source: z.string(),
    analytics: said("JSON: where the visitor seemed to be.", z.string()),
    browser: z.string(),
    source_url: z.string(),
    ip: z.string(),
    chat_start_time: z.nullable(z.string()),
    chat_end_time: z.nullable(z.string()),
    chat: said("JSON: the transcript.", z.string()),
  }),
  notes_count: z.int(),
  attachment_count: z.int(),
});
export type Summary = z.infer<typeof Summary>;
export const SummaryAnswer = z.object({ data: Summary, message: z.literal("success") });
