/** What a chat's form has collected. */
import type { Keyset } from "../domain/lead-query.ts";

export interface ChatLeadRow {
  id: number;
  received_at: number;
  name: string | null;
  email: string | null;
  phone: string | null;
}

/** Where a list of them begins and ends. */
export interface ChatLeadRange {
  formId: string;
  /** Starts after this place; one before every lead is `{ at, id: -1 }`. */
  after: Keyset;
  /** Milliseconds since 1970, UTC: ends before. */
  until: number;
  /** From the place on. */
  skip: number;
  limit: number;
}

/**
 * Leads that somebody can answer, the oldest first. Each one that is skipped costs two rows: whether it counts stands in
 * its contact.
 */
export function listChatLeads(db: D1Database, organizationId: number, range: ChatLeadRange): D1PreparedStatement {
  return db
    .prepare(`SELECT lead.id, lead.received_at, contact.name, contact.email, contact.phone
      FROM lead CROSS JOIN contact ON contact.id = lead.contact_id
      WHERE lead.organization_id = ?1 AND lead.form_id = ?2 AND lead.category = 'chats'
        AND lead.state IN ('incoming', 'pending', 'assigned', 'closed') AND lead.purged_at IS NULL
        AND (lead.received_at, lead.tie) > (?3, ?4) AND lead.received_at < ?5
        AND (contact.name <> '' OR contact.email <> '' OR contact.phone <> '')
      ORDER BY lead.received_at, lead.tie LIMIT ?6 OFFSET ?7`)
    .bind(organizationId, range.formId, range.after.at, range.after.id, range.until, range.limit, range.skip);
}
