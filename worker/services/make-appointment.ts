/** A new appointment, of whoever makes it, under a lead that somebody works on. */
import type { LeadFailure } from "../domain/failure.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Appointment, AppointmentStatus } from "../domain/worked-lead.ts";
import { type AppointmentRow, appointmentOf, getAppointment, insertAppointment } from "../store/appointments.ts";
import { answerWithAdded, insertIdempotencyOfChange } from "../store/capture.ts";
import { firstRow } from "../store/d1.ts";
import { NOT_EMPTIED } from "../store/lead-words.ts";
import type { FirstAnswer } from "../store/repeats.ts";
import { leadBySlug, type WorkedRow } from "../store/worked-leads.ts";
import {
  type AppointmentFailure,
  aboutLead,
  commitTimes,
  refusalUnder,
  type Times,
  timeProblem,
} from "./appointments.ts";
import type { Context } from "./context.ts";
import { type Idempotency, keyRow, once } from "./idempotency.ts";

export type WantedAppointment = Times & { slug: string; status: AppointmentStatus; note: string | null };
type Made = Promise<Result<{ appointment: Appointment; isReplay: boolean }, AppointmentFailure | LeadFailure>>;

/** @returns it; not-found for the lead, no-appointment-under, what is wrong with its times, key-reused. */
export function makeAppointment(
  ctx: Context,
  organizationId: number,
  wanted: WantedAppointment,
  idempotency: Idempotency | null,
): Made {
  const again = async ({ answer }: FirstAnswer): Made => {
    // A purge has emptied the answer; or it was deleted since.
    const row = await getAppointment(ctx.db, organizationId, Number(answer)).first<AppointmentRow>();
    return row === null ? fail({ kind: "conflict" }) : ok({ appointment: appointmentOf(row), isReplay: true });
  };
  return once(ctx, organizationId, idempotency, again, () => make(ctx, organizationId, wanted, idempotency));
}

async function make(
  ctx: Context,
  organizationId: number,
  wanted: WantedAppointment,
  idempotency: Idempotency | null,
): Made {
  const { slug, startsAt, endsAt, status, note } = wanted;
  const before = leadBySlug(ctx.db, organizationId, slug);
  const problem = timeProblem(ctx, wanted, wanted);
  // The lead comes first among what is wrong.
  if (problem) return fail(refusalUnder(ctx, await before.first<WorkedRow>()) ?? problem);
  const self = ctx.actor.kind === "user" ? ctx.actor.user : { id: 0, username: "" };
  const change = { organizationId, slug, changeId: ctx.newId(), now: ctx.now };
  const key = idempotency && { ...keyRow(ctx, idempotency), outcome: "created" };
  const about = { ...change, lead: { slug }, isOwnOnly: true, provided: NOT_EMPTIED };
  const changes = aboutLead(ctx, { ...about, kind: "appointment", verb: "meet" });
  const statements = [
    before,
    ...changes,
    ...(key ? [insertIdempotencyOfChange(ctx.db, organizationId, key, change)] : []),
    insertAppointment(ctx.db, change, { ...wanted, userId: self.id }),
    ...(key ? [answerWithAdded(ctx.db, organizationId, key, change)] : []),
  ];
  const done = await commitTimes(ctx, statements, { repeatable: key !== null });
  if (!done.ok) return done;
  const [seen, ...results] = done.value;
  const made = firstRow<{ id: number; lead_id: number }>(results[changes.length + (key ? 1 : 0)]);
  if (made === null) return fail(refusalUnder(ctx, firstRow<WorkedRow>(seen)) ?? { kind: "conflict" });
  const user = { id: self.id, username: self.username };
  const rest = { leadId: made.lead_id, leadSlug: slug, user, startsAt, endsAt, status, note };
  return ok({ appointment: { id: made.id, ...rest }, isReplay: false });
}
