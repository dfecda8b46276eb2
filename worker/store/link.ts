/** What linking moves. Every statement acts only where the placeholder was linked by this change. */
import type { Fragment } from "./lead-words.ts";

export interface Link {
  organizationId: number;
  uid: string;
  changeId: string;
  /** The lead or the customer that takes it in. */
  target: { leadId: number } | { customerId: number };
  /** The contact that takes in what the placeholder's contact knows; null leaves contacts alone. */
  contactId: number | null;
  targetChangeId: string;
  actor: { kind: string; id: string | null };
  now: number;
}

const PLACEHOLDER = `(SELECT lead.id FROM incoming_lead JOIN lead ON lead.id = incoming_lead.lead_id
  WHERE incoming_lead.organization_id = ?1 AND incoming_lead.uid = ?2 AND lead.change_id = ?3)`;

/** What takes words in: a lead that is worked on, and not one that was emptied, since nobody would empty it again. */
const TAKES_IN = "state IN ('pending', 'assigned', 'closed') AND purged_at IS NULL";

/** What a link may point to, in one read: a lead that is worked on, a customer, a contact; each null for none of ours. */
export function linkTargets(
  db: D1Database,
  organizationId: number,
  ids: { leadId: number | null; customerId: number | null; contactId: number | null },
): D1PreparedStatement {
  return db
    .prepare(`SELECT
        (SELECT id FROM lead WHERE organization_id = ?1 AND id = ?2 AND ${TAKES_IN}) AS lead_id,
        (SELECT id FROM customer WHERE organization_id = ?1 AND id = ?3) AS customer_id,
        (SELECT contact.id FROM contact JOIN lead ON lead.id = contact.id
          WHERE contact.organization_id = ?1 AND contact.id = ?4 AND ${TAKES_IN})
          AS contact_id`)
    .bind(organizationId, ids.leadId, ids.customerId, ids.contactId);
}

export interface LinkTargets {
  lead_id: number | null;
  customer_id: number | null;
  contact_id: number | null;
}

/** Whether what the link points to still stands, as what the whole link depends on: nothing moves into what is gone. */
export function targetsStand(
  organizationId: number,
  { target, contactId }: Pick<Link, "target" | "contactId">,
): Fragment {
  const lead = `EXISTS (SELECT 1 FROM lead AS target WHERE target.organization_id = ? AND target.id = ? AND ${TAKES_IN})`;
  const customer = "EXISTS (SELECT 1 FROM customer WHERE customer.organization_id = ? AND customer.id = ?)";
  const isLead = "leadId" in target;
  const parts = [
    { sql: isLead ? lead : customer, id: isLead ? target.leadId : target.customerId },
    // A contact has the number of the lead that it was made with.
    ...(contactId === null ? [] : [{ sql: lead, id: contactId }]),
  ];
  return { sql: parts.map(({ sql }) => sql).join(" AND "), values: parts.flatMap(({ id }) => [organizationId, id]) };
}

export function linkStatements(db: D1Database, link: Link): D1PreparedStatement[] {
  const { organizationId, uid, changeId, now } = link;
  const placeholder = [organizationId, uid, changeId] as const;
  const leadId = "leadId" in link.target ? link.target.leadId : null;
  const customerId = "customerId" in link.target ? link.target.customerId : null;
  const statements = [
    db
      .prepare(`UPDATE incoming_lead SET linked_lead_id = ?4, linked_customer_id = ?5 WHERE lead_id = ${PLACEHOLDER}`)
      .bind(...placeholder, leadId, customerId),
  ];
  if (leadId !== null) statements.push(...moveToLead(db, link, leadId));
  if (customerId !== null) {
    statements.push(
      db
        .prepare(`UPDATE customer SET contact_id = coalesce(?5, contact_id), updated_at = ?6
          WHERE organization_id = ?1 AND id = ?4 AND ${PLACEHOLDER} IS NOT NULL`)
        .bind(...placeholder, customerId, link.contactId, now),
    );
  }
  if (link.contactId !== null) {
    statements.push(
      db
        .prepare(`UPDATE contact SET name = coalesce(contact.name, old.name),
            first_name = coalesce(contact.first_name, old.first_name),
            last_name = coalesce(contact.last_name, old.last_name),
            first_name_key = coalesce(contact.first_name_key, old.first_name_key),
            last_name_key = coalesce(contact.last_name_key, old.last_name_key), email = coalesce(contact.email, old.email),
            email_key = coalesce(contact.email_key, old.email_key), phone = coalesce(contact.phone, old.phone),
            phone_key = coalesce(contact.phone_key, old.phone_key), updated_at = ?5
          FROM contact AS old
          WHERE contact.organization_id = ?1 AND contact.id = ?4 AND old.id = ${PLACEHOLDER}`)
        .bind(...placeholder, link.contactId, now),
    );
  }
  return statements;
}

/** Transcript and notes go to the lead, whose events say so. */
function moveToLead(db: D1Database, link: Link, leadId: number): D1PreparedStatement[] {
  const { organizationId, uid, changeId, now, actor } = link;
  const placeholder = [organizationId, uid, changeId] as const;
  const target = `organization_id = ?1 AND id = ?4 AND ${PLACEHOLDER} IS NOT NULL`;
  return [
    db.prepare(`UPDATE note SET lead_id = ?4 WHERE lead_id = ${PLACEHOLDER}`).bind(...placeholder, leadId),
    db.prepare(`UPDATE room SET lead_id = ?4 WHERE lead_id = ${PLACEHOLDER}`).bind(...placeholder, leadId),
    db
      .prepare(`INSERT INTO lead_event (lead_id, version, organization_id, kind, actor_kind, actor_id, payload, at)
        SELECT id, version + 1, organization_id, 'takes-in', ?5, ?6, json_object('lead_id', ${PLACEHOLDER}), ?7
        FROM lead WHERE ${target}`)
      .bind(...placeholder, leadId, actor.kind, actor.id, now),
    db
      .prepare(
        `UPDATE lead SET version = version + 1, change_id = ?5, updated_at = max(?6, updated_at) WHERE ${target}`,
      )
      .bind(...placeholder, leadId, link.targetChangeId, now),
  ];
}
