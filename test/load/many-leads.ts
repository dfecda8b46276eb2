/**
 * Leads in bulk, by statements: of ten, four wait to be sorted, two came by chat and are pending, two are the user's and
 * two are closed. Every list has its share of them, ten seconds apart.
 */
import type { DatabaseSync } from "node:sqlite";
import type { World } from "./world.ts";

const FIRST_ID = 1_000;
const STEP_MS = 10_000;
const LAST = Date.UTC(2026, 8, 1);

const LEADS = `
  WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2),
    lead_of (i, id) AS (SELECT i, CAST(?7 + i AS INTEGER) FROM n)
  INSERT INTO lead (id, organization_id, uuid, slug, state, change_id, form_id, visitor_id, contact_id, pipeline_id,
    status_id, owner_id, category, source, answers, message, page_url, page_title, received_at, updated_at, closed_at)
  SELECT lead_of.id, ?1, printf('00000000-0000-7000-8000-%012x', lead_of.id), 'many-' || lead_of.id,
    CASE WHEN i % 10 < 4 THEN 'incoming' WHEN i % 10 < 6 THEN 'pending' WHEN i % 10 < 8 THEN 'assigned' ELSE 'closed' END,
    'many', iif(i % 10 IN (4, 5), ?4, ?3), 'visitor-' || i, lead_of.id, status.pipeline_id, status.id,
    iif(i % 10 >= 6, ?5, NULL), iif(i % 10 IN (4, 5), 'chats', 'forms'), 'web',
    '[{"name":"name","mapsTo":"name"},{"name":"email","mapsTo":"email"}]', 'Hello', 'https://shop.example/', 'Shop',
    ?6 + i * ${STEP_MS}, ?6 + i * ${STEP_MS}, iif(i % 10 >= 8, ?6 + i * ${STEP_MS}, NULL)
  FROM lead_of JOIN status ON status.organization_id = ?1 AND status.role = 'first'`;
const CONTACTS = `
  INSERT INTO contact (id, organization_id, name, first_name, first_name_key, last_name, last_name_key, email, email_key,
    company_name, updated_at)
  SELECT id, organization_id, 'Lead ' || id, 'Lead', 'lead', id, id, id || '@many.example', id || '@many.example',
    'Company ' || id, updated_at
  FROM lead WHERE id >= ?2 AND organization_id = ?1`;
const INCOMING = `
  INSERT INTO incoming_lead (lead_id, organization_id, uid, category, pipeline_id, source_uid, source_name, metadata,
    created_at)
  SELECT id, organization_id, printf('%060x', id), category, pipeline_id, form_id, 'Contact', '{}', received_at
  FROM lead WHERE id >= ?2 AND organization_id = ?1 AND state = 'incoming'`;

export const manyLeads =
  ({ organization, formId, chatFormId, user }: World, many: number) =>
  (db: DatabaseSync): void => {
    // Nobody reads it before it is whole.
    db.exec("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN");
    const start = LAST - many * STEP_MS;
    const { account_id: id } = organization;
    db.prepare(LEADS).run(...[id, many, formId, chatFormId, user.user_id, start, FIRST_ID]);
    db.prepare(CONTACTS).run(id, FIRST_ID);
    db.prepare(INCOMING).run(id, FIRST_ID);
    db.exec("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  };
