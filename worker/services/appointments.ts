/**
 * Appointments about leads. The database keeps two of one user, and two of one lead, from overlapping, whatever happens at
 * the same moment; what is asked of times is asked only where a time is new or changes.
 */
import { actorStamp, isAdministrator, ownLeadsOf } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { takesWords } from "../domain/lead.ts";
import { type LeadVerb, nextState, transitionMap } from "../domain/lead-transitions.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Appointment, AppointmentStatus } from "../domain/worked-lead.ts";
import {
  type AppointmentRow,
  appointmentOf,
  appointmentStands,
  getAppointment,
  insertAppointment,
  deleteAppointment as remove,
  updateAppointment,
} from "../store/appointments.ts";
import { answerWithAdded, insertIdempotencyOfChange } from "../store/capture.ts";
import { brokenRule, commit, firstRow } from "../store/d1.ts";
import { changeLead, type LeadEventKind } from "../store/lead-changes.ts";
import type { Fragment } from "../store/lead-words.ts";
import type { FirstAnswer } from "../store/repeats.ts";
import { leadBySlug, type WorkedRow } from "../store/worked-leads.ts";
import type { Context } from "./context.ts";
import { type Idempotency, keyRow, once } from "./idempotency.ts";

export type AppointmentFailure =
  | LeadFailure
  /** Nobody takes an appointment under this lead: it is done, gone or another's. */
  | { kind: "no-appointment-under" }
  | { kind: "overlap" }
  | { kind: "ends-before-start" }
  | { kind: "in-the-past" };

type Made = { appointment: Appointment; isReplay: boolean };
type Times = { startsAt: number; endsAt: number };

/** The caller's own. @returns it; not-found for the lead, no-appointment-under, what is wrong with its times, key-reused. */
export function makeAppointment(
  ctx: Context,
  organizationId: number,
  wanted: Times & { slug: string; status: AppointmentStatus; note: string | null },
  idempotency: Idempotency | null,
): Promise<Result<Made, AppointmentFailure>> {
  const again = async ({ answer }: FirstAnswer): Promise<Result<Made, AppointmentFailure>> => {
    const row = await getAppointment(ctx.db, organizationId, Number(answer)).first<AppointmentRow>();
    return row === null ? fail({ kind: "conflict" }) : ok({ appointment: appointmentOf(row), isReplay: true });
  };
  return once(ctx, organizationId, idempotency, again, () => make(ctx, organizationId, wanted, idempotency));
}

async function make(
  ctx: Context,
  organizationId: number,
  wanted: Times & { slug: string; status: AppointmentStatus; note: string | null },
  idempotency: Idempotency | null,
): Promise<Result<Made, AppointmentFailure>> {
  const { slug } = wanted;
  const lead = await leadBySlug(ctx.db, organizationId, slug).first<WorkedRow>();
  const refusal = refusalUnder(ctx, lead) ?? timeProblem(ctx, wanted, wanted);
  if (lead === null || refusal) return fail(refusal ?? { kind: "not-found" });
  const self = ctx.actor.kind === "user" ? ctx.actor.user : { id: 0, username: "" };
  const change = { organizationId, leadId: lead.id, slug, changeId: ctx.newId(), now: ctx.now };
  const key = idempotency && { ...keyRow(ctx, idempotency), outcome: "created" };
  const changes = changesOf(ctx, change, "appointment", "meet");
  const done = await committed(ctx, [
    ...changes,
    ...(key ? [insertIdempotencyOfChange(ctx.db, organizationId, key, change)] : []),
    insertAppointment(ctx.db, change, { ...wanted, userId: self.id }),
    ...(key ? [answerWithAdded(ctx.db, organizationId, key, change)] : []),
  ]);
  if (!done.ok) return done;
  const made = firstRow<{ id: number }>(done.value[changes.length + (key ? 1 : 0)]);
  // The lead was closed, deleted or given away in between.
  if (made === null) return fail({ kind: "no-appointment-under" });
  const { startsAt, endsAt, status, note } = wanted;
  const who = { id: self.id, username: self.username };
  const rest = { leadId: lead.id, leadSlug: slug, user: who, startsAt, endsAt, status, note };
  return ok({ appointment: { id: made.id, ...rest }, isReplay: false });
}

export interface AppointmentEdit {
  /** Of the lead that it moves to. */
  slug?: string;
  startsAt?: number;
  endsAt?: number;
  status?: AppointmentStatus;
  note?: string | null;
}

