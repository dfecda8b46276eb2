/** Incoming leads: those that wait, and any of them by uid. */
import {
  INCOMING_CATEGORIES,
  type IncomingCategory,
  type IncomingLead,
  type IncomingPlace,
  type IncomingQuery,
  type SummaryQuery,
} from "../domain/incoming.ts";

const COLUMNS = `incoming.lead_id, incoming.uid, incoming.category, incoming.pipeline_id, incoming.source_uid,
  incoming.source_name, incoming.metadata, incoming.created_at, incoming.outcome,
  lead.uuid AS lead_uuid, lead.contact_id, coalesce(nullif(contact.name, ''), lead.name) AS person_name,
  iif(contact.company_name IS NULL, NULL, contact.id) AS company_id`;
const JOINS = "JOIN lead ON lead.id = incoming.lead_id JOIN contact ON contact.id = lead.contact_id";

export interface IncomingRow {
  lead_id: number;
  uid: string;
  category: IncomingCategory;
  pipeline_id: number;
  source_uid: string | null;
  source_name: string | null;
  metadata: string;
  created_at: number;
  outcome: IncomingLead["outcome"];
  lead_uuid: string;
  person_name: string | null;
  contact_id: number;
  company_id: number | null;
}

export const incomingOf = (row: IncomingRow): IncomingLead => ({
  uid: row.uid,
  category: row.category,
  pipelineId: row.pipeline_id,
  name: row.person_name,
  sourceUid: row.source_uid,
  sourceName: row.source_name,
  metadata: JSON.parse(row.metadata) as Record<string, unknown>,
  createdAt: row.created_at,
  outcome: row.outcome,
  leadId: row.lead_id,
  leadUuid: row.lead_uuid,
  contactId: row.contact_id,
  companyId: row.company_id,
});

/** The places before all others and after them. */
const FIRST: IncomingPlace = { at: -1, id: 0 };
const LAST: IncomingPlace = { at: Number.MAX_SAFE_INTEGER, id: 0 };

/**
 * A page and one more. What is asked for is one range of one index; where several categories are asked for, one range
 * each, merged as they are read: a rare category costs what a common one does. The bounds are inclusive and one further,
 * since SQLite reads the row on an exclusive one.
 */
export function listWaiting(db: D1Database, organizationId: number, query: IncomingQuery): D1PreparedStatement {
  const forward = query.order === "ascending";
  const [compare, direction, step] = forward ? [">=", "ASC", 1] : ["<=", "DESC", -1];
  const start = query.after ?? (forward ? FIRST : LAST);
  const pipeline = query.pipelineId === undefined ? [] : [query.pipelineId];
  const values: (number | string)[] = [];
  const ranges = rangesOf(query).map((category) => {
    values.push(organizationId, ...pipeline, ...category, start.at, start.id + step);
    return `SELECT * FROM incoming_lead WHERE organization_id = ? AND outcome IS NULL
      ${pipeline.length > 0 ? "AND pipeline_id = ?" : ""} ${category.length > 0 ? "AND category = ?" : ""}
      AND (created_at, tie) ${compare} (?, ?)`;
  });
  return db
    .prepare(`SELECT ${COLUMNS} FROM (${ranges.join(" UNION ALL ")}
        ORDER BY created_at ${direction}, tie ${direction} LIMIT ? OFFSET ?) AS incoming ${JOINS}
      ORDER BY incoming.created_at ${direction}, incoming.tie ${direction}`)
    .bind(...values, query.limit + 1, query.skip);
}

/** One range a category, or one for all of them. */
const rangesOf = ({ categories }: IncomingQuery): IncomingCategory[][] =>
  categories === undefined || categories.length === INCOMING_CATEGORIES.length
    ? [[]]
    : categories.map((category) => [category]);

/** Leads by uid, waiting or sorted. */
export function listByUid(db: D1Database, organizationId: number, query: IncomingQuery): D1PreparedStatement {
  const [compare, direction] = query.order === "ascending" ? [">", "ASC"] : ["<", "DESC"];
  return db
    .prepare(`SELECT ${COLUMNS} FROM json_each(?2) AS j
        CROSS JOIN incoming_lead AS incoming ON incoming.organization_id = ?1 AND incoming.uid = j.value ${JOINS}
      WHERE (?3 IS NULL OR incoming.pipeline_id = ?3)
        AND (?4 IS NULL OR incoming.category IN (SELECT value FROM json_each(?4)))
        AND (?7 IS NULL OR (incoming.created_at, incoming.lead_id) ${compare} (?7, ?8))
      ORDER BY incoming.created_at ${direction}, incoming.lead_id ${direction} LIMIT ?5 OFFSET ?6`)
    .bind(
      organizationId,
      JSON.stringify([...new Set(query.uids)]),
      query.pipelineId ?? null,
      query.categories ? JSON.stringify(query.categories) : null,
      query.limit + 1,
      query.skip,
      query.after?.at ?? null,
      query.after?.id ?? null,
    );
}

