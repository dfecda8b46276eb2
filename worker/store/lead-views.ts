/**
 * The lists of leads. A view's condition is written once, is the condition of the partial index that serves it, and
 * also decides whether a single lead can be seen or changed through that view.
 */
import type { Keyset, LeadQuery, LeadView } from "../domain/lead-query.ts";
import { SELECT_LEAD } from "./lead-rows.ts";

const VIEWS: Record<LeadView["kind"], string> = {
  organization: "lead.organization_id = ? AND lead.state NOT IN ('held', 'dropped')",
  pending: "lead.organization_id = ? AND lead.state IN ('incoming', 'pending') AND lead.is_processable = 0",
  assigned: `lead.organization_id = ? AND lead.owner_id = ? AND lead.state IN ('assigned', 'closed')
    AND lead.is_processable = 0`,
  worked: "lead.organization_id = ? AND lead.state IN ('pending', 'assigned', 'closed')",
};

/** A condition over `lead`, with the values of its placeholders. */
export function viewCondition(organizationId: number, view: LeadView): { sql: string; values: number[] } {
  return {
    sql: VIEWS[view.kind],
    values: view.kind === "assigned" ? [organizationId, view.userId] : [organizationId],
  };
}

function listSql(view: LeadView["kind"], processable: boolean | undefined, forward: boolean): string {
  const filter = processable === undefined ? "" : `AND lead.is_processable = ${processable ? 1 : 0}`;
  const [compare, direction] = forward ? [">", "ASC"] : ["<", "DESC"];
  return `${SELECT_LEAD}
    WHERE ${VIEWS[view]} ${filter} AND (lead.received_at, lead.tie) ${compare} (?, ?)
    ORDER BY lead.received_at ${direction}, lead.tie ${direction} LIMIT ?`;
}

const FIRST: Keyset = { at: -1, id: -1 };
const LAST: Keyset = { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };

/** A page of leads and one more, in reading direction: a page before a place comes last lead first. */
export function listLeads(db: D1Database, organizationId: number, query: LeadQuery): D1PreparedStatement {
  const backward = query.before !== undefined;
  const forward = (query.order === "ascending") !== backward;
  const start = query.before ?? query.after ?? (forward ? FIRST : LAST);
  return db
    .prepare(listSql(query.view.kind, query.isProcessable, forward))
    .bind(...viewCondition(organizationId, query.view).values, start.at, start.id, query.limit + 1);
}

/** One lead, where the view shows it. */
export function getLead(db: D1Database, organizationId: number, view: LeadView, uuid: string): D1PreparedStatement {
  const shown = viewCondition(organizationId, view);
  return db.prepare(`${SELECT_LEAD} WHERE ${shown.sql} AND lead.uuid = ?`).bind(...shown.values, uuid);
}

/** Leads that are suspected to be spam, oldest first. */
export function listHeldLeads(
  db: D1Database,
  organizationId: number,
  after: Keyset,
  limit: number,
): D1PreparedStatement {
  return db
    .prepare(`${SELECT_LEAD} WHERE lead.organization_id = ?1 AND lead.state = 'held'
      AND (lead.received_at, lead.tie) > (?2, ?3) ORDER BY lead.received_at, lead.tie LIMIT ?4`)
    .bind(organizationId, after.at, after.id, limit + 1);
}

/** One lead in any state: what a change sees after it, and what admin reads. */
export function anyLead(db: D1Database, organizationId: number, uuid: string): D1PreparedStatement {
  return db.prepare(`${SELECT_LEAD} WHERE lead.organization_id = ?1 AND lead.uuid = ?2`).bind(organizationId, uuid);
}
