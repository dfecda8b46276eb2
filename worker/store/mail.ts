/** Addresses that mail comes to, and messages by the threads that they belong to. */

export interface MailAddressRow {
  token: string;
  organization_id: number;
  created_at: number;
  expires_at: number | null;
}

/** One indexed read. Without an organization first, as a form's id is looked up: a sender knows the address only. */
export function mailAddressByToken(db: D1Database, token: string, now: number): D1PreparedStatement {
  return db
    .prepare("SELECT * FROM mail_address WHERE token = ?1 AND (expires_at IS NULL OR expires_at > ?2)")
    .bind(token, now);
}

/** The address of today. */
export function currentMailAddress(db: D1Database, organizationId: number): D1PreparedStatement {
  return db.prepare("SELECT * FROM mail_address WHERE organization_id = ? AND expires_at IS NULL").bind(organizationId);
}

/** The organization's former addresses end no later than `formerUntil`, and the new one takes their place. */
export function replaceMailAddress(
  db: D1Database,
  organizationId: number,
  address: { token: string; formerUntil: number; now: number },
): D1PreparedStatement[] {
  const { token, formerUntil, now } = address;
  return [
    db
      .prepare("UPDATE mail_address SET expires_at = min(coalesce(expires_at, ?2), ?2) WHERE organization_id = ?1")
      .bind(organizationId, formerUntil),
    db.prepare("DELETE FROM mail_address WHERE organization_id = ?1 AND expires_at <= ?2").bind(organizationId, now),
    db
      .prepare("INSERT INTO mail_address (token, organization_id, created_at) VALUES (?2, ?1, ?3)")
      .bind(organizationId, token, now),
    currentMailAddress(db, organizationId),
  ];
}

export interface NewMail {
  lead_uuid: string;
  message_key: string | null;
  subject_key: string | null;
  /** Keys of the messages that it answers, under every key of the ring. */
  reference_keys: string[];
  /** Its subject's key under every key of the ring. */
  subject_keys: string[];
  /** A subject alone joins messages that came since then. */
  subject_since: number;
  received_at: number;
}

const INSERT_MAIL = `
  INSERT INTO mail_message (lead_id, organization_id, thread_id, message_key, subject_key, received_at)
  SELECT lead.id, ?1,
    coalesce(
      (SELECT thread_id FROM mail_message WHERE organization_id = ?1
        AND message_key IN (SELECT value FROM json_each(j.value, '$.reference_keys')) ORDER BY lead_id DESC LIMIT 1),
      (SELECT thread_id FROM mail_message WHERE organization_id = ?1
        AND subject_key IN (SELECT value FROM json_each(j.value, '$.subject_keys'))
        AND received_at >= j.value ->> 'subject_since' ORDER BY lead_id DESC LIMIT 1),
      lead.id),
    j.value ->> 'message_key', j.value ->> 'subject_key', j.value ->> 'received_at'
  FROM json_each(?2) AS j
    JOIN lead ON lead.organization_id = ?1 AND lead.uuid = j.value ->> 'lead_uuid'`;

const NUMBER_MAIL = `
  UPDATE incoming_lead SET metadata = json_set(metadata, '$.message_id', lead_id, '$.thread_id',
    (SELECT thread_id FROM mail_message WHERE mail_message.lead_id = incoming_lead.lead_id))
  WHERE lead_id IN (SELECT lead.id FROM json_each(?2) AS j
    JOIN lead ON lead.organization_id = ?1 AND lead.uuid = j.value ->> 'lead_uuid')`;

/** Finds each message its thread, and writes both numbers into the metadata of its lead. After the leads themselves. */
export function insertMails(db: D1Database, organizationId: number, mails: NewMail[]): D1PreparedStatement[] {
  return [INSERT_MAIL, NUMBER_MAIL].map((sql) => db.prepare(sql).bind(organizationId, JSON.stringify(mails)));
}
