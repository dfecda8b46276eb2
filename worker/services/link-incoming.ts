/**
 * Linking a chat that waits to a lead or a customer that is known: its transcript and notes go there, what its contact
 * knows too where a contact is named, and the placeholder goes to the trash.
 */
import { actorStamp, isAdministrator } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { transitionMap } from "../domain/lead-transitions.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { commit, firstRow } from "../store/d1.ts";
import { getIncoming, type IncomingRow } from "../store/incoming.ts";
import { changeLead } from "../store/lead-changes.ts";
import type { LeadRow } from "../store/lead-rows.ts";
import { type LinkTargets, linkStatements, linkTargets, targetsStand } from "../store/link.ts";
import { activeUserById } from "../store/people.ts";
import { announceSorted } from "./announce.ts";
import type { Context } from "./context.ts";

export interface LinkRequest {
  target: { leadId: number } | { customerId: number };
  contactId?: number;
  /** On whose behalf; the caller's own where undefined. */
  userId?: number;
}

/**
 * @returns the uid; forbidden unless an administrator asks, not-found for what is unknown or sorted, invalid-fields for
 *   what is no chat and for ids of nobody or of another organization, or of what is deleted or emptied; all of it or nothing.
 */
export async function linkIncoming(
  ctx: Context,
  organizationId: number,
  uid: string,
  wanted: LinkRequest,
): Promise<Result<{ uid: string }, LeadFailure>> {
  if (!isAdministrator(ctx.actor)) return fail({ kind: "forbidden" });
  const known = await lookUp(ctx, organizationId, uid, wanted);
  if (!known.ok) return known;
  const changeId = ctx.newId();
  const contactId = wanted.contactId ?? null;
  const actor = actorStamp(ctx.actor);
  const changes = changeLead(ctx.db, {
    organizationId,
    lead: { uid },
    view: null,
    onlyOwnedBy: null,
    next: transitionMap(["link"]),
    provided: targetsStand(organizationId, { target: wanted.target, contactId }),
    kind: "link",
    actor,
    sortedBy: wanted.userId ?? (ctx.actor.kind === "user" ? ctx.actor.user.id : null),
    changeId,
    now: ctx.now,
  });
  const link = { organizationId, uid, changeId, target: wanted.target, contactId, actor, now: ctx.now };
  const moves = linkStatements(ctx.db, { ...link, targetChangeId: ctx.newId() });
  const results = await commit(ctx.db, [...changes, ...moves]);
  const lead = firstRow<LeadRow>(results[changes.length - 1]);
  if (lead?.change_id === changeId) {
    announceSorted(ctx, organizationId, lead.uuid);
    return ok({ uid });
  }
  // It was sorted, or what it points to went away, at the same moment.
  const meanwhile = await lookUp(ctx, organizationId, uid, wanted);
  return meanwhile.ok ? fail({ kind: "conflict" }) : meanwhile;
}

async function lookUp(
  ctx: Context,
  organizationId: number,
  uid: string,
  { target, contactId, userId }: LinkRequest,
): Promise<Result<null, LeadFailure>> {
  const leadId = "leadId" in target ? target.leadId : null;
  const customerId = "customerId" in target ? target.customerId : null;
  const [incoming, targets, user] = await commit(ctx.db, [
    getIncoming(ctx.db, organizationId, uid),
    linkTargets(ctx.db, organizationId, { leadId, customerId, contactId: contactId ?? null }),
    activeUserById(ctx.db, organizationId, userId ?? 0),
  ]);
  const waiting = firstRow<IncomingRow>(incoming);
  const found = firstRow<LinkTargets>(targets) as LinkTargets;
  if (waiting === null || waiting.outcome !== null) return fail({ kind: "not-found" });
  const choice = (field: string) => ({ field, code: "NotSupportedChoice" });
  const problems = [
    ...(waiting.category === "chats" ? [] : [choice("category")]),
    ...((leadId === null ? found.customer_id : found.lead_id) === null ? [choice("link.entity_id")] : []),
    ...(contactId !== undefined && found.contact_id === null ? [choice("link.metadata.contact_id")] : []),
    ...(userId !== undefined && firstRow(user) === null ? [choice("user_id")] : []),
  ];
  return problems.length > 0 ? fail({ kind: "invalid-fields", problems }) : ok(null);
}
