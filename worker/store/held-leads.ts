/** What a release needs to know of a held lead beside the lead itself. */

export interface HeldRow {
  contact_email_key: string | null;
  contact_phone_key: string | null;
  pipeline_id: number;
  referrer: string | null;
  ip: string | null;
  country: string | null;
}

export function heldDetails(db: D1Database, organizationId: number, leadUuid: string): D1PreparedStatement {
  return db
    .prepare(`SELECT contact.email_key AS contact_email_key, contact.phone_key AS contact_phone_key, lead.pipeline_id,
        lead.referrer, lead.ip, lead.geo ->> 'country' AS country
      FROM lead JOIN contact ON contact.id = lead.contact_id WHERE lead.organization_id = ? AND lead.uuid = ?`)
    .bind(organizationId, leadUuid);
}
