/** Problem details for administrators. */
import type { LeadFailure } from "../../domain/failure.ts";
import { problem } from "../http/problem.ts";

export function failureProblem(failure: LeadFailure): Response {
  switch (failure.kind) {
    case "not-found":
      return problem("not-found");
    case "gone":
      return problem("gone");
    case "forbidden":
      return problem("forbidden");
    case "conflict":
      return problem("conflict");
    case "duplicate-lead":
    case "duplicates":
      return problem("duplicate-lead", { detail: "The request that it repeats still stands." });
    case "no-such-assignee":
      return problem("invalid-fields", {
        errors: [{ field: "user_id", code: "unknown", message: "No active user of the organization has this id." }],
      });
    case "invalid-fields":
      return problem("invalid-fields", {
        errors: failure.problems.map(({ field, code }) => ({
          field,
          code,
          message: code === "unknown" ? "The organization has none of this id that is active." : "This is not valid.",
        })),
      });
    case "key-reused":
      return problem("idempotency-key-reused");
    case "rate-limited":
      return problem("rate-limited", { headers: { "retry-after": String(failure.retryAfterSeconds) } });
    case "invalid-cursor":
      return problem("malformed", { detail: "The cursor is not one of ours." });
  }
}
