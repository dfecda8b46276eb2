/** Keys that make a retry harmless: the same key with the same words is answered as it was the first time. */
import { IDEMPOTENCY_TTL_HOURS, SUBMISSION_TTL_HOURS } from "../../shared/limits.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { IdempotencyRow } from "../store/capture.ts";
import { brokenRule, commit, firstRow } from "../store/d1.ts";
import { type FirstAnswer, firstAnswer, forgetExpiredKey, SUBMISSION_SCOPE } from "../store/repeats.ts";
import type { CaptureInput } from "./capture-input.ts";
import type { Context } from "./context.ts";
import { hmac, hmacs } from "./key-ring.ts";

export interface Idempotency {
  /** Whose key it is: a form's or a credential's, and for which route. */
  scope: string;
  key: string;
  /** The same key under the ring's older keys, in its order, where it is an HMAC: what was answered under them counts. */
  olderKeys?: string[];
  /** What the key stands for: the request's words. */
  content: string;
}

const PURPOSE = "fingerprint";

const ttlHours = (scope: string) => (scope.startsWith(SUBMISSION_SCOPE) ? SUBMISSION_TTL_HOURS : IDEMPOTENCY_TTL_HOURS);

/** The key of a capture, which stands for what the visitor entered. null: a page without script sends none. */
export function captureKey(
  input: Pick<CaptureInput, "submissionId" | "form" | "data" | "consent">,
): Idempotency | null {
  if (input.submissionId === null) return null;
  const words = Object.entries(input.data).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    scope: `${SUBMISSION_SCOPE}${input.form.id}`,
    key: input.submissionId.toLowerCase(),
    content: JSON.stringify([words, input.consent?.given ?? null]),
  };
}

type KeyRow = Pick<IdempotencyRow, "scope" | "key" | "fingerprint" | "created_at">;

/** The row that claims the key, but for what is answered. */
export function keyRow(ctx: Context, { scope, key, content }: Idempotency): KeyRow {
  return { scope, key, fingerprint: hmac(ctx.keys, PURPOSE, content) as string, created_at: ctx.now };
}

/** The same, a row for each key of the ring: whoever has only just one of them, old or new, recognises its own. */
export function keyRows(ctx: Context, idempotency: Idempotency): KeyRow[] {
  const fingerprints = hmacs(ctx.keys, PURPOSE, idempotency.content);
  return keysOf(idempotency).map((key, index) => {
    const row = keyRow(ctx, { ...idempotency, key });
    return { ...row, fingerprint: fingerprints[index] ?? row.fingerprint };
  });
}

const keysOf = ({ key, olderKeys = [] }: Idempotency): string[] => [key, ...olderKeys];

/**
 * What was answered to the key before, after the database refused it.
 * @returns key-reused where it came with other words; null where it has expired, and may be claimed anew.
 */
export async function answeredBefore(
  ctx: Context,
  organizationId: number,
  idempotency: Idempotency,
): Promise<Result<FirstAnswer, LeadFailure> | null> {
  const { scope, content } = idempotency;
  const expiry = ctx.now - ttlHours(scope) * 3_600_000;
  const keys = keysOf(idempotency);
  const statements = [
    ...keys.map((key) => forgetExpiredKey(ctx.db, organizationId, scope, key, expiry)),
    ...keys.map((key) => firstAnswer(ctx.db, organizationId, scope, key)),
  ];
  const results = await commit(ctx.db, statements, { repeatable: true });
  const [first] = results.slice(keys.length).flatMap((found) => firstRow<FirstAnswer>(found) ?? []);
  if (first === undefined) return null;
  // A purge has emptied the fingerprint: then the key alone speaks. Under every key of the ring, for a rotation's sake.
  const isSame = first.fingerprint === null || hmacs(ctx.keys, PURPOSE, content).includes(first.fingerprint);
  return isSame ? ok(first) : fail({ kind: "key-reused" });
}

/**
 * A write that may be a retry: what was answered before is answered again before anything is judged anew.
 * @param again says what was answered the first time.
 * @param write refused by the rule `idempotency-key` where the key was used at the same moment.
 */
export async function once<T, F>(
  ctx: Context,
  organizationId: number,
  idempotency: Idempotency | null,
  again: (first: FirstAnswer) => Promise<Result<T, F>>,
  write: () => Promise<Result<T, F>>,
): Promise<Result<T, F | LeadFailure>> {
  if (idempotency === null) return write();
  for (let attempts = 1; attempts <= 3; attempts += 1) {
    const answered = await answeredBefore(ctx, organizationId, idempotency);
    if (answered?.ok) return again(answered.value);
    if (answered) return answered;
    try {
      return await write();
    } catch (error) {
      if (brokenRule(error) !== "idempotency-key") throw error;
    }
  }
  throw new Error("a key was refused three times that nobody holds");
}
