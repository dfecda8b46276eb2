/** The world of the v5 document's examples: its organization, its Bill, its lead, at its times. */
import { env } from "cloudflare:workers";
import LIST from "../../fixtures/org-user/list-assigned-leads.response.json" with { type: "json" };
import { admin, CONTACT_FIELDS, capture, type Edge, type Person } from "../../support/edge.ts";

const [EXAMPLE] = LIST.results;
if (EXAMPLE === undefined) throw new Error("The document's list has a lead.");
export const LEAD = EXAMPLE;

/** Keys that typed clients of the API declare and the document's table does not. */
export const FURTHER_KEYS = { legacy_room_id: null };
export const FURTHER_USER_KEYS = { avatar_id: null, avatar: null, is_bot: false, is_staff: false };

/** The example's lead as Foyer answers it: every documented key with its value, and the further ones. */
export const answered = <T extends { assigned_user: object | null }>(lead: T) => ({
  ...lead,
  ...FURTHER_KEYS,
  assigned_user: lead.assigned_user && { ...lead.assigned_user, ...FURTHER_USER_KEYS },
});

/** The lead is captured over HTTP at its own time; ids that only the original can have made are put in afterwards. */
export async function exampleWorld(at: Edge): Promise<Person> {
  at.clock.now = Date.parse(LEAD.created_at);
  await admin(at, "POST", "/organizations", {
    id: LEAD.organization_id,
    name: "Giosg",
    subscription_until: "2017-09-01T00:00:00Z",
  });
  const path = `/organizations/${LEAD.organization_id}`;
  const { id, first_name, last_name } = LEAD.assigned_user;
  const bill = await admin<Person>(at, "POST", `${path}/users`, {
    ...{ id, first_name, last_name },
    username: "bill",
    role: "agent",
  });
  const credential = { kind: "user_token", user_id: bill.id };
  const { secret } = await admin<{ secret: string }>(at, "POST", `${path}/credentials`, credential);
  const form = { name: "Contact us", fields: CONTACT_FIELDS, allowed_origins: ["*"] };
  const { id: formId } = await admin<{ id: string }>(at, "POST", `${path}/forms`, form);
  const { visitor_id, page_url: url, page_title: title, data } = LEAD;
  const captured = await capture(at, formId, { visitor_id, page: { url, title }, data });
  const { id: captureId } = await captured.json<{ id: string }>();
  await env.DB.prepare("UPDATE lead SET uuid = ?2, form_id = ?3, room_id = ?4 WHERE uuid = ?1")
    .bind(captureId, LEAD.id, LEAD.lead_form_id, LEAD.room_id)
    .run();
  at.clock.now = Date.parse(LEAD.updated_at);
  return { ...bill, token: secret };
}
