/**
 * What holds for every appointment. The database keeps two of one user, and two of one lead, from overlapping, whatever
 * happens at the same moment; what is asked of times is asked only where a time is new or changes.
 */
import { actorStamp, hasLeadOf, mayActFor, ownLeadsOf } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { type LeadVerb, transitionMap } from "../domain/lead-transitions.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { AppointmentRow } from "../store/appointments.ts";
import { brokenRule, commit } from "../store/d1.ts";
import type { Repeat } from "../store/database.ts";
import { changeLead, type LeadChange, type LeadEventKind } from "../store/lead-changes.ts";
import type { Fragment } from "../store/lead-words.ts";
import type { WorkedRow } from "../store/worked-leads.ts";
import type { Context } from "./context.ts";

export type AppointmentFailure =
  | LeadFailure
  /** Nobody takes an appointment under this lead: it is done, gone, emptied or another's. */
  | { kind: "no-appointment-under" }
  | { kind: "overlap" }
  | { kind: "ends-before-start" }
  | { kind: "in-the-past" };

export type Times = { startsAt: number; endsAt: number };

const MEETING = transitionMap(["meet"]);

export const isTheirs = ({ actor }: Context, row: AppointmentRow): boolean => mayActFor(actor, { id: row.user_id });

/** Whether people still meet about such a lead. */
export const isMetAbout = ({ state, purged_at }: Pick<WorkedRow, "state" | "purged_at">): boolean =>
  MEETING[state] !== undefined && purged_at === null;

/** Why this actor may take no appointment under the lead. */
export function refusalUnder(ctx: Context, lead: WorkedRow | null): AppointmentFailure | null {
  if (lead === null) return { kind: "not-found" };
  return isMetAbout(lead) && hasLeadOf(ctx.actor, lead.keeper_id) ? null : { kind: "no-appointment-under" };
}

/** @param changed the times that are new. */
export function timeProblem(ctx: Context, times: Times, changed: Partial<Times>): AppointmentFailure | null {
  if (times.endsAt <= times.startsAt) return { kind: "ends-before-start" };
  const isPast = (at: number | undefined) => at !== undefined && at <= ctx.now;
  return isPast(changed.startsAt) || isPast(changed.endsAt) ? { kind: "in-the-past" } : null;
}

export interface AboutLead {
  organizationId: number;
  lead: LeadChange["lead"];
  changeId: string;
  kind: LeadEventKind;
  /** `meet`: only where people still meet about the lead; else also under one that is closed. */
  verb: Extract<LeadVerb, "meet" | "edit">;
  /** Who may no longer have the lead may still tend the own appointment under it. */
  isOwnOnly?: boolean;
  provided?: Fragment;
}

/** The change of the lead under which something of its appointments changes. */
export const aboutLead = (ctx: Context, about: AboutLead): D1PreparedStatement[] =>
  changeLead(ctx.db, {
    organizationId: about.organizationId,
    lead: about.lead,
    view: { kind: "worked" },
    onlyOwnedBy: null,
    onlyKeptBy: about.isOwnOnly ? (ownLeadsOf(ctx.actor) ?? null) : null,
    next: transitionMap([about.verb]),
    isAbout: true,
    provided: about.provided,
    kind: about.kind,
    actor: actorStamp(ctx.actor),
    sortedBy: null,
    changeId: about.changeId,
    now: ctx.now,
  });

/** Commits, and says what the database's own rules about times say of it. @param repeat as `commit` has it. */
export async function commitTimes(
  ctx: Context,
  statements: D1PreparedStatement[],
  repeat?: Repeat,
): Promise<Result<D1Result[], AppointmentFailure>> {
  try {
    return ok(await commit(ctx.db, statements, repeat));
  } catch (error) {
    const rule = brokenRule(error);
    if (rule === "overlap") return fail({ kind: "overlap" });
    if (rule === "period") return fail({ kind: "ends-before-start" });
    throw error;
  }
}
