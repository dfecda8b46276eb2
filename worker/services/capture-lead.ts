/**
 * A visitor's form becomes a lead: once, whatever is retried, repeated or sent twice at the same moment.
 *
 * One batch inserts the idempotency key, counts the rates, and makes the lead with its claims, contact, intake and first
 * event. The database refuses it whole for a used key, a full window or a held claim; only then is anything read.
 */
import { actorStamp } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { countRates, insertIdempotency, insertLeads, type RateRow } from "../store/capture.ts";
import { brokenRule, commit } from "../store/d1.ts";
import type { FirstAnswer, RepeatNote } from "../store/repeats.ts";
import { announceLeads, whoListens } from "./announce.ts";
import { answerDuplicate } from "./answer-duplicate.ts";
import type { Captured, CaptureFailure, CaptureInput, CaptureOutcome } from "./capture-input.ts";
import type { Context } from "./context.ts";
import { answeredBefore, captureKey, type Idempotency, keyRow } from "./idempotency.ts";
import { type PreparedLead, prepareLead } from "./prepare-lead.ts";
import { knownFull, rateRows, rememberFull, retryAfterSeconds } from "./rates.ts";

/** Everything that one attempt to store a capture needs. */
export interface Attempt {
  input: CaptureInput;
  prepared: PreparedLead;
  idempotency: Idempotency | null;
  rates: RateRow[];
}

/**
 * @returns the lead; or invalid-fields, rate-limited, key-reused, or duplicate-lead where the same visitor's earlier
 *   request still stands, or challenge-required. Anyone else who repeats is thanked like the first, so that nobody
 *   learns who has written.
 */
export async function captureLead(ctx: Context, input: CaptureInput): Promise<Result<Captured, CaptureFailure>> {
  const rates = rateRows(input.form, input.visit.ip, ctx.keys, ctx.now);
  const isFull = knownFull(rates, ctx.now);
  // Nobody has to work for a refusal, and nobody is asked about them.
  const prepared = await prepareLead(ctx, isFull ? { ...input, solution: undefined } : input);
  const idempotency = captureKey(input);
  if (!prepared.ok) return saidBefore(ctx, input, prepared, idempotency);
  const attempt: Attempt = { input, prepared: prepared.value, idempotency, rates };
  if (isFull) {
    // One read instead of a batch that would be refused: who was answered before is answered again.
    const replayed = idempotency === null ? "again" : await replay(ctx, attempt);
    return replayed === "again" ? tooMany(ctx) : replayed;
  }
  // A claim or a key may be given up between the refusal and our look at it: then the second attempt stands.
  for (let attempts = 1; ; attempts += 1) {
    const result = await attemptCapture(ctx, attempt);
    if (result !== "again") return result;
    if (attempts === 3) throw new Error("capture: refused three times by rules that no longer held");
  }
}

async function attemptCapture(ctx: Context, attempt: Attempt): Promise<Result<Captured, LeadFailure> | "again"> {
  const { input, prepared, rates } = attempt;
  const organizationId = input.organization.id;
  const statements = [
    ...whoListens(ctx, organizationId, prepared.rows),
    ...idempotencyStatement(ctx, attempt, "created", prepared.uuid),
    ...(rates.length > 0 ? [countRates(ctx.db, organizationId, rates)] : []),
    ...insertLeads(ctx.db, organizationId, prepared.rows, actorStamp(ctx.actor)),
  ];
  try {
    const results = await commit(ctx.db, statements, { repeatable: attempt.idempotency !== null });
    return made(ctx, attempt, results[0]);
  } catch (error) {
    const rule = brokenRule(error);
    if (rule === "idempotency-key") {
      const replayed = await replay(ctx, attempt);
      // Our own key: it stood by the first sending, whose answer was lost.
      const isOurs = replayed !== "again" && replayed.ok && replayed.value.leadUuid === prepared.uuid;
      return isOurs ? made(ctx, attempt) : replayed;
    }
    if (rule === "rate") {
      rememberFull(rates, ctx.now);
      return tooMany(ctx);
    }
    if (rule === "claim") return duplicate(ctx, attempt);
    throw error;
  }
}

function made(ctx: Context, { input, prepared }: Attempt, heard?: D1Result): Result<Captured, never> {
  announceLeads(ctx, input.organization.id, prepared.rows, heard);
  return ok({ leadUuid: prepared.uuid, createdAt: ctx.now, isReplay: false });
}

async function duplicate(ctx: Context, attempt: Attempt): Promise<Result<Captured, LeadFailure> | "again"> {
  const { organization } = attempt.input;
  const answer = await answerDuplicate(ctx, {
    organizationId: organization.id,
    visitorId: attempt.input.visit.visitorId,
    claims: attempt.prepared.rows.claims,
    note: noteOf(attempt),
    rates: attempt.rates,
    remember: (outcome, leadUuid) => idempotencyStatement(ctx, attempt, outcome, leadUuid),
  });
  switch (answer.kind) {
    case "claim-ended":
      return "again";
    case "key-used":
      return replay(ctx, attempt);
    case "rate-limited":
      return tooMany(ctx);
    case "duplicate":
      return fail({ kind: "duplicate-lead" });
    case "thanked":
      return ok({ leadUuid: answer.leadUuid, createdAt: ctx.now, isReplay: false });
  }
}

/** Under the policy `contact` what a newcomer says is kept with the lead that has their e-mail or phone. */
function noteOf({ input, prepared }: Attempt): RepeatNote | null {
  if (input.form.settings.duplicate_policy !== "contact") return null;
  const [contact] = prepared.rows.contacts;
  return { text: prepared.words, emailKey: contact?.email_key ?? null, phoneKey: contact?.phone_key ?? null };
}

/** Says again what was said to the key, if it came with the same words. */
async function replay(ctx: Context, attempt: Attempt): Promise<Result<Captured, LeadFailure> | "again"> {
  const { idempotency, input } = attempt;
  if (idempotency === null) throw new Error("capture: a key was refused that was not sent");
  const answered = await answeredBefore(ctx, input.organization.id, idempotency);
  if (answered === null) return "again";
  return answered.ok ? said(answered.value) : answered;
}

/** What a form refuses by now it may have taken when it asked for less: a retry hears what the first sending heard. */
async function saidBefore(
  ctx: Context,
  input: CaptureInput,
  refused: Result<never, CaptureFailure>,
  idempotency: Idempotency | null,
): Promise<Result<Captured, CaptureFailure>> {
  if (refused.ok || refused.failure.kind !== "invalid-fields" || idempotency === null) return refused;
  const answered = await answeredBefore(ctx, input.organization.id, idempotency);
  return answered?.ok ? said(answered.value) : refused;
}

function said(first: FirstAnswer): Result<Captured, LeadFailure> {
  if (first.outcome === ("duplicate" satisfies CaptureOutcome)) return fail({ kind: "duplicate-lead" });
  return ok({ leadUuid: first.lead_uuid as string, createdAt: first.created_at, isReplay: true });
}

function idempotencyStatement(
  ctx: Context,
  attempt: Attempt,
  outcome: CaptureOutcome,
  leadUuid: string | null,
): D1PreparedStatement[] {
  if (attempt.idempotency === null) return [];
  const row = { ...keyRow(ctx, attempt.idempotency), outcome, lead_uuid: leadUuid };
  return [insertIdempotency(ctx.db, attempt.input.organization.id, row)];
}

const tooMany = (ctx: Context): Result<never, LeadFailure> =>
  fail({ kind: "rate-limited", retryAfterSeconds: retryAfterSeconds(ctx.now) });
