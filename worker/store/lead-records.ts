/** Leads with their contacts and companies, as records by number. */
import type { CustomField, LeadRecord } from "../domain/entities.ts";
import type { LeadState } from "../domain/lead.ts";

/** Twice said: the index of roles is known to SQLite by its own condition only. */
const statusOf = (role: string): string =>
  `(SELECT id FROM status WHERE pipeline_id = lead.pipeline_id AND role = '${role}' AND role <> 'between')`;

/** A lead's state says its stage while it waits and once it is closed; between, its stage of work does. */
export const STAGE = `CASE WHEN lead.state = 'incoming' THEN ${statusOf("incoming")}
    WHEN lead.state = 'closed' THEN ${statusOf("closed")} ELSE lead.status_id END`;

const COLUMNS = ` lead.id, lead.state, lead.name AS lead_name, lead.price, lead.pipeline_id, ${STAGE} AS status_id, lead.owner_id,
    lead.creator_id, lead.custom_fields AS lead_custom_fields, lead.tags, lead.received_at, lead.updated_at, lead.closed_at,
    contact.id AS contact_id, contact.name, contact.first_name, contact.last_name, contact.email, contact.phone,
    contact.custom_fields, contact.company_name, contact.company_custom_fields`;
const LEAD_FIRST = "FROM lead CROSS JOIN contact ON contact.id = lead.contact_id";
/** Companies have an index of their own; a contact has its lead's number. */
const COMPANY_FIRST = `FROM contact CROSS JOIN lead ON lead.id = contact.id AND contact.company_name IS NOT NULL
  AND contact.organization_id = lead.organization_id`;

export interface RecordRow {
  id: number;
  state: LeadState;
  lead_name: string | null;
  price: number | null;
  pipeline_id: number;
  status_id: number;
  owner_id: number | null;
  creator_id: number | null;
  lead_custom_fields: string | null;
  tags: string | null;
  received_at: number;
  updated_at: number;
  closed_at: number | null;
  contact_id: number;
  name: string | null;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone: string | null;
  custom_fields: string | null;
  company_name: string | null;
  company_custom_fields: string | null;
}

const fields = (text: string | null): CustomField[] | null =>
  text === null ? null : (JSON.parse(text) as CustomField[]);

export const recordOf = (row: RecordRow): LeadRecord => ({
  id: row.id,
  state: row.state,
  name: row.lead_name,
  price: row.price,
  pipelineId: row.pipeline_id,
  statusId: row.status_id,
  ownerId: row.owner_id,
  creatorId: row.creator_id,
  customFields: fields(row.lead_custom_fields),
  tags: row.tags === null ? [] : (JSON.parse(row.tags) as LeadRecord["tags"]),
  createdAt: row.received_at,
  updatedAt: row.updated_at,
  closedAt: row.closed_at,
  contact: {
    id: row.contact_id,
    name: row.name,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    phone: row.phone,
    customFields: fields(row.custom_fields),
    company:
      row.company_name === null ? null : { name: row.company_name, customFields: fields(row.company_custom_fields) },
  },
});

/** Records that somebody works on or closed, by number, and one more than the limit. */
export function listRecords(
  db: D1Database,
  organizationId: number,
  page: { afterId: number; limit: number; skip: number; withCompany: boolean },
): D1PreparedStatement {
  const first = page.withCompany ? "contact" : "lead";
  return db
    .prepare(`SELECT ${COLUMNS} ${page.withCompany ? COMPANY_FIRST : LEAD_FIRST}
      WHERE ${first}.organization_id = ? AND lead.state IN ('pending', 'assigned', 'closed') AND ${first}.id > ?
      ORDER BY ${first}.id LIMIT ? OFFSET ?`)
    .bind(organizationId, page.afterId, page.limit + 1, page.skip);
}

/** One record, whatever became of it, unless it is held back as spam. */
export function getRecord(db: D1Database, organizationId: number, id: number): D1PreparedStatement {
  return db
    .prepare(
      `SELECT ${COLUMNS} ${LEAD_FIRST} WHERE lead.organization_id = ? AND lead.id = ? AND lead.state NOT IN ('held', 'dropped')`,
    )
    .bind(organizationId, id);
}
