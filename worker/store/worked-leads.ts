/** Leads that somebody works on or has closed: lists of them, searches, counts, and each by its slug. */
import type { LeadState } from "../domain/lead.ts";
import { SEARCH_KEYS, type Search, type WorkedLead, type WorkedQuery } from "../domain/worked-lead.ts";

const OF_LEAD = [
  ...["id", "uuid", "slug", "state", "change_id", "pipeline_id", "status_id", "source", "owner_id", "message"],
  ...["received_at", "updated_at", "purged_at", "contact_id", "keeper_id"],
];
/** What is selected of leads that are called so in the query. */
const ofLead = (lead: string): string => OF_LEAD.map((column) => `${lead}.${column}`).join(", ");
const columnsOf = (lead: string): string => `${ofLead(lead)}, contact.name, contact.first_name, contact.last_name,
  contact.email, contact.phone, contact.title, contact.location, contact.company_name AS company,
  keeper.username AS keeper_username`;
/** Three rows a lead: itself, its contact, and whose it is. */
const joinsOf = (lead: string): string =>
  `CROSS JOIN contact ON contact.id = ${lead}.contact_id LEFT JOIN user AS keeper ON keeper.id = ${lead}.keeper_id`;
const COLUMNS = columnsOf("lead");
const JOINS = joinsOf("lead");
const WORKED = "lead.state IN ('pending', 'assigned', 'closed')";

type PersonColumn = keyof WorkedLead["person"];
export type WorkedRow = Record<PersonColumn, string | null> & {
  id: number;
  uuid: string;
  slug: string;
  state: LeadState;
  change_id: string;
  pipeline_id: number;
  status_id: number;
  source: string;
  owner_id: number | null;
  received_at: number;
  updated_at: number;
  purged_at: number | null;
  keeper_id: number | null;
  keeper_username: string;
};

export function workedLeadOf(row: WorkedRow): WorkedLead {
  const { name, first_name, last_name, email, phone, company, title, message, location } = row;
  return {
    id: row.id,
    uuid: row.uuid,
    slug: row.slug,
    state: row.state,
    changeId: row.change_id,
    person: { name, first_name, last_name, email, phone, company, title, message, location },
    pipelineId: row.pipeline_id,
    statusId: row.status_id,
    source: row.source,
    ownerId: row.owner_id,
    keeper: row.keeper_id === null ? null : { id: row.keeper_id, username: row.keeper_username },
    receivedAt: row.received_at,
    updatedAt: row.updated_at,
  };
}

/** Whatever became of it after it was accepted; what still waits or was held has no slug for anybody. */
export function leadBySlug(db: D1Database, organizationId: number, slug: string): D1PreparedStatement {
  return db
    .prepare(`SELECT ${COLUMNS} FROM lead ${JOINS} WHERE lead.organization_id = ? AND lead.slug = ?
      AND lead.state NOT IN ('held', 'dropped', 'incoming')`)
    .bind(organizationId, slug);
}

export function workedLeadByUuid(db: D1Database, organizationId: number, uuid: string): D1PreparedStatement {
  return db
    .prepare(`SELECT ${COLUMNS} FROM lead ${JOINS} WHERE lead.organization_id = ? AND lead.uuid = ?`)
    .bind(organizationId, uuid);
}

type Keeper = Pick<WorkedQuery, "keeperId" | "keeperName">;
/** Whose number ?2 is, or whose name; whether or not they are still active. */
const keeperSql = ({ keeperName }: Keeper): string =>
  keeperName === undefined ? "?2" : "(SELECT id FROM user WHERE organization_id = ?1 AND username = ?2)";
const keeperValue = ({ keeperId, keeperName }: Keeper): number | string | null => keeperName ?? keeperId ?? null;
const isAnybodys = (keeper: Keeper): boolean => keeperValue(keeper) === null;

/**
 * A page and one more: one range of one index, or the newest of several stages' ranges. In reading direction: a page
 * before a place comes last lead first.
 */
export function listWorkedLeads(db: D1Database, organizationId: number, query: WorkedQuery): D1PreparedStatement {
  const { stageIds, afterId = Number.MAX_SAFE_INTEGER, beforeId, skip, limit } = query;
  const [compare, order] = beforeId === undefined ? ["<", "DESC"] : [">", "ASC"];
  const keeper = isAnybodys(query) ? "" : `AND lead.keeper_id = ${keeperSql(query)}`;
  const range = (columns: string, stage: string) => `SELECT ${columns} FROM lead WHERE lead.organization_id = ?1
    AND ${WORKED} ${keeper} ${stage} AND lead.id ${compare} ?3 ORDER BY lead.id ${order}`;
  const columns = ofLead("lead");
  const several = stageIds !== undefined && stageIds.length !== 1;
  const leads = several
    ? `SELECT ${columns} FROM json_each(?4) AS stage
        CROSS JOIN lead ON lead.id IN (${range("lead.id", "AND lead.stage_id = stage.value")} LIMIT ?5 + ?6)
        ORDER BY lead.id ${order} LIMIT ?5 OFFSET ?6`
    : `${range(columns, stageIds ? "AND lead.stage_id = (?4 ->> 0)" : "")} LIMIT ?5 OFFSET ?6`;
  return db
    .prepare(`SELECT ${columnsOf("page")} FROM (${leads}) AS page ${joinsOf("page")} ORDER BY page.id ${order}`)
    .bind(
      ...[organizationId, keeperValue(query), beforeId ?? afterId, JSON.stringify(stageIds ?? []), limit + 1, skip],
    );
}

