/** Leads as the get-leads document shows them, in its order. */
import type { ChatLeads } from "../../services/list-chat-leads.ts";
import type * as bodies from "./bodies.ts";

/** `collectedCustomers` is the name that the document's table of statuses has for the same array. */
export function chatLeadsBody({ formId, ownerId, items }: ChatLeads): bodies.ChatLeads {
  const data = items.map((lead) => ({
    id: lead.id,
    created_at: new Date(lead.receivedAt).toISOString(),
    chatbot_owner_user_id: ownerId === null ? "" : String(ownerId),
    chatbot_id: formId,
    phone: lead.phone ?? "",
    email: lead.email ?? "",
    name: lead.name ?? "",
  }));
  return { data, collectedCustomers: { data } };
}
