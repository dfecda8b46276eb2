/** What is read and kept when a capture turns out to be a replay or a duplicate. */

/** How the scopes of visitors' submissions start: their keys live longer than callers' keys. */
export const SUBMISSION_SCOPE = "capture ";

export interface FirstAnswer {
  fingerprint: string | null;
  outcome: string;
  lead_uuid: string | null;
  answer: string | null;
  created_at: number;
}

/** The first answer to a key, where it is younger than `since`. */
export function firstAnswer(db: D1Database, organizationId: number, scope: string, key: string): D1PreparedStatement {
  return db
    .prepare(`SELECT fingerprint, outcome, lead_uuid, answer, created_at FROM idempotency
      WHERE organization_id = ?1 AND scope = ?2 AND key = ?3`)
    .bind(organizationId, scope, key);
}

/** Forgets a key that has expired, so that it can be used anew. */
export function forgetExpiredKey(
  db: D1Database,
  organizationId: number,
  scope: string,
  key: string,
  before: number,
): D1PreparedStatement {
  return db
    .prepare("DELETE FROM idempotency WHERE organization_id = ?1 AND scope = ?2 AND key = ?3 AND created_at < ?4")
    .bind(organizationId, scope, key, before);
}

export interface ClaimHolder {
  lead_id: number;
  lead_uuid: string;
  visitor_id: string | null;
}

/** The leads that hold any of these claims. */
export function claimHolders(
  db: D1Database,
  organizationId: number,
  claims: { kind: string; key: string }[],
): D1PreparedStatement {
  return db
    .prepare(`SELECT DISTINCT lead.id AS lead_id, lead.uuid AS lead_uuid, lead.visitor_id
      FROM json_each(?2) AS j
      CROSS JOIN claim ON claim.organization_id = ?1 AND claim.kind = j.value ->> 'kind' AND claim.key = j.value ->> 'key'
      JOIN lead ON lead.id = claim.lead_id`)
    .bind(organizationId, JSON.stringify(claims));
}

/** Counts an attempt to say again what the lead says. */
export function countAttempt(db: D1Database, organizationId: number, leadId: number, now: number): D1PreparedStatement {
  return db
    .prepare(`INSERT INTO duplicate_attempt (organization_id, lead_id, count, last_at) VALUES (?1, ?2, 1, ?3)
      ON CONFLICT (lead_id) DO UPDATE SET count = count + 1, last_at = excluded.last_at`)
    .bind(organizationId, leadId, now);
}

/** What somebody wrote who wrote again, and what they are found by: it may be another person than the lead's. */
export interface RepeatNote {
  text: string;
  emailKey: string | null;
  phoneKey: string | null;
}

/** Keeps the words of whoever wrote again, as a note on the lead that they repeat. */
export function noteRepeat(
  db: D1Database,
  organizationId: number,
  leadId: number,
  note: RepeatNote,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(`INSERT INTO note (organization_id, lead_id, text, email_key, phone_key, created_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)`)
    .bind(organizationId, leadId, note.text, note.emailKey, note.phoneKey, now);
}

/** Which of the claims are held, by their keys. */
export function claimsHeld(
  db: D1Database,
  organizationId: number,
  claims: { kind: string; key: string }[],
): D1PreparedStatement {
  return db
    .prepare(`SELECT claim.key FROM json_each(?2) AS j
      CROSS JOIN claim ON claim.organization_id = ?1 AND claim.kind = j.value ->> 'kind' AND claim.key = j.value ->> 'key'`)
    .bind(organizationId, JSON.stringify(claims));
}
