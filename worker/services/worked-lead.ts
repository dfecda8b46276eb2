/** One lead that people work on, with all about it; and how many there are of what. */
import { hasLeadOf, ownLeadsOf } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { isGone } from "../domain/lead.ts";
import type { Organization } from "../domain/organization.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { type Appointment, type AppointmentQuery, type Note, stageId, type WorkedLead } from "../domain/worked-lead.ts";
import {
  type AppointmentRow,
  appointmentOf,
  appointmentsOf,
  countAppointments,
  listAppointments as list,
} from "../store/appointments.ts";
import { commit, firstRow } from "../store/d1.ts";
import { type NoteRow, noteOf, notesOf } from "../store/notes.ts";
import { countByStage, leadBySlug, type StageCount, type WorkedRow, workedLeadOf } from "../store/worked-leads.ts";
import type { Context } from "./context.ts";
import { pageOf } from "./page.ts";
import { statusOfStage, type Vocabulary, vocabularyOf } from "./vocabulary.ts";

/** The newest notes and the nearest appointments that are shown with a lead. */
const DETAILS_LIMIT = 100;
/** The most that appointments of some time are counted to. */
export const COUNT_LIMIT = 1_000;

export interface WorkedDetails {
  lead: WorkedLead;
  notes: Note[];
  appointments: Appointment[];
  vocabulary: Vocabulary;
}

/** The words for where these leads stand. */
export const vocabularyFor = (ctx: Context, organization: Organization, leads: WorkedLead[]): Promise<Vocabulary> =>
  vocabularyOf(ctx, organization, (known) => leads.every((lead) => statusOfStage(known, stageId(lead))));

/** @returns not-found for what is unknown, gone, or another's. */
export async function readWorkedLead(
  ctx: Context,
  organization: Organization,
  slug: string,
): Promise<Result<WorkedDetails, LeadFailure>> {
  const [found, notes, appointments] = await commit(ctx.db, [
    leadBySlug(ctx.db, organization.id, slug),
    notesOf(ctx.db, organization.id, slug, DETAILS_LIMIT),
    appointmentsOf(ctx.db, organization.id, slug, DETAILS_LIMIT),
  ]);
  const row = firstRow<WorkedRow>(found);
  if (row === null || isGone(row) || !hasLeadOf(ctx.actor, row.keeper_id)) return fail({ kind: "not-found" });
  const lead = workedLeadOf(row);
  return ok({
    lead,
    notes: ((notes?.results ?? []) as unknown as NoteRow[]).map(noteOf),
    appointments: ((appointments?.results ?? []) as unknown as AppointmentRow[]).map(appointmentOf),
    vocabulary: await vocabularyFor(ctx, organization, [lead]),
  });
}

export interface AppointmentPage {
  items: Appointment[];
  /** Of some time or one lead at most COUNT_LIMIT. */
  count: number;
  hasNext: boolean;
  hasPrevious: boolean;
}

/** Agents see their own. @param leadSlug of one lead; an unknown one has none. */
export async function listAppointments(
  ctx: Context,
  organizationId: number,
  query: Omit<AppointmentQuery, "userId" | "leadId">,
  leadSlug?: string,
): Promise<AppointmentPage> {
  const lead = leadSlug === undefined ? null : await leadBySlug(ctx.db, organizationId, leadSlug).first<WorkedRow>();
  if (leadSlug !== undefined && lead === null) return { items: [], count: 0, hasNext: false, hasPrevious: false };
  const whole = { ...query, userId: ownLeadsOf(ctx.actor), leadId: lead?.id };
  const [page, total] = await commit(ctx.db, [
    list(ctx.db, organizationId, whole),
    countAppointments(ctx.db, organizationId, whole, COUNT_LIMIT),
  ]);
  const count = firstRow<{ count: number }>(total)?.count ?? 0;
  const { rows, ...neighbours } = pageOf((page?.results ?? []) as unknown as AppointmentRow[], {
    limit: query.limit,
    isBackward: query.before !== undefined,
    isInside: query.after !== undefined || query.skip > 0,
  });
  return { items: rows.map(appointmentOf), count, ...neighbours };
}

export interface Overview {
  /** By status key and by source, in the organization's order; nothing is left out. */
  statuses: { key: string; count: number; description: string; colour: string }[];
  sources: { key: string; count: number }[];
  total: number;
  appointments: Appointment[];
}

/** Counts come from rollups, whatever there is to count. @param time of the appointments. Agents see their own. */
export async function readOverview(
  ctx: Context,
  organization: Organization,
  time: { from: number; to?: number },
): Promise<Overview> {
  const userId = ownLeadsOf(ctx.actor);
  const [counts, appointments] = await commit(ctx.db, [
    countByStage(ctx.db, organization.id, userId),
    list(ctx.db, organization.id, { ...time, userId, skip: 0, limit: DETAILS_LIMIT }),
  ]);
  const counted = (counts?.results ?? []) as unknown as StageCount[];
  const isTold = (known: Vocabulary) => counted.every(({ stage_id: id }) => statusOfStage(known, id));
  const vocabulary = await vocabularyOf(ctx, organization, isTold);
  const rows = (appointments?.results ?? []) as unknown as AppointmentRow[];
  return {
    statuses: statusCounts(vocabulary, counted),
    sources: sourceCounts(vocabulary, counted),
    total: counted.reduce((sum, { count }) => sum + count, 0),
    appointments: rows.slice(0, DETAILS_LIMIT).map(appointmentOf),
  };
}

/** The main pipeline's statuses, then the others' that have leads. */
function statusCounts(vocabulary: Vocabulary, counted: StageCount[]): Overview["statuses"] {
  const counts = new Map<string, number>();
  for (const { stage_id, count } of counted) {
    const key = statusOfStage(vocabulary, stage_id)?.key;
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + count);
  }
  const { mainPipelineId } = vocabulary;
  const main = vocabulary.statuses.filter(
    (status) => status.pipeline_id === mainPipelineId && status.role !== "incoming",
  );
  const others = vocabulary.statuses.filter(
    (status, index, all) =>
      counts.has(status.key) &&
      !main.some(({ key }) => key === status.key) &&
      all.findIndex(({ key }) => key === status.key) === index,
  );
  return [...main, ...others].map(({ key, description, colour }) => ({
    key,
    count: counts.get(key) ?? 0,
    description,
    colour,
  }));
}

/** What may be chosen, and what leads still have that may not be chosen any more. */
function sourceCounts({ sources }: Vocabulary, counted: StageCount[]): Overview["sources"] {
  const counts = new Map<string, number>();
  for (const { source, count } of counted) counts.set(source, (counts.get(source) ?? 0) + count);
  const known = sources.filter((source) => source.is_active === 1 || counts.has(source.key)).map(({ key }) => key);
  const unknown = [...counts.keys()].filter((key) => !known.includes(key));
  return [...known, ...unknown].map((key) => ({ key, count: counts.get(key) ?? 0 }));
}
