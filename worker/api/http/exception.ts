/** What is left when an exception reaches a dialect: a line in the log, and an answer that says whose fault it is. */
import type { Context } from "hono";
import type { ProblemKind } from "../../../shared/capture-api.ts";
import { DatabaseAway } from "../../domain/database-away.ts";
import { logError } from "./log.ts";

export interface Exception {
  /** 503 where the same may be asked again soon, and `headers` then say when. */
  status: 500 | 503;
  kind: Extract<ProblemKind, "internal" | "unavailable">;
  /** For dialects that say it in a sentence. */
  text: string;
  headers: Record<string, string>;
}

/** As the framework words them that two of the APIs are spelt after. */
export const SERVER_ERRORS: Record<Exception["status"], string> = {
  500: "A server error occurred.",
  503: "Service temporarily unavailable, try again later.",
};

/** Logs it, and says what every dialect answers to it, in its own form. */
export function caught(error: Error, c: Pick<Context, "req">): Exception {
  logError(error, { method: c.req.method, route: c.req.routePath });
  if (!(error instanceof DatabaseAway)) {
    return { status: 500, kind: "internal", text: "Something went wrong on our side.", headers: {} };
  }
  const headers = { "retry-after": String(error.retryAfterSeconds) };
  return { status: 503, kind: "unavailable", text: "The database does not answer just now. Try again soon.", headers };
}
