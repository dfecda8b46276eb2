/**
 * A change of a lead, decided and made in one batch: the event is inserted if the guard holds, the lead is updated under
 * the same guard and takes the change's id, and whatever follows acts only where that id stands. A batch in which the
 * guard does not hold changes nothing, and its last statement shows the lead as it is.
 */
import type { LeadState } from "../domain/lead.ts";
import type { LeadView } from "../domain/lead-query.ts";
import type { LeadVerb, NextState } from "../domain/lead-transitions.ts";
import { SELECT_LEAD } from "./lead-rows.ts";
import { viewCondition } from "./lead-views.ts";
import { contactWords, type Fragment, type LeadWords, leadWordsSql } from "./lead-words.ts";

export interface LeadChange {
  organizationId: number;
  /** By its own id, by that of its way in, or by what the CRM calls it. */
  lead: { uuid: string } | { uid: string } | { slug: string } | { id: number };
  /** The list through which the lead was addressed; null: any state. */
  view: LeadView | null;
  /** Set for actors who may touch only their own leads and nobody's. */
  onlyOwnedBy: number | null;
  /** Set for actors who may touch only what is theirs: owned, or made by them and nobody's. */
  onlyKeptBy?: number | null;
  /** Where each legal state leads. */
  next: Partial<Record<LeadState, NextState>>;
  /** undefined keeps the owner. The uuid must be an active user's of the organization, else nothing happens. */
  ownerUuid?: string | null;
  /** undefined keeps the stage. It lies in the pipeline that is given with it. */
  stage?: { statusId: number; pipelineId: number };
  /** The user who becomes the creator; undefined keeps the creator. */
  creatorId?: number;
  /** New words about the lead and its person: a change also where state and owner stay. */
  words?: LeadWords;
  /** What happens besides, by statements of the caller's own: a change also where state and owner stay. */
  isAbout?: boolean;
  /** What else must hold, as a condition over `lead`. */
  provided?: Fragment;
  kind: LeadEventKind;
  actor: { kind: string; id: string | null };
  /** The user who sorted it, where this change does. */
  sortedBy: number | null;
  changeId: string;
  now: number;
}

/** What an event says has happened. */
export type LeadEventKind =
  | LeadVerb
  | "chat-ended"
  | "note"
  | "note-deleted"
  | "appointment"
  | "appointment-changed"
  | "appointment-deleted";

const OWNER = "(SELECT id FROM user WHERE organization_id = ? AND uuid = ? AND is_active = 1)";
/** The state after the change; needs the map, and the owner after the change, twice. */
const nextSql = (owner: string) => `CASE json_extract(?, '$.' || lead.state)
    WHEN 'open' THEN iif(${owner} IS NULL, 'pending', 'assigned')
    WHEN 'intake' THEN iif(lead.is_processable, 'pending', 'incoming')
    ELSE json_extract(?, '$.' || lead.state) END`;

export function changeLead(db: D1Database, change: LeadChange): D1PreparedStatement[] {
  const { organizationId, changeId, now } = change;
  const named = namedSql(change);
  const owner = ownerSql(change);
  const next = {
    sql: nextSql(owner.sql),
    values: [JSON.stringify(change.next), ...owner.values, JSON.stringify(change.next)],
  };
  const guard = guardSql(change, owner, next);
  const words = leadWordsSql(change.words);
  return [
    db
      .prepare(`INSERT INTO lead_event (lead_id, version, organization_id, kind, actor_kind, actor_id, payload, at)
        SELECT lead.id, lead.version + 1, lead.organization_id, ?, ?, ?,
          json_object('from', lead.state, 'to', ${next.sql}, 'owner_id', ${owner.sql}), ?
        FROM lead WHERE ${guard.sql}`)
      .bind(change.kind, change.actor.kind, change.actor.id, ...next.values, ...owner.values, now, ...guard.values),
    db
      .prepare(`UPDATE lead SET state = ${next.sql}, owner_id = ${owner.sql}, version = version + 1, change_id = ?,
        status_id = coalesce(?, status_id), pipeline_id = coalesce(?, pipeline_id), creator_id = coalesce(?, creator_id),
        ${words.sql}
        closed_at = CASE ${next.sql} WHEN 'closed' THEN coalesce(closed_at, ?) WHEN 'declined' THEN ?
          WHEN 'linked' THEN ? WHEN 'deleted' THEN coalesce(closed_at, ?) ELSE NULL END,
        updated_at = max(?, updated_at)
        WHERE ${guard.sql}`)
      .bind(
        ...next.values,
        ...owner.values,
        changeId,
        change.stage?.statusId ?? null,
        change.stage?.pipelineId ?? null,
        change.creatorId ?? null,
        ...words.values,
        ...next.values,
        ...[now, now, now, now, now],
        ...guard.values,
      ),
    db
      .prepare(`UPDATE incoming_lead SET sorted_at = ?, sorted_by = ?,
          outcome = (SELECT CASE lead.state WHEN 'declined' THEN 'declined' WHEN 'deleted' THEN 'declined'
            WHEN 'linked' THEN 'linked' ELSE 'accepted' END FROM lead WHERE lead.id = incoming_lead.lead_id)
        WHERE outcome IS NULL AND lead_id = (SELECT lead.id FROM lead
          WHERE lead.organization_id = ? AND ${named.sql} AND lead.change_id = ? AND lead.state <> 'incoming')`)
      .bind(now, change.sortedBy, organizationId, ...named.values, changeId),
    ...contactWords(db, change, named),
    db.prepare(`${SELECT_LEAD} WHERE lead.organization_id = ? AND ${named.sql}`).bind(organizationId, ...named.values),
  ];
}

