/** A colleague's lead: accepted at once, since nobody sorts what a colleague brings. */
import { actorStamp, mayActFor } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { person } from "../domain/person.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { slugOf } from "../domain/slug.ts";
import { SOURCE_OF } from "../domain/source.ts";
import type { WorkedLead } from "../domain/worked-lead.ts";
import { insertIdempotency, insertLeads, type NewLead, settleLead } from "../store/capture.ts";
import { commit, firstRow } from "../store/d1.ts";
import { activeUserByName } from "../store/people.ts";
import type { StatusRow } from "../store/pipelines.ts";
import type { FirstAnswer } from "../store/repeats.ts";
import { type WorkedRow, workedLeadByUuid, workedLeadOf } from "../store/worked-leads.ts";
import { contactRow } from "./contact-rows.ts";
import type { Context } from "./context.ts";
import { type Idempotency, keyRow, once } from "./idempotency.ts";
import { choices, type LeadInput } from "./lead-input.ts";
import { NO_VISIT } from "./no-visit.ts";
import { firstStatus, type Vocabulary, vocabularyFrom, vocabularyStatements } from "./vocabulary.ts";

interface Made {
  lead: WorkedLead;
  isReplay: boolean;
}

/**
 * Agents assign to themselves alone.
 * @returns the lead; invalid-fields for a status or a source that is no choice, no-such-assignee, key-reused.
 */
export function createLead(
  ctx: Context,
  organizationId: number,
  input: LeadInput,
  idempotency: Idempotency | null,
): Promise<Result<Made, LeadFailure>> {
  const again = async ({ lead_uuid: uuid }: FirstAnswer): Promise<Result<Made, LeadFailure>> => {
    const row = await workedLeadByUuid(ctx.db, organizationId, uuid ?? "").first<WorkedRow>();
    return row === null ? fail({ kind: "conflict" }) : ok({ lead: workedLeadOf(row), isReplay: true });
  };
  return once(ctx, organizationId, idempotency, again, () => make(ctx, organizationId, input, idempotency));
}

async function make(
  ctx: Context,
  organizationId: number,
  input: LeadInput,
  idempotency: Idempotency | null,
): Promise<Result<Made, LeadFailure>> {
  const [assignee, ...words] = await commit(ctx.db, [
    activeUserByName(ctx.db, organizationId, input.assignee ?? ""),
    ...vocabularyStatements(ctx.db, organizationId),
  ]);
  const vocabulary = vocabularyFrom(organizationId, words);
  const { status, problems } = choices(vocabulary, input, vocabulary.mainPipelineId);
  if (problems.length > 0) return fail({ kind: "invalid-fields", problems });
  const owner = firstRow<{ id: number }>(assignee);
  if (input.assignee !== undefined && (owner === null || !mayActFor(ctx.actor, owner))) {
    return fail({ kind: "no-such-assignee", userUuid: input.assignee });
  }
  const lead = leadRow(ctx, input, { vocabulary, status, ownerId: owner?.id ?? null });
  return insert(ctx, organizationId, lead, input, idempotency);
}

async function insert(
  ctx: Context,
  organizationId: number,
  lead: NewLead,
  input: LeadInput,
  idempotency: Idempotency | null,
): Promise<Result<Made, LeadFailure>> {
  const contact = await contactRow(lead.uuid, { ...personOf(input), message: null }, ctx.now);
  const key = idempotency && { ...keyRow(ctx, idempotency), outcome: "created", lead_uuid: lead.uuid };
  const rows = { leads: [lead], contacts: [contact], claims: [], incoming: [] };
  const statements = [
    ...(key ? [insertIdempotency(ctx.db, organizationId, key)] : []),
    ...insertLeads(ctx.db, organizationId, rows, actorStamp(ctx.actor)),
    settleLead(ctx.db, organizationId, lead.uuid),
    workedLeadByUuid(ctx.db, organizationId, lead.uuid),
  ];
  const results = await commit(ctx.db, statements, { repeatable: key !== null });
  return ok({ lead: workedLeadOf(firstRow<WorkedRow>(results.at(-1)) as WorkedRow), isReplay: false });
}

const personOf = (input: LeadInput) =>
  person({
    first_name: input.firstName,
    last_name: input.lastName,
    email: input.email,
    phone: input.phone,
    location: input.location ?? undefined,
  });

function leadRow(
  ctx: Context,
  input: LeadInput,
  { vocabulary, status, ownerId }: { vocabulary: Vocabulary; status?: StatusRow; ownerId: number | null },
): NewLead {
  const uuid = ctx.newId();
  const { name } = personOf(input);
  const isClosed = status?.role === "closed";
  const pipelineId = vocabulary.mainPipelineId;
  const stage = status && !isClosed ? status : firstStatus(vocabulary, pipelineId);
  return {
    ...NO_VISIT,
    uuid,
    slug: slugOf(name, crypto.getRandomValues(new Uint8Array(10))),
    state: isClosed ? "closed" : ownerId === null ? "pending" : "assigned",
    change_id: uuid,
    second_event: null,
    pipeline_id: pipelineId,
    status_id: stage?.id ?? 0,
    owner_id: ownerId,
    creator_id: ctx.actor.kind === "user" ? ctx.actor.user.id : null,
    is_processable: false,
    category: "colleague",
    source: input.source ?? SOURCE_OF.colleague,
    name,
    message: input.message ?? null,
    price: null,
    custom_fields: null,
    tags: null,
    at: ctx.now,
  };
}
