import type { CaptureAnswer, Challenge, Problem } from "../../shared/capture-api.ts";

/** What one request was answered. Everything but `later` and `challenged` is final: the outbox lets go of the submission. */
export type Reply = Outcome | { kind: "challenged"; challenge: Challenge };

/** What became of one attempt to send. */
export type Outcome =
  | { kind: "sent"; answer: CaptureAnswer }
  | { kind: "duplicate" }
  | { kind: "refused"; reason: string; errors: NonNullable<Problem["errors"]> }
  | { kind: "later"; waitMs?: number };

/** Answers that say "not now": timeout, too early, too many requests. */
const NOT_NOW = [408, 425, 429];

/**
 * Reads an answer. A success without a lead's id is none of ours (the login page of a hotel's network is 200 too),
 * so that it is tried again.
 * @param retryAfter The header, seconds or an HTTP date.
 * @param nowMs Milliseconds since 1970.
 */
export function judge(status: number, body: unknown, retryAfter: string | null, nowMs: number): Reply {
  const { id, type = "", errors = [], challenge } = (body ?? {}) as Partial<CaptureAnswer & Problem>;
  if (status < 300 && id) return { kind: "sent", answer: body as CaptureAnswer };
  if (status < 400 || status >= 500 || NOT_NOW.includes(status)) {
    return { kind: "later", waitMs: waitMs(retryAfter, nowMs) };
  }
  if (challenge) return { kind: "challenged", challenge };
  const reason = type.split(":").pop() || `${status}`;
  return reason === "duplicate-lead" ? { kind: "duplicate" } : { kind: "refused", reason, errors };
}

function waitMs(retryAfter: string | null, nowMs: number): number | undefined {
  if (!retryAfter) return undefined;
  const seconds = Number(retryAfter);
  return (Number.isNaN(seconds) ? Date.parse(retryAfter) - nowMs : seconds * 1000) || 0;
}