/** Whether another lead is one that such a change may touch, as what the change of one lead may depend on. */
export function mayChange(
  change: Pick<LeadChange, "organizationId" | "onlyKeptBy" | "next"> & { leadId: number; view: LeadView },
): Fragment {
  const shown = viewCondition(change.organizationId, change.view);
  const { leadId, next, onlyKeptBy = null } = change;
  return {
    sql: `EXISTS (SELECT 1 FROM lead WHERE ${shown.sql} AND lead.id = ? AND lead.purged_at IS NULL
      AND json_extract(?, '$.' || lead.state) IS NOT NULL AND (? IS NULL OR lead.keeper_id = ?))`,
    values: [...shown.values, leadId, JSON.stringify(next), onlyKeptBy, onlyKeptBy],
  };
}

/** Whether a user can be given leads. */
export function activeUser(db: D1Database, organizationId: number, uuid: string): D1PreparedStatement {
  return db
    .prepare("SELECT id FROM user WHERE organization_id = ? AND uuid = ? AND is_active = 1")
    .bind(organizationId, uuid);
}

function namedSql({ lead, organizationId }: LeadChange): Fragment {
  if ("uuid" in lead) return { sql: "lead.uuid = ?", values: [lead.uuid] };
  if ("slug" in lead) return { sql: "lead.slug = ?", values: [lead.slug] };
  if ("id" in lead) return { sql: "lead.id = ?", values: [lead.id] };
  return {
    sql: "lead.id = (SELECT lead_id FROM incoming_lead WHERE organization_id = ? AND uid = ?)",
    values: [organizationId, lead.uid],
  };
}

function ownerSql(change: LeadChange): Fragment {
  if (change.ownerUuid === undefined) return { sql: "lead.owner_id", values: [] };
  if (change.ownerUuid === null) return { sql: "NULL", values: [] };
  return { sql: OWNER, values: [change.organizationId, change.ownerUuid] };
}

/** Seen through its view, in reach of the actor, in a legal state, and, but for words, not already as asked. */
function guardSql(change: LeadChange, owner: Fragment, next: Fragment): Fragment {
  const shown = change.view
    ? viewCondition(change.organizationId, change.view)
    : { sql: "lead.organization_id = ?", values: [change.organizationId] };
  const parts: Fragment[] = [
    shown,
    namedSql(change),
    { sql: "json_extract(?, '$.' || lead.state) IS NOT NULL", values: [JSON.stringify(change.next)] },
  ];
  if (change.words === undefined && change.isAbout !== true) {
    parts.push({
      sql: `(${next.sql} <> lead.state OR ${owner.sql} IS NOT lead.owner_id)`,
      values: [...next.values, ...owner.values],
    });
  }
  if (change.ownerUuid) parts.push({ sql: `${owner.sql} IS NOT NULL`, values: owner.values });
  if (change.onlyOwnedBy !== null) {
    parts.push({ sql: "(lead.owner_id IS NULL OR lead.owner_id = ?)", values: [change.onlyOwnedBy] });
  }
  if (change.provided) parts.push(change.provided);
  if (change.onlyKeptBy != null) parts.push({ sql: "lead.keeper_id = ?", values: [change.onlyKeptBy] });
  return { sql: parts.map((part) => part.sql).join(" AND "), values: parts.flatMap((part) => part.values) };
}
