/** Deleting a lead: it leaves the CRM for good, and its appointments with it. Nobody restores it. */
import { actorStamp, ownLeadsOf } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { isGone } from "../domain/lead.ts";
import { transitionMap } from "../domain/lead-transitions.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { deleteAppointmentsOf } from "../store/appointments.ts";
import { commit, firstRow } from "../store/d1.ts";
import { changeLead } from "../store/lead-changes.ts";
import { leadBySlug, type WorkedRow } from "../store/worked-leads.ts";
import type { Context } from "./context.ts";

/** @returns not-found, gone where it is deleted, declined or linked, forbidden where it is another's. */
export async function deleteLead(
  ctx: Context,
  organizationId: number,
  slug: string,
): Promise<Result<{ slug: string }, LeadFailure>> {
  const changeId = ctx.newId();
  const own = ownLeadsOf(ctx.actor);
  const [before, ...results] = await commit(ctx.db, [
    leadBySlug(ctx.db, organizationId, slug),
    ...changeLead(ctx.db, {
      organizationId,
      lead: { slug },
      view: { kind: "worked" },
      onlyOwnedBy: null,
      onlyKeptBy: own ?? null,
      next: transitionMap(["delete"]),
      kind: "delete",
      actor: actorStamp(ctx.actor),
      sortedBy: null,
      changeId,
      now: ctx.now,
    }),
    deleteAppointmentsOf(ctx.db, { organizationId, slug, changeId }),
    leadBySlug(ctx.db, organizationId, slug),
  ]);
  if (firstRow<WorkedRow>(results.at(-1))?.change_id === changeId) return ok({ slug });
  const seen = firstRow<WorkedRow>(before);
  if (seen === null) return fail({ kind: "not-found" });
  return fail({ kind: isGone(seen) ? "gone" : "forbidden" });
}
