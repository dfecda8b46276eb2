/** Accepting and declining what waits. Of two who sort the same lead, one wins; the other finds nothing to sort. */
import { actorStamp, mayActFor } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import type { IncomingLead } from "../domain/incoming.ts";
import { type LeadVerb, transitionMap } from "../domain/lead-transitions.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { commit, firstRow } from "../store/d1.ts";
import { getIncoming, type IncomingRow, incomingOf } from "../store/incoming.ts";
import { changeLead } from "../store/lead-changes.ts";
import type { LeadRow } from "../store/lead-rows.ts";
import { activeUserById } from "../store/people.ts";
import { getStatus, type StatusRow } from "../store/pipelines.ts";
import { announceSorted } from "./announce.ts";
import type { Context } from "./context.ts";

export interface Acceptance {
  /** Becomes the lead's creator and its owner. */
  userId?: number;
  /** Where the lead goes; the stage of incoming leads is refused. */
  statusId?: number;
}

/**
 * @returns the lead as it was sorted; not-found where it was sorted before, invalid-fields for ids of nobody or of another
 *   organization, forbidden where an agent accepts on behalf of somebody else.
 */
export async function acceptIncoming(
  ctx: Context,
  organizationId: number,
  uid: string,
  wanted: Acceptance,
): Promise<Result<IncomingLead, LeadFailure>> {
  const found = await references(ctx, organizationId, wanted);
  if (!found.ok) return found;
  const { user, status } = found.value;
  const self = ctx.actor.kind === "user" ? ctx.actor.user : null;
  if (user && !mayActFor(ctx.actor, user)) return fail({ kind: "forbidden" });
  const verbs: LeadVerb[] = ["accept"];
  if (user) verbs.push("assign");
  if (status?.role === "closed") verbs.push("close");
  return sort(ctx, organizationId, uid, verbs, {
    sortedBy: self?.id ?? null,
    ownerUuid: user?.uuid,
    creatorId: user?.id,
    // A closed lead's state says so; the stage of work stays what it was.
    stage: status && status.role !== "closed" ? { statusId: status.id, pipelineId: status.pipeline_id } : undefined,
  });
}

/** @param userId on whose behalf; undefined: the caller's own. @returns and fails as accepting does. */
export async function declineIncoming(
  ctx: Context,
  organizationId: number,
  uid: string,
  userId: number | undefined,
): Promise<Result<IncomingLead, LeadFailure>> {
  const found = await references(ctx, organizationId, { userId });
  if (!found.ok) return found;
  if (found.value.user && !mayActFor(ctx.actor, found.value.user)) return fail({ kind: "forbidden" });
  const self = ctx.actor.kind === "user" ? ctx.actor.user.id : null;
  return sort(ctx, organizationId, uid, ["decline"], { sortedBy: found.value.user?.id ?? self });
}

async function references(
  ctx: Context,
  organizationId: number,
  wanted: Acceptance,
): Promise<Result<{ user?: { id: number; uuid: string }; status?: StatusRow }, LeadFailure>> {
  const { userId, statusId } = wanted;
  if (userId === undefined && statusId === undefined) return ok({});
  const [userResult, statusResult] = await commit(ctx.db, [
    activeUserById(ctx.db, organizationId, userId ?? 0),
    getStatus(ctx.db, organizationId, statusId ?? 0),
  ]);
  const user = firstRow<{ id: number; uuid: string }>(userResult) ?? undefined;
  const status = firstRow<StatusRow>(statusResult) ?? undefined;
  const problems = [
    ...(userId !== undefined && user === undefined ? [{ field: "user_id", code: "NotSupportedChoice" }] : []),
    ...(statusId !== undefined && (status === undefined || status.role === "incoming")
      ? [{ field: "status_id", code: "NotSupportedChoice" }]
      : []),
  ];
  return problems.length > 0 ? fail({ kind: "invalid-fields", problems }) : ok({ user, status });
}

async function sort(
  ctx: Context,
  organizationId: number,
  uid: string,
  verbs: LeadVerb[],
  change: {
    sortedBy: number | null;
    ownerUuid?: string;
    creatorId?: number;
    stage?: { statusId: number; pipelineId: number };
  },
): Promise<Result<IncomingLead, LeadFailure>> {
  const changeId = ctx.newId();
  const next = transitionMap(verbs);
  const results = await commit(ctx.db, [
    ...changeLead(ctx.db, {
      ...change,
      organizationId,
      lead: { uid },
      view: null,
      onlyOwnedBy: null,
      next,
      kind: verbs[0] as LeadVerb,
      actor: actorStamp(ctx.actor),
      changeId,
      now: ctx.now,
    }),
    getIncoming(ctx.db, organizationId, uid),
  ]);
  const lead = firstRow<LeadRow>(results.at(-2));
  const incoming = firstRow<IncomingRow>(results.at(-1));
  if (lead === null || incoming === null || lead.change_id !== changeId) return fail({ kind: "not-found" });
  announceSorted(ctx, organizationId, incoming.lead_uuid);
  return ok(incomingOf(incoming));
}