/** How many there are, from the rollup. */
export function countWorkedLeads(
  db: D1Database,
  organizationId: number,
  query: Keeper & Pick<WorkedQuery, "stageIds">,
): D1PreparedStatement {
  const keeper = keeperSql(query);
  return db
    .prepare(`SELECT coalesce(sum(count), 0) AS count FROM lead_rollup WHERE organization_id = ?1 AND keeper_id = ${keeper}
      AND (?3 IS NULL OR iif(is_closed, -pipeline_id, status_id) IN (SELECT value FROM json_each(?3)))`)
    .bind(organizationId, keeperValue(query) ?? 0, query.stageIds ? JSON.stringify(query.stageIds) : null);
}

export interface StageCount {
  stage_id: number;
  source: string;
  count: number;
}

/** Every count that is not 0, by the stage in which leads are shown and by source. */
export function countByStage(
  db: D1Database,
  organizationId: number,
  keeperId: number | undefined,
): D1PreparedStatement {
  return db
    .prepare(`SELECT iif(is_closed, -pipeline_id, status_id) AS stage_id, source, count FROM lead_rollup
      WHERE organization_id = ? AND keeper_id = ? AND count <> 0`)
    .bind(organizationId, keeperId ?? 0);
}

const BEYOND = "\u{10FFFF}";

/**
 * People whose keys begin as asked, in the order of the most telling key, with `total` and `is_partial` beside each lead.
 * The first `most` people by that key are looked at, so that the shortest beginning costs no more than that.
 */
export function searchLeads(
  db: D1Database,
  organizationId: number,
  search: Search,
  query: Omit<WorkedQuery, "afterId" | "beforeId">,
  most: number,
): D1PreparedStatement {
  const asked = SEARCH_KEYS.filter((key) => search[key]);
  const [first = SEARCH_KEYS[0], ...others] = asked;
  const begins = (key: string, ranges: string) =>
    `contact.${key} >= ${ranges}.value ->> 0 AND contact.${key} < ${ranges}.value ->> 1`;
  const bounds = Object.fromEntries(
    asked.map((key) => [key, (search[key] ?? []).map((beginning) => [beginning, beginning + BEYOND])]),
  );
  const filters = others.map(
    (key) => `AND EXISTS (SELECT 1 FROM json_each(?4, '$.${key}') AS r WHERE ${begins(key, "r")})`,
  );
  const alsoBegins =
    filters.length === 0 ? "" : `AND EXISTS (SELECT 1 FROM contact WHERE contact.id = people.id ${filters.join(" ")})`;
  return db
    .prepare(`WITH people AS (
        SELECT contact.id, range.key AS part, contact.${first} AS place FROM json_each(?4, '$.${first}') AS range
          CROSS JOIN contact ON contact.organization_id = ?1 AND ${begins(first, "range")} LIMIT ?3),
      looked_at AS MATERIALIZED (
        SELECT people.id, part, place, lead.id IS NOT NULL AS is_found
        FROM people LEFT JOIN lead ON lead.id = people.id AND lead.organization_id = ?1 AND ${WORKED}
          ${isAnybodys(query) ? "" : `AND lead.keeper_id = ${keeperSql(query)}`}
          ${query.stageIds ? "AND lead.stage_id IN (SELECT value FROM json_each(?5))" : ""} ${alsoBegins}),
      tally AS (SELECT coalesce(sum(is_found), 0) AS total, count(*) >= ?3 AS is_partial FROM looked_at),
      page AS (SELECT * FROM looked_at WHERE is_found ORDER BY part, place, id LIMIT ?6 OFFSET ?7)
      SELECT tally.total, tally.is_partial, ${COLUMNS}
      FROM tally LEFT JOIN page LEFT JOIN lead ON lead.id = page.id LEFT JOIN contact ON contact.id = lead.contact_id
        LEFT JOIN user AS keeper ON keeper.id = lead.keeper_id
      ORDER BY page.part, page.place, page.id`)
    .bind(
      organizationId,
      keeperValue(query),
      most,
      JSON.stringify(bounds),
      JSON.stringify(query.stageIds ?? []),
      query.limit,
      query.skip,
    );
}
