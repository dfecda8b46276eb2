/** What is answered, as schemas. The serializer is typed by them; evaluated for the API's description only. */
import * as z from "zod/mini";
import { said } from "../http/openapi.ts";

export const ChatLead = z.object({
  id: z.int(),
  created_at: z.iso.datetime(),
  chatbot_owner_user_id: said("A user's number; empty for nobody.", z.string()),
  chatbot_id: z.string(),
  phone: z.string(),
  email: z.string(),
  name: z.string(),
});
export type ChatLead = z.infer<typeof ChatLead>;
export const ChatLeads = z.object({
  data: z.array(ChatLead),
  collectedCustomers: said("The same again.", z.object({ data: z.array(ChatLead) })),
});
export type ChatLeads = z.infer<typeof ChatLeads>;
