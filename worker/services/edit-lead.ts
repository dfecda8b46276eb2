/** New words about a lead: who it is from, where it stands, whose it is. All of one edit, or nothing. */
import { actorStamp, hasLeadOf, mayActFor, ownLeadsOf } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { isGone } from "../domain/lead.ts";
import { type LeadVerb, transitionMap } from "../domain/lead-transitions.ts";
import { person } from "../domain/person.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { WorkedLead } from "../domain/worked-lead.ts";
import { commit, firstRow } from "../store/d1.ts";
import { changeLead } from "../store/lead-changes.ts";
import { allOf, type LeadWords, NOT_EMPTIED } from "../store/lead-words.ts";
import { activeUserByName } from "../store/people.ts";
import { type StatusRow, statusStands } from "../store/pipelines.ts";
import { leadBySlug, type WorkedRow, workedLeadOf } from "../store/worked-leads.ts";
import { keysOf } from "./contact-rows.ts";
import type { Context } from "./context.ts";
import { choices, type LeadInput } from "./lead-input.ts";
import { vocabularyFrom, vocabularyStatements } from "./vocabulary.ts";

type Edited = Promise<Result<WorkedLead, LeadFailure>>;

/**
 * A status closes a lead, or opens it again. Agents edit their own leads, and assign to themselves alone.
 * @returns the lead after the edit; in this order invalid-fields for a status or a source that is no choice, not-found
 *   for what is unknown, gone or emptied, no-such-assignee, forbidden; conflict where it was changed at the same moment.
 */
export async function editLead(ctx: Context, organizationId: number, slug: string, input: LeadInput): Edited {
  const [before, assignee, ...words] = await commit(ctx.db, [
    leadBySlug(ctx.db, organizationId, slug),
    activeUserByName(ctx.db, organizationId, input.assignee ?? ""),
    ...vocabularyStatements(ctx.db, organizationId),
  ]);
  const row = firstRow<WorkedRow>(before);
  const vocabulary = vocabularyFrom(organizationId, words);
  const { status, problems } = choices(vocabulary, input, row?.pipeline_id ?? vocabulary.mainPipelineId);
  if (problems.length > 0) return fail({ kind: "invalid-fields", problems });
  const refusal = refusalOf(ctx, row);
  const owner = firstRow<{ id: number; uuid: string }>(assignee);
  if (refusal?.kind === "not-found") return fail(refusal);
  if (input.assignee !== undefined && (owner === null || !mayActFor(ctx.actor, owner))) {
    return fail({ kind: "no-such-assignee", userUuid: input.assignee });
  }
  if (refusal) return fail(refusal);
  return write(ctx, organizationId, { slug, input, status, ownerUuid: owner?.uuid });
}

/** Why this actor may not touch the lead. */
function refusalOf(ctx: Context, row: WorkedRow | null): LeadFailure | null {
  if (row === null || isGone(row) || row.purged_at !== null) return { kind: "not-found" };
  return hasLeadOf(ctx.actor, row.keeper_id) ? null : { kind: "forbidden" };
}

interface Edit {
  slug: string;
  input: LeadInput;
  status?: StatusRow;
  ownerUuid?: string;
}

async function write(ctx: Context, organizationId: number, { slug, input, status, ownerUuid }: Edit): Edited {
  const changeId = ctx.newId();
  const verbs: LeadVerb[] = ["edit"];
  if (ownerUuid !== undefined) verbs.push("assign");
  if (status) verbs.push(status.role === "closed" ? "close" : "reopen");
  const results = await commit(ctx.db, [
    ...changeLead(ctx.db, {
      organizationId,
      lead: { slug },
      view: { kind: "worked" },
      onlyOwnedBy: null,
      onlyKeptBy: ownLeadsOf(ctx.actor) ?? null,
      next: transitionMap(verbs),
      ownerUuid,
      stage: stageOf(status),
      words: await wordsOf(input),
      provided: allOf(NOT_EMPTIED, status && statusStands(organizationId, status)),
      kind: "edit",
      actor: actorStamp(ctx.actor),
      sortedBy: null,
      changeId,
      now: ctx.now,
    }),
    leadBySlug(ctx.db, organizationId, slug),
  ]);
  const after = firstRow<WorkedRow>(results.at(-1));
  if (after?.change_id === changeId) return ok(workedLeadOf(after));
  return fail(refusalOf(ctx, after) ?? { kind: "conflict" });
}

/** A closed lead's state says so; the stage of work stays what it was. */
function stageOf(status: StatusRow | undefined) {
  if (status === undefined || status.role === "closed") return undefined;
  return { statusId: status.id, pipelineId: status.pipeline_id };
}

async function wordsOf(input: LeadInput): Promise<LeadWords> {
  const who = person({
    first_name: input.firstName,
    last_name: input.lastName,
    email: input.email,
    phone: input.phone,
  });
  const { name, first_name, last_name, email, phone } = who;
  return {
    source: input.source,
    message: input.message,
    contact: { name, first_name, last_name, email, phone, ...(await keysOf(who, null)), location: input.location },
  };
}
