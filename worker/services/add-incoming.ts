/**
 * Leads that callers bring: calls and forms, one or many, all or none. One batch, whatever their number; a twin in the
 * store or in the same request refuses the whole of it and names every offender.
 */
import { actorStamp } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { insertIdempotency, insertLeads } from "../store/capture.ts";
import { brokenRule, commit } from "../store/d1.ts";
import { type IncomingRow, listByUid } from "../store/incoming.ts";
import { claimsHeld } from "../store/repeats.ts";
import { announceLeads, whoListens } from "./announce.ts";
import type { Context } from "./context.ts";
import { answeredBefore, type Idempotency, keyRows } from "./idempotency.ts";
import type { IncomingInput } from "./incoming-input.ts";
import { pipelineStarts, type Rows, rowsOf } from "./incoming-rows.ts";

export interface AddedIncoming {
  requestId: string;
  uid: string;
  leadId: number;
  contactId: number;
  companyId: number | null;
}

type Added = { added: AddedIncoming[]; isReplay: boolean };

/**
 * @param idempotency the caller's key with what it stands for, or null.
 * @returns what was added, in order; invalid-fields with a request's index for pipelines of nobody, duplicates with the
 *   request ids of all offenders, key-reused.
 */
export async function addIncoming(
  ctx: Context,
  organizationId: number,
  inputs: IncomingInput[],
  idempotency: Idempotency | null,
): Promise<Result<Added, LeadFailure>> {
  const starts = await pipelineStarts(ctx, organizationId, inputs);
  if (!starts.ok) return starts;
  const rows = await rowsOf(ctx, inputs, starts.value);
  const twins = twinsWithin(rows);
  if (twins.size > 0) {
    const offenders = new Set([...twins, ...(await standing(ctx, organizationId, rows))]);
    return fail({ kind: "duplicates", requestIds: requestIdsOf(inputs, rows, offenders) });
  }
  for (let attempts = 1; ; attempts += 1) {
    const result = await attempt(ctx, organizationId, inputs, rows, idempotency);
    if (result !== "again") return result;
    if (attempts === 3) throw new Error("add incoming: refused three times by rules that no longer held");
  }
}

async function attempt(
  ctx: Context,
  organizationId: number,
  inputs: IncomingInput[],
  rows: Rows,
  idempotency: Idempotency | null,
): Promise<Result<Added, LeadFailure> | "again"> {
  const answer = inputs.map(({ requestId }, index) => ({ requestId, uid: rows.incoming[index]?.uid as string }));
  const statements = [
    ...whoListens(ctx, organizationId, rows),
    ...(idempotency
      ? keyRows(ctx, idempotency).map((row) =>
          insertIdempotency(ctx.db, organizationId, {
            ...row,
            outcome: "created",
            lead_uuid: null,
            // Request ids come again with the retry; what a caller called a person is not kept.
            answer: JSON.stringify(answer.map(({ uid }) => uid)),
          }),
        )
      : []),
    ...insertLeads(ctx.db, organizationId, rows, actorStamp(ctx.actor)),
    listByUid(ctx.db, organizationId, queryOf(answer)),
  ];
  try {
    const results = await commit(ctx.db, statements, { repeatable: idempotency !== null });
    announceLeads(ctx, organizationId, rows, results[0]);
    return ok({ added: inOrder(answer, results.at(-1)?.results as unknown as IncomingRow[]), isReplay: false });
  } catch (error) {
    const rule = brokenRule(error);
    if (rule === "idempotency-key" && idempotency) {
      const replayed = await replay(ctx, organizationId, inputs, idempotency);
      if (replayed === "again" || !replayed.ok || replayed.value.added[0]?.uid !== answer[0]?.uid) return replayed;
      // Our own key: it stood by the first sending, whose answer was lost.
      announceLeads(ctx, organizationId, rows, undefined);
      return ok({ ...replayed.value, isReplay: false });
    }
    if (rule !== "claim") throw error;
    const offenders = await standing(ctx, organizationId, rows);
    if (offenders.size === 0) return "again";
    return fail({ kind: "duplicates", requestIds: requestIdsOf(inputs, rows, offenders) });
  }
}

/** Uuids of those whose twin stands in the store. */
async function standing(ctx: Context, organizationId: number, { claims }: Rows): Promise<Set<string>> {
  const { results } = await claimsHeld(ctx.db, organizationId, claims).all<{ key: string }>();
  const held = new Set(results.map(({ key }) => key));
  return new Set(claims.filter(({ key }) => held.has(key)).map(({ lead_uuid }) => lead_uuid));
}

/** Uuids of those whose twin is in the same request, both of them. */
function twinsWithin({ claims }: Rows): Set<string> {
  const first = new Map<string, string>();
  const twins = new Set<string>();
  for (const { key, lead_uuid } of claims) {
    const twin = first.get(key);
    if (twin === undefined) first.set(key, lead_uuid);
    else twins.add(twin).add(lead_uuid);
  }
  return twins;
}

const requestIdsOf = (inputs: IncomingInput[], rows: Rows, uuids: Set<string>): string[] =>
  inputs.flatMap(({ requestId }, index) => (uuids.has(rows.leads[index]?.uuid as string) ? [requestId] : []));

async function replay(
  ctx: Context,
  organizationId: number,
  inputs: IncomingInput[],
  idempotency: Idempotency,
): Promise<Result<Added, LeadFailure> | "again"> {
  const answered = await answeredBefore(ctx, organizationId, idempotency);
  if (answered === null) return "again";
  if (!answered.ok) return answered;
  const uids = JSON.parse(answered.value.answer ?? "[]") as string[];
  const answer = uids.map((uid, index) => ({ uid, requestId: inputs[index]?.requestId ?? String(index) }));
  const { results } = await listByUid(ctx.db, organizationId, queryOf(answer)).all<IncomingRow>();
  return ok({ added: inOrder(answer, results), isReplay: true });
}

type Answer = { requestId: string; uid: string };

const queryOf = (answer: Answer[]) => ({
  uids: answer.map(({ uid }) => uid),
  order: "ascending" as const,
  limit: answer.length,
  skip: 0,
});

function inOrder(answer: Answer[], rows: IncomingRow[]): AddedIncoming[] {
  const byUid = new Map(rows.map((row) => [row.uid, row]));
  return answer.flatMap(({ requestId, uid }) => {
    const row = byUid.get(uid);
    return row ? [{ requestId, uid, leadId: row.lead_id, contactId: row.contact_id, companyId: row.company_id }] : [];
  });
}
