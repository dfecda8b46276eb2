/** The v5 API's words for what went wrong: `detail`, or messages by field, as its framework spells them. */
import type { LeadFailure } from "../../domain/failure.ts";
import type { FieldErrors } from "./schemas.ts";

export const detail = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  answer(status, { detail: text }, headers);

export const fieldErrors = (errors: FieldErrors): Response => answer(400, errors);

export const notFound = (): Response => detail(404, "Not found.");
export const permissionDenied = (): Response => detail(403, "You do not have permission to perform this action.");

function answer(status: number, body: object, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
}

export function failureAnswer(failure: LeadFailure): Response {
  switch (failure.kind) {
    case "not-found":
    case "gone":
      return notFound();
    case "forbidden":
      return permissionDenied();
    case "conflict":
      return detail(409, "The lead was changed in the meantime.");
    case "no-such-assignee":
      return fieldErrors({ assigned_user_id: [`Invalid pk "${failure.userUuid}" - object does not exist.`] });
    case "invalid-cursor":
      return detail(404, "Invalid cursor");
    case "rate-limited": {
      const seconds = failure.retryAfterSeconds;
      const headers = { "retry-after": String(seconds) };
      return detail(429, `Request was throttled. Expected available in ${seconds} seconds.`, headers);
    }
    case "duplicate-lead":
    case "duplicates":
    case "key-reused":
      return detail(409, "The request repeats an earlier one.");
    case "invalid-fields":
      return fieldErrors(Object.fromEntries(failure.problems.map(({ field, code }) => [field, [code]])));
  }
}