/** @returns it as it is now; not-found for the appointment, then as making one; forbidden where it is another's. */
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
  const moves = lead !== null && lead.id !== row.lead_id;
  const { startsAt = row.starts_at, endsAt = row.ends_at } = edit;
  const changed = {
    startsAt: startsAt === row.starts_at ? undefined : startsAt,
    endsAt: endsAt === row.ends_at ? undefined : endsAt,
  };
  const refusal = (moves ? refusalUnder(ctx, lead) : null) ?? timeProblem(ctx, { startsAt, endsAt }, changed);
  if (refusal) return fail(refusal);
  return rewrite(ctx, organizationId, { row, movesTo: moves ? lead : null, edit: { ...edit, ...changed } });
}

async function rewrite(
  ctx: Context,
  organizationId: number,
  { row, movesTo, edit }: { row: AppointmentRow; movesTo: WorkedRow | null; edit: AppointmentEdit },
): Promise<Result<Appointment, AppointmentFailure>> {
  const from = { organizationId, leadId: row.lead_id, changeId: ctx.newId(), now: ctx.now };
  const to = movesTo && { ...from, leadId: movesTo.id, changeId: ctx.newId() };
  const stands = appointmentStands(organizationId, row.id);
  const { startsAt = null, endsAt = null, status = null, note } = edit;
  const done = await committed(ctx, [
    ...changesOf(ctx, from, "appointment-changed", "edit", stands),
    ...(to ? changesOf(ctx, to, "appointment-changed", "meet") : []),
    updateAppointment(ctx.db, to ?? from, row.id, { startsAt, endsAt, status, note }),
    getAppointment(ctx.db, organizationId, row.id),
  ]);
  if (!done.ok) return done;
  const after = firstRow<AppointmentRow>(done.value.at(-1));
  if (after === null) return fail({ kind: "not-found" });
  return done.value.at(-2)?.meta.changes ? ok(appointmentOf(after)) : fail({ kind: "no-appointment-under" });
}

/** @returns not-found, or forbidden where it is another's. */
export async function deleteAppointment(
  ctx: Context,
  organizationId: number,
  id: number,
): Promise<Result<{ id: number }, LeadFailure>> {
  const row = await getAppointment(ctx.db, organizationId, id).first<AppointmentRow>();
  if (row === null) return fail({ kind: "not-found" });
  if (!isTheirs(ctx, row)) return fail({ kind: "forbidden" });
  const change = { organizationId, leadId: row.lead_id, changeId: ctx.newId(), now: ctx.now };
  const results = await commit(ctx.db, [
    ...changesOf(ctx, change, "appointment-deleted", "edit", appointmentStands(organizationId, id)),
    remove(ctx.db, change, id),
  ]);
  return results.at(-1)?.meta.changes ? ok({ id }) : fail({ kind: "not-found" });
}

const isTheirs = ({ actor }: Context, row: AppointmentRow): boolean =>
  isAdministrator(actor) || (actor.kind === "user" && actor.user.id === row.user_id);

function refusalUnder(ctx: Context, lead: WorkedRow | null): AppointmentFailure | null {
  if (lead === null) return { kind: "not-found" };
  const own = ownLeadsOf(ctx.actor);
  const mayMeet = takesWords(lead) && nextState(lead.state, ["meet"]) !== "gone";
  return mayMeet && (own === undefined || lead.keeper_id === own) ? null : { kind: "no-appointment-under" };
}

/** @param changed the times that are new. */
function timeProblem(ctx: Context, times: Times, changed: Partial<Times>): AppointmentFailure | null {
  if (times.endsAt <= times.startsAt) return { kind: "ends-before-start" };
  const isPast = (at: number | undefined) => at !== undefined && at <= ctx.now;
  return isPast(changed.startsAt) || isPast(changed.endsAt) ? { kind: "in-the-past" } : null;
}

function changesOf(
  ctx: Context,
  change: { organizationId: number; leadId: number; changeId: string },
  kind: LeadEventKind,
  verb: LeadVerb,
  provided?: Fragment,
): D1PreparedStatement[] {
  return changeLead(ctx.db, {
    organizationId: change.organizationId,
    lead: { id: change.leadId },
    view: { kind: "worked" },
    onlyOwnedBy: null,
    // Who may no longer have the lead may still tend the own appointment under it.
    onlyKeptBy: verb === "meet" ? (ownLeadsOf(ctx.actor) ?? null) : null,
    next: transitionMap([verb]),
    besides: kind === "appointment-deleted" ? "removes" : "adds",
    provided,
    kind,
    actor: actorStamp(ctx.actor),
    sortedBy: null,
    changeId: change.changeId,
    now: ctx.now,
  });
}

/** What the database's own rules about times say of a batch. */
async function committed(
  ctx: Context,
  statements: D1PreparedStatement[],
): Promise<Result<D1Result[], AppointmentFailure>> {
  try {
    return ok(await commit(ctx.db, statements));
  } catch (error) {
    const rule = brokenRule(error);
    if (rule === "overlap") return fail({ kind: "overlap" });
    if (rule === "period") return fail({ kind: "ends-before-start" });
    throw error;
  }
}
