/** Suspected spam: what admin sees, releases or drops. */
import { PAGE_SIZE_LIMIT } from "../../shared/limits.ts";
import { actorStamp } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import type { Lead } from "../domain/lead.ts";
import type { Keyset } from "../domain/lead-query.ts";
import { type LeadVerb, transitionMap } from "../domain/lead-transitions.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { insertClaims, insertIncoming } from "../store/capture.ts";
import { brokenRule, commit, firstRow } from "../store/d1.ts";
import { getForm } from "../store/forms.ts";
import { type HeldRow, heldDetails } from "../store/held-leads.ts";
import { changeLead, type LeadChange } from "../store/lead-changes.ts";
import { type LeadRow, leadOf } from "../store/lead-rows.ts";
import { anyLead, listHeldLeads } from "../store/lead-views.ts";
import { purgeLeads } from "../store/purge.ts";
import { announceNews } from "./announce.ts";
import type { Context } from "./context.ts";
import { intakeRows } from "./intake.ts";

/** Oldest first. */
export async function listHeld(
  ctx: Context,
  organizationId: number,
  after: Keyset | null,
): Promise<{ items: Lead[]; hasNext: boolean }> {
  const start = after ?? { at: -1, id: -1 };
  const { results } = await listHeldLeads(ctx.db, organizationId, start, PAGE_SIZE_LIMIT).all<LeadRow>();
  return { items: results.slice(0, PAGE_SIZE_LIMIT).map(leadOf), hasNext: results.length > PAGE_SIZE_LIMIT };
}

/**
 * Lets a held lead in. It meets the duplicate rules now: where its twin stands it stays held, and the failure is
 * duplicate-lead.
 */
export async function releaseLead(
  ctx: Context,
  organizationId: number,
  leadUuid: string,
): Promise<Result<Lead, LeadFailure>> {
  const [seen, details] = await commit(ctx.db, [
    anyLead(ctx.db, organizationId, leadUuid),
    heldDetails(ctx.db, organizationId, leadUuid),
  ]);
  const row = firstRow<LeadRow>(seen);
  const held = firstRow<HeldRow>(details);
  const form = row?.form_id ? await getForm(ctx.db, organizationId, row.form_id) : null;
  if (row === null || held === null || form === null || row.state !== "held") return fail({ kind: "not-found" });
  const lead = leadOf(row);
  const { claims, incoming } = await intakeRows(ctx.keys, {
    form,
    lead: { ...row, ...held, is_processable: lead.isProcessable },
    contact: { email_key: held.contact_email_key, phone_key: held.contact_phone_key },
    answers: lead.answers.flatMap((answer) => {
      const value = answer.mapsTo ? lead.person[answer.mapsTo] : answer.value;
      return value === null || value === undefined ? [] : [{ ...answer, value }];
    }),
    country: held.country,
    receivedAt: lead.receivedAt,
  });
  const change = changeOf(ctx, organizationId, leadUuid, "release");
  const changes = changeLead(ctx.db, change);
  const last = changes.pop() as D1PreparedStatement;
  const intake = [
    // Nothing is left of a purged lead that another could repeat.
    insertClaims(ctx.db, organizationId, lead.purgedAt === null ? claims : [], change.changeId),
    insertIncoming(ctx.db, organizationId, incoming, change.changeId),
  ];
  try {
    const result = released(await commit(ctx.db, [...changes, ...intake, last]), change.changeId);
    if (result.ok && result.value.state === "incoming") {
      const { uuid: id, category, receivedAt: received_at } = result.value;
      announceNews(ctx, organizationId, [{ id, category, name: result.value.person.name, received_at }]);
    }
    return result;
  } catch (error) {
    if (brokenRule(error) !== "claim") throw error;
    return fail({ kind: "duplicate-lead" });
  }
}

/** Drops a held lead for good, and empties it in the same batch. */
export async function dropLead(
  ctx: Context,
  organizationId: number,
  leadUuid: string,
): Promise<Result<Lead, LeadFailure>> {
  const change = changeOf(ctx, organizationId, leadUuid, "drop");
  const results = await commit(ctx.db, [
    ...changeLead(ctx.db, change),
    ...purgeLeads(ctx.db, {
      organizationId,
      leadUuids: [leadUuid],
      onlyDropped: true,
      changeId: ctx.newId(),
      actor: change.actor,
      now: ctx.now,
    }),
  ]);
  return released(results.slice(0, changeLead(ctx.db, change).length), change.changeId);
}

function changeOf(ctx: Context, organizationId: number, leadUuid: string, verb: LeadVerb): LeadChange {
  return {
    organizationId,
    lead: { uuid: leadUuid },
    view: null,
    onlyOwnedBy: null,
    next: transitionMap([verb]),
    kind: verb,
    actor: actorStamp(ctx.actor),
    sortedBy: ctx.actor.kind === "user" ? ctx.actor.user.id : null,
    changeId: ctx.newId(),
    now: ctx.now,
  };
}

function released(results: D1Result[], changeId: string): Result<Lead, LeadFailure> {
  const row = firstRow<LeadRow>(results.at(-1));
  return row?.change_id === changeId ? ok(leadOf(row)) : fail({ kind: "not-found" });
}
