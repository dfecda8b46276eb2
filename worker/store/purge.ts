/**
 * Emptying what is personal. SCHEMA.md says of every column whether it is purged or kept; a test holds the two together.
 * A purge is a change like any other: it has an event, and statements after the first act only where its id stands.
 */
import { SUBMISSION_SCOPE } from "./repeats.ts";

export interface Purge {
  organizationId: number;
  leadUuids: string[];
  /** Purges only those that have just been dropped: drop and purge are one batch. */
  onlyDropped?: boolean;
  changeId: string;
  actor: { kind: string; id: string | null };
  now: number;
}

/** Times are all that stays of an incoming lead's metadata. */
const KEPT_METADATA = "'form_sent_at', 'called_at', 'received_at'";

const PURGED = `(SELECT id FROM lead WHERE organization_id = ?1 AND change_id = ?3
  AND uuid IN (SELECT value FROM json_each(?2)))`;
const PURGED_CONTACTS = PURGED.replace("SELECT id", "SELECT contact_id");
const PURGED_UUIDS = PURGED.replace("SELECT id", "SELECT uuid");

const FOLLOWING = [
  // Before the contact forgets the name. A customer of another name is a company, and stays.
  `UPDATE customer SET name = NULL WHERE organization_id = ?1
    AND id IN (SELECT id FROM customer WHERE contact_id IN ${PURGED_CONTACTS}
      UNION SELECT linked_customer_id FROM incoming_lead WHERE lead_id IN ${PURGED})
    AND trim(name) COLLATE NOCASE IN (SELECT trim(coalesce(name, concat_ws(' ', first_name, last_name))) FROM contact
      WHERE id IN ${PURGED_CONTACTS})`,
  `UPDATE lead_event SET payload = NULL WHERE lead_id IN ${PURGED}`,
  `UPDATE contact SET name = NULL, first_name = NULL, last_name = NULL, email = NULL, phone = NULL, first_name_key = NULL,
    last_name_key = NULL, email_key = NULL, phone_key = NULL, title = NULL, location = NULL, custom_fields = NULL, company_name = NULL,
    company_custom_fields = NULL WHERE id IN ${PURGED_CONTACTS}`,
  `UPDATE incoming_lead SET metadata = (SELECT json_group_object(key, iif(key IN (${KEPT_METADATA}), value, NULL))
    FROM json_each(incoming_lead.metadata)) WHERE lead_id IN ${PURGED}`,
  `UPDATE note SET text = '', email_key = NULL, phone_key = NULL WHERE lead_id IN ${PURGED}`,
  `UPDATE appointment SET note = NULL WHERE lead_id IN ${PURGED}`,
  // A chat that goes on ends here: it would only say again what was just forgotten. So does one that a link has moved
  // to another lead: its words are still this one's.
  `UPDATE room SET transcript = NULL, visitor_id = NULL, status = 'closed', waiting_since = NULL,
      closed_at = coalesce(closed_at, ?4)
    WHERE lead_id IN ${PURGED} OR id IN (SELECT room_id FROM lead WHERE id IN ${PURGED}) RETURNING id AS room_id, closed_at = ?4 AS is_ended`,
  `UPDATE idempotency INDEXED BY idempotency_by_lead SET fingerprint = NULL, answer = NULL WHERE organization_id = ?1
    AND lead_uuid IS NOT NULL AND lead_uuid IN ${PURGED_UUIDS}`,
  `UPDATE mail_message SET message_key = NULL, subject_key = NULL WHERE lead_id IN ${PURGED}`,
  `DELETE FROM claim WHERE lead_id IN ${PURGED}`,
];

/** The first statement's `meta.changes` is the number of leads purged; one that was purged before is left alone. */
export function purgeLeads(db: D1Database, purge: Purge): D1PreparedStatement[] {
  const { organizationId, changeId, now } = purge;
  const uuids = JSON.stringify(purge.leadUuids);
  const theirs = `organization_id = ?1 AND uuid IN (SELECT value FROM json_each(?2)) AND purged_at IS NULL
    ${purge.onlyDropped ? "AND state = 'dropped'" : ""}`;
  return [
    db
      .prepare(`INSERT INTO lead_event (lead_id, version, organization_id, kind, actor_kind, actor_id, at)
        SELECT id, version + 1, organization_id, 'purge', ?3, ?4, ?5 FROM lead WHERE ${theirs}`)
      .bind(organizationId, uuids, purge.actor.kind, purge.actor.id, now),
    db
      .prepare(`UPDATE lead SET name = NULL, slug = 'purged-' || lower(hex(randomblob(8))), message = NULL,
          custom_fields = NULL, tags = NULL, answers = '[]', visitor_id = NULL, page_url = NULL, page_title = NULL,
          referrer = NULL, utm = NULL, ip = NULL, geo = NULL, browser = NULL, purged_at = ?4, version = version + 1,
          change_id = ?3, updated_at = max(?4, updated_at)
        WHERE ${theirs}`)
      .bind(organizationId, uuids, changeId, now),
    ...FOLLOWING.map((sql) => db.prepare(sql).bind(...parametersOf(sql, organizationId, uuids, changeId, now))),
  ];
}