export function getIncoming(db: D1Database, organizationId: number, uid: string): D1PreparedStatement {
  return db
    .prepare(`SELECT ${COLUMNS} FROM incoming_lead AS incoming ${JOINS}
      WHERE incoming.organization_id = ? AND incoming.uid = ?`)
    .bind(organizationId, uid);
}

export interface SummaryRow {
  category: IncomingCategory;
  total: number;
  accepted: number;
  declined: number;
  sort_seconds: number;
}

const SUMS = `sum(total) AS total, sum(accepted) AS accepted, sum(declined) AS declined, sum(sort_seconds) AS sort_seconds`;
const DAY_MS = 86_400_000;

/** All time: one row of the rollup a pipeline and category, however many leads there are. */
export function summaryOfAllTime(db: D1Database, organizationId: number, pipelineId?: number): D1PreparedStatement {
  return db
    .prepare(`SELECT category, ${SUMS} FROM incoming_rollup
      WHERE organization_id = ?1 AND (?2 IS NULL OR pipeline_id = ?2) AND day = -1 GROUP BY category`)
    .bind(organizationId, pipelineId ?? null);
}

/** Leads whose time falls into the parts ?5 of days that a range cuts. */
const cutDays = (column: "created_at" | "sorted_at", sums: string) => `
  SELECT incoming.category, ${sums}
  FROM json_each(?5) AS part CROSS JOIN incoming_lead AS incoming ON incoming.organization_id = ?1
    AND incoming.${column} BETWEEN part.value ->> 'from' AND part.value ->> 'to'
  WHERE ?2 IS NULL OR incoming.pipeline_id = ?2`;
const SORTED = `0, outcome <> 'declined', outcome = 'declined', max(0, (sorted_at - incoming.created_at) / 1000)`;

/** A range of time: whole days from the rollup, the days that it cuts from the leads themselves. */
export function summaryOfRange(
  db: D1Database,
  organizationId: number,
  range: { from: number; to: number; pipelineId?: number },
): D1PreparedStatement {
  const firstWhole = Math.ceil(range.from / DAY_MS);
  const lastWhole = Math.floor((range.to + 1) / DAY_MS) - 1;
  const whole = firstWhole <= lastWhole;
  const parts = whole
    ? [
        { from: range.from, to: firstWhole * DAY_MS - 1 },
        { from: (lastWhole + 1) * DAY_MS, to: range.to },
      ].filter((part) => part.from <= part.to)
    : [{ from: range.from, to: range.to }];
  return db
    .prepare(`SELECT category, ${SUMS} FROM (
        SELECT category, total, accepted, declined, sort_seconds FROM incoming_rollup
        WHERE organization_id = ?1 AND (?2 IS NULL OR pipeline_id = ?2) AND day >= ?3 AND day <= ?4
        UNION ALL ${cutDays("created_at", "1, 0, 0, 0")}
        UNION ALL ${cutDays("sorted_at", SORTED)}
      ) GROUP BY category`)
    .bind(
      organizationId,
      range.pipelineId ?? null,
      whole ? firstWhole : 1,
      whole ? lastWhole : 0,
      JSON.stringify(parts),
    );
}

/** Of named leads only. */
export function summaryOfUids(db: D1Database, organizationId: number, query: SummaryQuery): D1PreparedStatement {
  return db
    .prepare(`SELECT category, count(*) FILTER (WHERE incoming.created_at BETWEEN ?4 AND ?5) AS total,
        count(*) FILTER (WHERE outcome <> 'declined' AND sorted_at BETWEEN ?4 AND ?5) AS accepted,
        count(*) FILTER (WHERE outcome = 'declined' AND sorted_at BETWEEN ?4 AND ?5) AS declined,
        coalesce(sum(max(0, (sorted_at - incoming.created_at) / 1000)) FILTER (WHERE sorted_at BETWEEN ?4 AND ?5), 0)
          AS sort_seconds
      FROM json_each(?2) AS j CROSS JOIN incoming_lead AS incoming ON incoming.organization_id = ?1 AND incoming.uid = j.value
      WHERE ?3 IS NULL OR incoming.pipeline_id = ?3 GROUP BY category`)
    .bind(
      organizationId,
      JSON.stringify([...new Set(query.uids)]),
      query.pipelineId ?? null,
      query.from ?? 0,
      query.to ?? Number.MAX_SAFE_INTEGER,
    );
}
