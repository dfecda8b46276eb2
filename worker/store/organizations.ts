/** Tenants, with the vocabulary that a new one starts with. */
import type { ChatHours } from "../domain/chat-hours.ts";
import type { IpPolicy, Organization } from "../domain/organization.ts";
import { MAIN_PIPELINE, MAIN_STATUSES } from "../domain/pipeline.ts";
import { MAIN_SOURCES } from "../domain/source.ts";

export const ORGANIZATION_COLUMNS = `organization.id AS org_id, organization.uuid AS org_uuid, organization.name AS org_name,
  organization.subscription_until, organization.time_zone, organization.retention_days, organization.ip_policy,
  organization.chat_hours,
  organization.created_at AS org_created_at`;

export interface OrganizationRow {
  org_id: number;
  org_uuid: string;
  org_name: string;
  subscription_until: number | null;
  time_zone: string;
  retention_days: number | null;
  ip_policy: IpPolicy;
  chat_hours: string | null;
  org_created_at: number;
}

export const organizationOf = (row: OrganizationRow): Organization => ({
  id: row.org_id,
  uuid: row.org_uuid,
  name: row.org_name,
  subscriptionUntil: row.subscription_until,
  timeZone: row.time_zone,
  retentionDays: row.retention_days,
  ipPolicy: row.ip_policy,
  chatHours: row.chat_hours === null ? null : (JSON.parse(row.chat_hours) as ChatHours),
  createdAt: row.org_created_at,
});

/** By the number that some dialects know it by. */
export async function findOrganizationById(db: D1Database, id: number): Promise<Organization | null> {
  const row = await db
    .prepare(`SELECT ${ORGANIZATION_COLUMNS} FROM organization WHERE id = ?`)
    .bind(id)
    .first<OrganizationRow>();
  return row === null ? null : organizationOf(row);
}

const jsonOf = (hours: ChatHours | null): string | null => (hours === null ? null : JSON.stringify(hours));

const BY_UUID = `SELECT ${ORGANIZATION_COLUMNS} FROM organization WHERE uuid = ?`;

/**
 * Makes the organization, its main pipeline with its statuses, and its sources; the last statement shows it, or nothing
 * where no account id is left.
 * @param accounts the database's own: the first organization ever gets the first, later ones a higher one than was ever given.
 */
export function insertOrganization(
  db: D1Database,
  organization: Omit<Organization, "id">,
  accounts: { first: number; last: number },
): D1PreparedStatement[] {
  const { uuid, name, subscriptionUntil, timeZone, retentionDays, ipPolicy, chatHours, createdAt } = organization;
  return [
    db
      .prepare(`INSERT INTO organization (id, uuid, name, subscription_until, time_zone, retention_days, ip_policy,
          chat_hours, created_at, updated_at)
        SELECT iif(EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'organization'), NULL, ?9), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8
        WHERE NOT EXISTS (SELECT 1 FROM organization WHERE id >= ?10)`)
      .bind(
        ...[uuid, name, subscriptionUntil, timeZone, retentionDays, ipPolicy, jsonOf(chatHours), createdAt],
        ...[accounts.first, accounts.last],
      ),
    db
      .prepare("INSERT INTO pipeline (organization_id, name, is_main) SELECT id, ?, 1 FROM organization WHERE uuid = ?")
      .bind(MAIN_PIPELINE, uuid),
    db
      .prepare(`INSERT INTO status (organization_id, pipeline_id, key, name, colour, description, sort, role)
        SELECT pipeline.organization_id, pipeline.id, j.value ->> 'key', j.value ->> 'name', j.value ->> 'colour',
          j.value ->> 'description', j.key, j.value ->> 'role'
        FROM json_each(?) AS j, organization JOIN pipeline ON pipeline.organization_id = organization.id
        WHERE organization.uuid = ?`)
      .bind(JSON.stringify(MAIN_STATUSES), uuid),
    db
      .prepare(`INSERT INTO lead_source (organization_id, key, name, sort)
        SELECT organization.id, j.value ->> 'key', j.value ->> 'name', j.key
        FROM json_each(?) AS j, organization WHERE organization.uuid = ?`)
      .bind(JSON.stringify(MAIN_SOURCES), uuid),
    db.prepare(BY_UUID).bind(uuid),
  ];
}

export function updateOrganization(db: D1Database, organization: Organization, now: number): D1PreparedStatement {
  const { id, name, subscriptionUntil, timeZone, retentionDays, ipPolicy, chatHours } = organization;
  return db
    .prepare(`UPDATE organization SET name = ?2, subscription_until = ?3, time_zone = ?4, retention_days = ?5,
      ip_policy = ?6, chat_hours = ?7, updated_at = ?8 WHERE id = ?1`)
    .bind(id, name, subscriptionUntil, timeZone, retentionDays, ipPolicy, jsonOf(chatHours), now);
}

export async function findOrganization(db: D1Database, uuid: string): Promise<Organization | null> {
  const row = await db.prepare(BY_UUID).bind(uuid).first<OrganizationRow>();
  return row === null ? null : organizationOf(row);
}

/** A page in the order of account ids, and one more. */
export async function listOrganizations(db: D1Database, afterId: number, limit: number): Promise<Organization[]> {
  const { results } = await db
    .prepare(`SELECT ${ORGANIZATION_COLUMNS} FROM organization WHERE id > ? ORDER BY id LIMIT ?`)
    .bind(afterId, limit + 1)
    .all<OrganizationRow>();
  return results.map(organizationOf);
}
