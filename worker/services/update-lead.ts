/**
 * Assign (pick), reassign, unassign, close and reopen: what people do with a lead, alone or in one change. One round trip
 * decides and does it; of two changes at the same moment the second sees what the first has left.
 */
import { actorStamp, isAdministrator, mayActFor } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { isClosed, type Lead } from "../domain/lead.ts";
import type { LeadView } from "../domain/lead-query.ts";
import { type LeadVerb, nextState, transitionMap } from "../domain/lead-transitions.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { commit, firstRow } from "../store/d1.ts";
import { activeUser, changeLead } from "../store/lead-changes.ts";
import { type LeadRow, leadOf } from "../store/lead-rows.ts";
import { getLead } from "../store/lead-views.ts";
import { announceSorted } from "./announce.ts";
import type { Context } from "./context.ts";

export interface LeadUpdate {
  /** The new owner, or null for nobody; undefined keeps the owner. */
  ownerUuid?: string | null;
  isClosed?: boolean;
}

/**
 * Agents change their own leads and nobody's, and assign to themselves alone; administrators are free.
 * @param view the list through which the lead is addressed: what it does not show is not found.
 * @returns the lead after the change, also where it already was as asked.
 */
export async function updateLead(
  ctx: Context,
  organizationId: number,
  view: LeadView,
  leadUuid: string,
  update: LeadUpdate,
): Promise<Result<Lead, LeadFailure>> {
  const self = ctx.actor.kind === "user" ? ctx.actor.user : null;
  const onlyOwnedBy = isAdministrator(ctx.actor) ? null : (self?.id ?? -1);
  if (update.ownerUuid && !mayActFor(ctx.actor, { uuid: update.ownerUuid }))
    return refuseToAssign(ctx, organizationId, view, leadUuid);
  const verbs = verbsOf(update);
  const changeId = ctx.newId();
  const [before, assignee, ...results] = await commit(ctx.db, [
    getLead(ctx.db, organizationId, view, leadUuid),
    activeUser(ctx.db, organizationId, update.ownerUuid ?? ""),
    ...changeLead(ctx.db, {
      organizationId,
      lead: { uuid: leadUuid },
      view,
      onlyOwnedBy,
      next: transitionMap(verbs),
      ownerUuid: update.ownerUuid,
      kind: verbs.at(-1) as LeadVerb,
      actor: actorStamp(ctx.actor),
      sortedBy: self?.id ?? null,
      changeId,
      now: ctx.now,
    }),
  ]);
  const seen = firstRow<LeadRow>(before);
  const after = firstRow<LeadRow>(results.at(-1));
  if (seen === null || after === null) return fail({ kind: "not-found" });
  if (after.change_id === changeId) {
    if (after.state !== seen.state) announceSorted(ctx, organizationId, after.uuid, seen.state);
    return ok(leadOf(after));
  }
  const exists = !update.ownerUuid || firstRow(assignee) !== null;
  return explain(leadOf(seen), { update, verbs, onlyOwnedBy, exists });
}

function verbsOf(update: LeadUpdate): LeadVerb[] {
  const verbs: LeadVerb[] = [];
  if (update.ownerUuid !== undefined) verbs.push(update.ownerUuid === null ? "unassign" : "assign");
  if (update.isClosed !== undefined) verbs.push(update.isClosed ? "close" : "reopen");
  // A write that asks for nothing is still one: what was sorted away refuses it.
  return verbs.length > 0 ? verbs : ["edit"];
}

/** Why a lead that the view shows was left as it is: the guard's own conditions, one by one. */
function explain(
  lead: Lead,
  asked: { update: LeadUpdate; verbs: LeadVerb[]; onlyOwnedBy: number | null; exists: boolean },
): Result<Lead, LeadFailure> {
  const { update, verbs, onlyOwnedBy } = asked;
  const next = nextState(lead.state, verbs);
  if (next === null) return fail({ kind: "not-found" });
  if (next === "gone") return fail({ kind: "gone" });
  if (onlyOwnedBy !== null && lead.owner !== null && lead.owner.id !== onlyOwnedBy) return fail({ kind: "forbidden" });
  if (!asked.exists) return fail({ kind: "no-such-assignee", userUuid: update.ownerUuid ?? "" });
  const asAsked =
    (update.ownerUuid === undefined || update.ownerUuid === (lead.owner?.uuid ?? null)) &&
    (update.isClosed === undefined || update.isClosed === isClosed(lead));
  return asAsked ? ok(lead) : fail({ kind: "conflict" });
}

/** Others' leads look the same to an agent whatever it asks for. */
async function refuseToAssign(
  ctx: Context,
  organizationId: number,
  view: LeadView,
  leadUuid: string,
): Promise<Result<Lead, LeadFailure>> {
  const seen = await getLead(ctx.db, organizationId, view, leadUuid).first();
  return fail({ kind: seen === null ? "not-found" : "forbidden" });
}
