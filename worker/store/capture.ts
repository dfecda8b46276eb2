/**
 * New leads. One or many travel as one JSON parameter a table through json_each, so that a lead from a form and 250 from
 * a caller are the same statements. The order is the order of the refusals: a replay before a rate before a duplicate.
 */

import type { ClaimKind } from "../domain/claims.ts";
import type { StoredAnswer } from "../domain/lead.ts";
import { insertMails, type NewMail } from "./mail.ts";

export interface NewLead {
  uuid: string;
  slug: string;
  state: "held" | "incoming" | "pending" | "assigned" | "closed";
  change_id: string;
  /** What else happened with its coming, as a second event. */
  second_event: "call" | null;
  form_id: string | null;
  room_id: string | null;
  visitor_id: string | null;
  pipeline_id: number;
  status_id: number;
  owner_id: number | null;
  creator_id: number | null;
  is_processable: boolean;
  category: string;
  source: string;
  name: string | null;
  message: string | null;
  price: number | null;
  custom_fields: unknown[] | null;
  tags: unknown[] | null;
  answers: StoredAnswer[];
  page_url: string | null;
  page_title: string | null;
  referrer: string | null;
  utm: object | null;
  ip: string | null;
  geo: object | null;
  browser: string | null;
  consent: object | null;
  spam: string[] | null;
  at: number;
}

export interface NewContact {
  lead_uuid: string;
  name: string | null;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone: string | null;
  first_name_key: string | null;
  last_name_key: string | null;
  email_key: string | null;
  phone_key: string | null;
  title: string | null;
  location: string | null;
  company: string | null;
  custom_fields: unknown[] | null;
  company_custom_fields: unknown[] | null;
  at: number;
}

export interface NewClaim {
  lead_uuid: string;
  kind: ClaimKind;
  key: string;
}

export interface NewIncoming {
  lead_uuid: string;
  uid: string;
  category: "forms" | "chats" | "sip" | "mail";
  pipeline_id: number;
  source_uid: string | null;
  source_name: string | null;
  metadata: object;
  created_at: number;
}

export interface IdempotencyRow {
  scope: string;
  key: string;
  fingerprint: string;
  outcome: string;
  lead_uuid: string | null;
  /** What a caller is told again, where that is more than a lead's id. */
  answer?: string;
  created_at: number;
}

export interface RateRow {
  key: string;
  window_start: number;
  most: number;
}

const LEAD_ID = "(SELECT id FROM lead WHERE organization_id = ?1 AND uuid = j.value ->> 'lead_uuid')";

/** Narrows to leads that the change ?3 has just made; NULL: all. */
const OF_CHANGE = `WHERE ?3 IS NULL OR EXISTS (SELECT 1 FROM lead
    WHERE organization_id = ?1 AND uuid = j.value ->> 'lead_uuid' AND change_id = ?3)`;

/**
 * The rows of a parameter as `j`. Its limit and its condition keep SQLite from reading json_each in its place, which writes
 * the whole row out anew for each value that is taken of it.
 */
const ROWS = "(SELECT key, value FROM json_each(?2) LIMIT -1) AS j WHERE true";

const INSERT_LEADS = `
  INSERT INTO lead (id, organization_id, uuid, slug, state, version, change_id, form_id, room_id, visitor_id, contact_id,
    pipeline_id, status_id, owner_id, creator_id, is_processable, category, source, name, message, price,
    custom_fields, tags, answers, page_url,
    page_title, referrer, utm, ip, geo, browser, consent, spam, received_at, updated_at, closed_at)
  SELECT id, ?1, v ->> 'uuid', v ->> 'slug', v ->> 'state', iif(v ->> 'second_event' IS NULL, 1, 2),
    v ->> 'change_id', v ->> 'form_id', v ->> 'room_id',
    v ->> 'visitor_id', id, v ->> 'pipeline_id', v ->> 'status_id', v ->> 'owner_id',
    v ->> 'creator_id', v ->> 'is_processable', v ->> 'category', v ->> 'source', v ->> 'name', v ->> 'message',
    v ->> 'price', v ->> 'custom_fields', v ->> 'tags', v ->> 'answers', v ->> 'page_url', v ->> 'page_title', v ->> 'referrer', v ->> 'utm', v ->> 'ip', v ->> 'geo',
    v ->> 'browser', v ->> 'consent', v ->> 'spam', v ->> 'at', v ->> 'at',
    iif(v ->> 'state' = 'closed', v ->> 'at', NULL)
  FROM (SELECT (SELECT coalesce(max(id), 0) FROM lead) + 1 + key AS id, value AS v FROM ${ROWS})`;

