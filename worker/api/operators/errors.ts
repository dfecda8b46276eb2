/** Problem details for operators: what a verb about leads refuses, and what a room refuses. */
import type { ChatErrorCode } from "../../../shared/chat-frames.ts";
import type { LeadFailure } from "../../domain/failure.ts";
import { problem } from "../http/problem.ts";

/** A room that does not answer is asked again soon. */
const RETRY_AFTER_SECONDS = 2;

const later = (kind: "rate-limited" | "unavailable", seconds = RETRY_AFTER_SECONDS): Response =>
  problem(kind, { headers: { "retry-after": String(seconds) } });

/** @param field what of the body named a user. */
export const noSuchUser = (field: string): Response =>
  problem("invalid-fields", {
    errors: [{ field, code: "unknown", message: "No active user of the organization has this id." }],
  });

export function leadProblem(failure: LeadFailure): Response {
  switch (failure.kind) {
    case "not-found":
    case "forbidden":
    case "conflict":
    case "gone":
    case "duplicate-lead":
      return problem(failure.kind);
    case "duplicates":
      return problem("duplicate-lead");
    case "no-such-assignee":
      return noSuchUser("user_id");
    case "invalid-fields":
      return problem("invalid-fields", {
        errors: failure.problems.map(({ field, code }) => ({ field, code, message: "This is not valid." })),
      });
    case "key-reused":
      return problem("idempotency-key-reused");
    case "rate-limited":
      return later("rate-limited", failure.retryAfterSeconds);
    case "invalid-cursor":
      return problem("malformed", { detail: "The cursor is not one of ours." });
  }
}

export function roomProblem(code: ChatErrorCode): Response {
  switch (code) {
    case "malformed":
      return problem("malformed");
    case "too-large":
      return problem("payload-too-large");
    case "rate-limited":
    case "unavailable":
      return later(code);
    case "closed":
      return problem("gone", { detail: "The conversation has ended." });
    case "not-found":
      return problem("not-found");
    case "hello-first":
    case "conflict":
      return problem("conflict", { detail: "Somebody else has the conversation, or nobody does: join it first." });
  }
}