/** The rooms that a purge has ended, by the results of its statements. */
export const endedRooms = (results: D1Result[]): string[] =>
  results.flatMap(({ results: found }) =>
    (found as { room_id?: string; is_ended?: number }[]).flatMap((row) => (row.is_ended === 1 && row.room_id) || []),
  );

/** SQLite wants just the parameters that a statement names. */
function parametersOf(sql: string, ...values: (string | number)[]): (string | number)[] {
  return values.filter((_, index) => sql.includes(`?${index + 1}`));
}

/** What people are found by. */
export interface PersonKeys {
  emailKey: string | null;
  phoneKeys: string[];
}

/** Leads of a person in the organization that are not purged yet, by the keys of their contact. */
export function leadsOfPerson(
  db: D1Database,
  organizationId: number,
  person: PersonKeys,
  limit: number,
): D1PreparedStatement {
  // From the contact to its leads, never the other way: to the one it was made with, and to those it was moved to.
  const select = (key: string, leads: string) => `SELECT lead.uuid FROM contact CROSS JOIN lead ON ${leads}
    WHERE contact.organization_id = ?1 AND lead.organization_id = ?1 AND lead.purged_at IS NULL AND contact.${key}`;
  const own = "lead.id = contact.id AND lead.contact_id = lead.id";
  const moved = "lead.contact_id = contact.id AND lead.contact_id <> lead.id";
  const keys = ["email_key = ?2", "phone_key IN (SELECT value FROM json_each(?3))"];
  const selects = keys.flatMap((key) => [select(key, own), select(key, moved)]);
  return db
    .prepare(`SELECT uuid FROM (${selects.join(" UNION ")}) LIMIT ?4`)
    .bind(organizationId, person.emailKey, JSON.stringify(person.phoneKeys), limit);
}

/** Empties what a person wrote under leads that are somebody else's: what was noted because they wrote again. */
export function eraseNotes(db: D1Database, organizationId: number, person: PersonKeys): D1PreparedStatement {
  const theirs = (key: string) => `SELECT id FROM note WHERE organization_id = ?1 AND ${key}`;
  return db
    .prepare(`UPDATE note SET text = '', email_key = NULL, phone_key = NULL WHERE id IN (${theirs("email_key = ?2")}
      UNION ${theirs("phone_key IN (SELECT value FROM json_each(?3))")})`)
    .bind(organizationId, person.emailKey, JSON.stringify(person.phoneKeys));
}

/** Leads received in [from, to) that are not purged yet, listed or held, oldest first, each with when it was received. */
export function leadsReceived(
  db: D1Database,
  organizationId: number,
  from: number,
  to: number,
  limit: number,
): D1PreparedStatement {
  const select = (states: string) => `SELECT uuid, received_at FROM lead WHERE organization_id = ?1 AND ${states}
    AND received_at >= ?2 AND received_at < ?3 AND purged_at IS NULL`;
  return db
    .prepare(`SELECT uuid, received_at FROM (${select("state NOT IN ('held', 'dropped')")} UNION ALL ${select("state = 'held'")})
      ORDER BY received_at LIMIT ?4`)
    .bind(organizationId, from, to, limit);
}

export interface Retention {
  id: number;
  retention_days: number;
  purged_until: number;
}

/** Organizations, by account id, that keep leads for a time only and are not as far as they were to be by then. */
export function organizationsToPurge(
  db: D1Database,
  { afterId, by, limit }: { afterId: number; by: number; limit: number },
): D1PreparedStatement {
  return db
    .prepare(`SELECT id, retention_days, purged_until FROM organization
      WHERE retention_days IS NOT NULL AND purged_until < ?2 - retention_days * 86400000 AND id > ?1
      ORDER BY id LIMIT ?3`)
    .bind(afterId, by, limit);
}

export function retentionOf(db: D1Database, organizationId: number): D1PreparedStatement {
  return db.prepare("SELECT id, retention_days, purged_until FROM organization WHERE id = ?").bind(organizationId);
}

/** Never goes back. */
export function markPurged(db: D1Database, organizationId: number, until: number): D1PreparedStatement {
  return db
    .prepare("UPDATE organization SET purged_until = max(purged_until, ?2) WHERE id = ?1")
    .bind(organizationId, until);
}

/** Forgets keys and counters that nobody will ask for again; `meta.changes` says how many. */
export function clearExpired(
  db: D1Database,
  { keysBefore, submissionsBefore, ratesBefore }: Record<"keysBefore" | "submissionsBefore" | "ratesBefore", number>,
): D1PreparedStatement[] {
  return [
    db
      .prepare("DELETE FROM idempotency WHERE created_at < ?1 AND (created_at < ?2 OR substr(scope, 1, ?3) <> ?4)")
      .bind(keysBefore, submissionsBefore, SUBMISSION_SCOPE.length, SUBMISSION_SCOPE),
    db.prepare("DELETE FROM rate_counter WHERE window_start < ?").bind(ratesBefore),
  ];
}