const INSERT_CONTACTS = `
  INSERT INTO contact (id, organization_id, name, first_name, last_name, email, phone, first_name_key,
    last_name_key, email_key, phone_key, title, location, company_name, custom_fields, company_custom_fields, updated_at)
  SELECT ${LEAD_ID}, ?1, j.value ->> 'name', j.value ->> 'first_name', j.value ->> 'last_name', j.value ->> 'email',
    j.value ->> 'phone', j.value ->> 'first_name_key', j.value ->> 'last_name_key', j.value ->> 'email_key', j.value ->> 'phone_key', j.value ->> 'title', j.value ->> 'location',
    j.value ->> 'company', j.value ->> 'custom_fields', j.value ->> 'company_custom_fields', j.value ->> 'at'
  FROM ${ROWS}`;

const INSERT_CLAIMS = `
  INSERT INTO claim (organization_id, kind, key, lead_id)
  SELECT ?1, j.value ->> 'kind', j.value ->> 'key', ${LEAD_ID}
  FROM json_each(?2) AS j ${OF_CHANGE}`;

const INSERT_INCOMING = `
  INSERT INTO incoming_lead (lead_id, organization_id, uid, category, pipeline_id, source_uid, source_name, metadata, created_at)
  SELECT ${LEAD_ID}, ?1, j.value ->> 'uid', j.value ->> 'category', j.value ->> 'pipeline_id', j.value ->> 'source_uid',
    j.value ->> 'source_name', j.value ->> 'metadata', j.value ->> 'created_at'
  FROM json_each(?2) AS j ${OF_CHANGE}`;

const INSERT_FIRST_EVENTS = `
  INSERT INTO lead_event (lead_id, version, organization_id, kind, actor_kind, actor_id, at)
  SELECT ${LEAD_ID}, j.value ->> 'version', ?1, j.value ->> 'kind', ?3, ?4, j.value ->> 'at'
  FROM json_each(?2) AS j`;

const INSERT_IDEMPOTENCY = `
  INSERT INTO idempotency (organization_id, scope, key, fingerprint, outcome, lead_uuid, answer, created_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`;

const COUNT_RATES = `
  INSERT INTO rate_counter (organization_id, key, window_start, count, most)
  SELECT ?1, j.value ->> 'key', j.value ->> 'window_start', 1, j.value ->> 'most' FROM json_each(?2) AS j WHERE true
  ON CONFLICT DO UPDATE SET
    count = iif(window_start = excluded.window_start, count + 1, 1),
    window_start = excluded.window_start, most = excluded.most`;

/** Refuses the batch with the rule `idempotency-key` where the key was used. */
export function insertIdempotency(db: D1Database, organizationId: number, row: IdempotencyRow): D1PreparedStatement {
  return db
    .prepare(INSERT_IDEMPOTENCY)
    .bind(
      organizationId,
      row.scope,
      row.key,
      row.fingerprint,
      row.outcome,
      row.lead_uuid,
      row.answer ?? null,
      row.created_at,
    );
}

/** The same for what is about to be added to a lead, where the change of the lead was made. */
export function insertIdempotencyOfChange(
  db: D1Database,
  organizationId: number,
  row: Omit<IdempotencyRow, "lead_uuid" | "answer">,
  change: { slug: string; changeId: string },
): D1PreparedStatement {
  return db
    .prepare(`INSERT INTO idempotency (organization_id, scope, key, fingerprint, outcome, lead_uuid, created_at)
      SELECT ?1, ?2, ?3, ?4, ?5, uuid, ?6 FROM lead
      WHERE organization_id = ?1 AND slug = ?7 AND change_id = ?8`)
    .bind(
      organizationId,
      ...[row.scope, row.key, row.fingerprint, row.outcome, row.created_at, change.slug, change.changeId],
    );
}

