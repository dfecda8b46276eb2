/** What happens to a capture whose claims another lead holds. */
import type { NewClaim, RateRow } from "../store/capture.ts";
import { countRates } from "../store/capture.ts";
import { brokenRule, commit } from "../store/d1.ts";
import { type ClaimHolder, claimHolders, countAttempt, noteRepeat, type RepeatNote } from "../store/repeats.ts";
import type { CaptureOutcome } from "./capture-input.ts";
import type { Context } from "./context.ts";
import { rememberFull } from "./rates.ts";

export type DuplicateAnswer =
  /** Nobody holds the claims any more. */
  | { kind: "claim-ended" }
  /** The key was answered by another request in the meantime. */
  | { kind: "key-used" }
  | { kind: "rate-limited" }
  /** The same visitor wrote before, and may know it. */
  | { kind: "duplicate" }
  /** Somebody else wrote before: the answer is that of a new lead, with an id that names nothing. */
  | { kind: "thanked"; leadUuid: string };

/** Counts the attempt, keeps its words where they are asked for, and remembers the answer: one batch. */
export async function answerDuplicate(
  ctx: Context,
  repeat: {
    organizationId: number;
    visitorId: string | null;
    claims: NewClaim[];
    /** The words to keep as a note on the lead that they repeat; null keeps none. */
    note: RepeatNote | null;
    rates: RateRow[];
    remember: (outcome: CaptureOutcome, leadUuid: string | null) => D1PreparedStatement[];
  },
): Promise<DuplicateAnswer> {
  const { organizationId, claims, rates } = repeat;
  const { results: holders } = await claimHolders(ctx.db, organizationId, claims).all<ClaimHolder>();
  const [first] = holders;
  if (first === undefined) return { kind: "claim-ended" };
  const known = repeat.visitorId !== null && holders.some((holder) => holder.visitor_id === repeat.visitorId);
  const leadUuid = known ? null : ctx.newId();
  const remembered = repeat.remember(known ? "duplicate" : "thanked", leadUuid);
  const statements = [
    ...remembered,
    ...(rates.length > 0 ? [countRates(ctx.db, organizationId, rates)] : []),
    ...holders.map((holder) => countAttempt(ctx.db, organizationId, holder.lead_id, ctx.now)),
    ...(repeat.note === null ? [] : [noteRepeat(ctx.db, organizationId, first.lead_id, repeat.note, ctx.now)]),
  ];
  try {
    await commit(ctx.db, statements, { repeatable: remembered.length > 0 });
  } catch (error) {
    const rule = brokenRule(error);
    if (rule === "idempotency-key") return { kind: "key-used" };
    if (rule !== "rate") throw error;
    rememberFull(rates, ctx.now);
    return { kind: "rate-limited" };
  }
  return leadUuid === null ? { kind: "duplicate" } : { kind: "thanked", leadUuid };
}
