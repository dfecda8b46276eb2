/** Changing and deleting appointments: their users' own affair, and administrators'. */
import { ownLeadsOf } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { transitionMap } from "../domain/lead-transitions.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Appointment, AppointmentStatus } from "../domain/worked-lead.ts";
import {
  type AppointmentRow,
  appointmentOf,
  appointmentStands,
  getAppointment,
  deleteAppointment as remove,
  updateAppointment,
  wasLeft,
} from "../store/appointments.ts";
import { commit, firstRow } from "../store/d1.ts";
import { mayChange } from "../store/lead-changes.ts";
import { allOf, NOT_EMPTIED } from "../store/lead-words.ts";
import { leadBySlug, type WorkedRow } from "../store/worked-leads.ts";
import {
  type AppointmentFailure,
  aboutLead,
  commitTimes,
  isMetAbout,
  isTheirs,
  refusalUnder,
  timeProblem,
} from "./appointments.ts";
import type { Context } from "./context.ts";

export interface AppointmentEdit {
  /** Of the lead that it moves to. */
  slug?: string;
  startsAt?: number;
  endsAt?: number;
  status?: AppointmentStatus;
  note?: string | null;
}

/**
 * A new time, or standing again after it was cancelled, is asked what a new appointment is; under a lead that is done it
 * can be marked, cancelled and told about.
 * @returns it as it is now; not-found for the appointment, then as making one; forbidden where it is another's; conflict
 *   where it was moved at the same moment.
 */
export async function changeAppointment(
  ctx: Context,
  organizationId: number,
  id: number,
  edit: AppointmentEdit,
): Promise<Result<Appointment, AppointmentFailure | { kind: "no-such-lead" }>> {
  const [known, target] = await commit(ctx.db, [
    getAppointment(ctx.db, organizationId, id),
    leadBySlug(ctx.db, organizationId, edit.slug ?? ""),
  ]);
  const row = firstRow<AppointmentRow>(known);
  const lead = firstRow<WorkedRow>(target);
  if (row === null) return fail({ kind: "not-found" });
  if (edit.slug !== undefined && lead === null) return fail({ kind: "no-such-lead" });
  if (!isTheirs(ctx, row)) return fail({ kind: "forbidden" });
  const movesTo = lead !== null && lead.id !== row.lead_id ? lead : null;
  const { startsAt = row.starts_at, endsAt = row.ends_at } = edit;
  const changed = {
    startsAt: startsAt === row.starts_at ? undefined : startsAt,
    endsAt: endsAt === row.ends_at ? undefined : endsAt,
  };
  const isRevived = row.status === "cancelled" && edit.status !== undefined && edit.status !== "cancelled";
  const isAgreed = changed.startsAt !== undefined || changed.endsAt !== undefined || isRevived;
  const refusal = (movesTo ? refusalUnder(ctx, movesTo) : refusalOf(row, edit, isAgreed)) ?? null;
  const problem = refusal ?? timeProblem(ctx, { startsAt, endsAt }, changed);
  if (problem) return fail(problem);
  return rewrite(ctx, organizationId, { row, movesTo, isAgreed, edit: { ...edit, ...changed } });
}

/** @param isAgreed anew. */
function refusalOf(row: AppointmentRow, edit: AppointmentEdit, isAgreed: boolean): AppointmentFailure | null {
  const isRefused = isAgreed && !isMetAbout({ state: row.lead_state, purged_at: row.lead_purged_at });
  // What was emptied takes no new words.
  return isRefused || (edit.note && row.lead_purged_at !== null) ? { kind: "no-appointment-under" } : null;
}

interface Rewrite {
  row: AppointmentRow;
  movesTo: WorkedRow | null;
  isAgreed: boolean;
  edit: AppointmentEdit;
}

/** Both leads' events tell of a move; each depends on the other lead, so that it is told by both or not made. */
async function rewrite(
  ctx: Context,
  organizationId: number,
  { row, movesTo, isAgreed, edit }: Rewrite,
): Promise<Result<Appointment, AppointmentFailure>> {
  const { startsAt = null, endsAt = null, status = null, note } = edit;
  const from = { organizationId, leadId: row.lead_id, changeId: ctx.newId(), now: ctx.now };
  const to = movesTo && { ...from, leadId: movesTo.id, changeId: ctx.newId() };
  const kind = "appointment-changed" as const;
  const meets = to && { ...to, view: { kind: "worked" as const }, next: transitionMap(["meet"]) };
  const provided = allOf(
    appointmentStands(organizationId, row.id),
    meets ? mayChange({ ...meets, onlyKeptBy: ownLeadsOf(ctx.actor) ?? null }) : undefined,
    !to && (isAgreed || note) ? NOT_EMPTIED : undefined,
  );
  const verb = isAgreed && !to ? "meet" : "edit";
  const done = await commitTimes(ctx, [
    ...aboutLead(ctx, { ...from, lead: { id: from.leadId }, kind, verb, provided }),
    ...(to
      ? aboutLead(ctx, { ...to, lead: { id: to.leadId }, kind, verb: "meet", isOwnOnly: true, provided: wasLeft(from) })
      : []),
    updateAppointment(ctx.db, to ?? from, row.id, { startsAt, endsAt, status, note }),
    getAppointment(ctx.db, organizationId, row.id),
  ]);
  if (!done.ok) return done;
  const after = firstRow<AppointmentRow>(done.value.at(-1));
  if (after === null) return fail({ kind: "not-found" });
  if (done.value.at(-2)?.meta.changes) return ok(appointmentOf(after));
  return fail({ kind: after.lead_id === row.lead_id ? "no-appointment-under" : "conflict" });
}

/** @returns not-found; forbidden where it is another's; conflict where it was moved at the same moment. */
export async function deleteAppointment(
  ctx: Context,
  organizationId: number,
  id: number,
): Promise<Result<{ id: number }, LeadFailure>> {
  const row = await getAppointment(ctx.db, organizationId, id).first<AppointmentRow>();
  if (row === null) return fail({ kind: "not-found" });
  if (!isTheirs(ctx, row)) return fail({ kind: "forbidden" });
  const change = { organizationId, leadId: row.lead_id, changeId: ctx.newId(), now: ctx.now };
  const about = { ...change, lead: { id: row.lead_id }, provided: appointmentStands(organizationId, id) };
  const results = await commit(ctx.db, [
    ...aboutLead(ctx, { ...about, kind: "appointment-deleted", verb: "edit" }),
    remove(ctx.db, change, id),
    getAppointment(ctx.db, organizationId, id),
  ]);
  if (results.at(-2)?.meta.changes) return ok({ id });
  return fail({ kind: firstRow(results.at(-1)) === null ? "not-found" : "conflict" });
}