/** The id of what the statement before has added is the answer to the key, where it was claimed by this change. */
export function answerWithAdded(
  db: D1Database,
  organizationId: number,
  { scope, key }: Pick<IdempotencyRow, "scope" | "key">,
  change: { slug: string; changeId: string },
): D1PreparedStatement {
  return db
    .prepare(`UPDATE idempotency SET answer = last_insert_rowid() WHERE organization_id = ?1 AND scope = ?2 AND key = ?3
      AND EXISTS (SELECT 1 FROM lead WHERE organization_id = ?1 AND slug = ?4 AND change_id = ?5)`)
    .bind(organizationId, scope, key, change.slug, change.changeId);
}

/** Counts one more in each window; refuses the batch with the rule `rate` past the most. */
export function countRates(db: D1Database, organizationId: number, rows: RateRow[]): D1PreparedStatement {
  return db.prepare(COUNT_RATES).bind(organizationId, JSON.stringify(rows));
}

/** Refuses the batch with the rule `claim` where another lead holds one of them. */
export function insertClaims(
  db: D1Database,
  organizationId: number,
  claims: NewClaim[],
  changeId: string | null = null,
): D1PreparedStatement {
  return db.prepare(INSERT_CLAIMS).bind(organizationId, JSON.stringify(claims), changeId);
}

export function insertIncoming(
  db: D1Database,
  organizationId: number,
  rows: NewIncoming[],
  changeId: string | null = null,
): D1PreparedStatement {
  return db.prepare(INSERT_INCOMING).bind(organizationId, JSON.stringify(rows), changeId);
}

/** New leads with all that belongs to them. */
export interface NewLeadRows {
  leads: NewLead[];
  contacts: NewContact[];
  claims: NewClaim[];
  incoming: NewIncoming[];
  mails?: NewMail[];
}

/** The statements that make them. */
export function insertLeads(
  db: D1Database,
  organizationId: number,
  rows: NewLeadRows,
  actor: { kind: string; id: string | null },
): D1PreparedStatement[] {
  const statements = [db.prepare(INSERT_LEADS).bind(organizationId, JSON.stringify(rows.leads))];
  if (rows.claims.length > 0) statements.push(insertClaims(db, organizationId, rows.claims));
  statements.push(db.prepare(INSERT_CONTACTS).bind(organizationId, JSON.stringify(rows.contacts)));
  if (rows.incoming.length > 0) statements.push(insertIncoming(db, organizationId, rows.incoming));
  if (rows.mails?.length) statements.push(...insertMails(db, organizationId, rows.mails));
  const events = rows.leads.flatMap(({ uuid: lead_uuid, at, second_event: kind }) => [
    { lead_uuid, at, version: 1, kind: "created" },
    ...(kind === null ? [] : [{ lead_uuid, at, version: 2, kind }]),
  ]);
  statements.push(db.prepare(INSERT_FIRST_EVENTS).bind(organizationId, JSON.stringify(events), actor.kind, actor.id));
  return statements;
}

const OWNER_STANDS = `EXISTS (SELECT 1 FROM user WHERE user.organization_id = ?1 AND user.id = lead.owner_id AND is_active = 1)`;
const STAGE_STANDS = "EXISTS (SELECT 1 FROM status WHERE status.organization_id = ?1 AND status.id = lead.status_id)";

/** What was chosen for a lead that was just made may have gone in between: then it is nobody's, or where work starts. */
export function settleLead(db: D1Database, organizationId: number, uuid: string): D1PreparedStatement {
  return db
    .prepare(`UPDATE lead SET owner_id = iif(${OWNER_STANDS}, owner_id, NULL),
        state = iif(state = 'assigned' AND NOT ${OWNER_STANDS}, 'pending', state),
        status_id = iif(${STAGE_STANDS}, status_id,
          (SELECT id FROM status WHERE pipeline_id = lead.pipeline_id AND role = 'first'))
      WHERE organization_id = ?1 AND uuid = ?2
        AND ((owner_id IS NOT NULL AND NOT ${OWNER_STANDS}) OR NOT ${STAGE_STANDS})`)
    .bind(organizationId, uuid);
}
