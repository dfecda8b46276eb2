/**
 * Purge of leads: one, every lead of a person, or all past an organization's retention. Bounded steps, each a batch of its
 * own: whatever ends a run in the middle, the next one goes on where it stood.
 */
import { IDEMPOTENCY_TTL_HOURS, SUBMISSION_TTL_HOURS } from "../../shared/limits.ts";
import { actorStamp } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { emailKey } from "../domain/person.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { commit, firstRow } from "../store/d1.ts";
import { anyLead } from "../store/lead-views.ts";
import { clearExpiredGrants } from "../store/oauth-tokens.ts";
import {
  clearExpired,
  endedRooms,
  eraseNotes,
  leadsOfPerson,
  leadsReceived,
  markPurged,
  organizationsToPurge,
  purgeLeads,
  type Retention,
  retentionOf,
} from "../store/purge.ts";
import type { Context } from "./context.ts";
import { phoneKey } from "./phone.ts";

/** Leads of one batch. */
const STEP_LEADS = 100;
const STEP_ORGANIZATIONS = 100;
const DAY_MS = 86_400_000;
/** A run ends after this many leads of one organization; the next one goes on. */
const RUN_LEADS_LIMIT = 10_000;
/** By how much an organization is behind in which a daily run did not get everything done. */
const BEHIND_MS = DAY_MS + 3_600_000;

/** @returns 1, or 0 where it was purged before. */
export async function purgeLead(
  ctx: Context,
  organizationId: number,
  leadUuid: string,
): Promise<Result<number, LeadFailure>> {
  const purge = purgeStatements(ctx, organizationId, [leadUuid]);
  const results = await commit(ctx.db, [...purge, anyLead(ctx.db, organizationId, leadUuid)]);
  await eraseRooms(ctx, results);
  return firstRow(results.at(-1)) === null ? fail({ kind: "not-found" }) : ok(results[0]?.meta.changes ?? 0);
}

/**
 * Erases a person: every lead of that e-mail or phone in the organization, with its chats, and what they wrote under
 * somebody else's. @returns how many leads.
 */
export async function erasePerson(
  ctx: Context,
  organizationId: number,
  who: { email: string | null; phone: string | null },
): Promise<number> {
  const phones = who.phone === null ? [] : [await phoneKey(who.phone, null), who.phone.replace(/\D/g, "")];
  const person = { emailKey: emailKey(who.email), phoneKeys: phones.filter((key) => key !== null) };
  for (let purged = 0; ; ) {
    const [, found] = await commit(ctx.db, [
      eraseNotes(ctx.db, organizationId, person),
      leadsOfPerson(ctx.db, organizationId, person, STEP_LEADS),
    ]);
    const leads = (found?.results ?? []) as { uuid: string }[];
    if (leads.length === 0) return purged;
    purged += await purgeStep(ctx, organizationId, leads);
  }
}

/** Purges what the organization no longer keeps. @returns how many leads; 0 where it keeps everything. */
export async function applyRetention(ctx: Context, organizationId: number): Promise<number> {
  const row = await retentionOf(ctx.db, organizationId).first<Retention>();
  return row?.retention_days ? retain(ctx, row) : 0;
}

/** The daily run: every organization's retention, and whatever has expired. */
export async function runDailyPurge(ctx: Context): Promise<{ leads: number }> {
  const leads = await retainAll(ctx, ctx.now);
  await commit(ctx.db, [
    ...clearExpired(ctx.db, {
      keysBefore: ctx.now - IDEMPOTENCY_TTL_HOURS * 3_600_000,
      submissionsBefore: ctx.now - SUBMISSION_TTL_HOURS * 3_600_000,
      ratesBefore: ctx.now - DAY_MS,
    }),
    ...clearExpiredGrants(ctx.db, ctx.now),
  ]);
  return { leads };
}

/** Goes on where daily runs did not come to an end: so an organization may have more to purge in a day than in a run. */
export async function catchUp(ctx: Context): Promise<{ leads: number }> {
  return { leads: await retainAll(ctx, ctx.now - BEHIND_MS) };
}

/** Of organizations that are not as far as they were to be by then. */
async function retainAll(ctx: Context, by: number): Promise<number> {
  let leads = 0;
  for (let afterId = 0; ; ) {
    const page = await organizationsToPurge(ctx.db, { afterId, by, limit: STEP_ORGANIZATIONS }).all<Retention>();
    for (const row of page.results) leads += await retain(ctx, row);
    const last = page.results.at(-1);
    if (last === undefined || page.results.length < STEP_ORGANIZATIONS) return leads;
    afterId = last.id;
  }
}

/** Goes forward by time, and remembers how far it came: no step reads what an earlier one has purged. */
async function retain(ctx: Context, row: Retention): Promise<number> {
  const until = ctx.now - row.retention_days * DAY_MS;
  let [from, purged] = [row.purged_until, 0];
  while (purged < RUN_LEADS_LIMIT) {
    const step = leadsReceived(ctx.db, row.id, from, until, STEP_LEADS);
    const { results } = await step.all<{ uuid: string; received_at: number }>();
    const last = results.at(-1);
    if (last === undefined) {
      from = until;
      break;
    }
    purged += await purgeStep(ctx, row.id, results);
    from = last.received_at;
  }
  await markPurged(ctx.db, row.id, from).run();
  return purged;
}

async function purgeStep(ctx: Context, organizationId: number, leads: { uuid: string }[]): Promise<number> {
  const uuids = leads.map((lead) => lead.uuid);
  const results = await commit(ctx.db, purgeStatements(ctx, organizationId, uuids));
  await eraseRooms(ctx, results);
  return results[0]?.meta.changes ?? 0;
}

/** A chat that was going on has a copy of its own. A room that cannot be reached finds out when it next saves itself. */
async function eraseRooms(ctx: Context, results: D1Result[]): Promise<void> {
  await Promise.allSettled(endedRooms(results).map((id) => ctx.live.rooms.getByName(id).erase()));
}

function purgeStatements(ctx: Context, organizationId: number, leadUuids: string[]): D1PreparedStatement[] {
  const change = { changeId: ctx.newId(), actor: actorStamp(ctx.actor), now: ctx.now };
  return purgeLeads(ctx.db, { organizationId, leadUuids, ...change });
}
