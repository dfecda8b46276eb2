/**
 * The v4 API's words for what went wrong. Clients recognise an error by its media type to the byte, without a charset,
 * and by the `status` in its body.
 */
import type { LeadFailure } from "../../domain/failure.ts";

export interface ValidationError {
  request_id?: string;
  errors: { code: string; path: string; detail: string }[];
}

const TITLES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Entity",
  429: "Too Many Requests",
  500: "Internal Server Error",
};

export function problem(
  status: number,
  detail: string,
  extra: { validation?: ValidationError[]; headers?: Record<string, string>; members?: object } = {},
): Response {
  const body = {
    ...(extra.validation ? { "validation-errors": extra.validation } : {}),
    title: TITLES[status] ?? "Error",
    type: `https://httpstatus.es/${status}`,
    status,
    detail,
    ...extra.members,
  };
  const headers = { "content-type": "application/problem+json", "cache-control": "no-store", ...extra.headers };
  return new Response(JSON.stringify(body), { status, headers });
}

export const invalid = (validation: ValidationError[]): Response =>
  problem(400, "Request validation failed", { validation });

export function failureProblem(failure: LeadFailure): Response {
  switch (failure.kind) {
    case "not-found":
    case "gone":
      return problem(404, "The incoming lead was not found. It may have been sorted already.");
    case "forbidden":
      return problem(403, "Insufficient rights to call this method.");
    case "conflict":
      return problem(409, "The lead was changed in the meantime.");
    case "duplicate-lead":
      return problem(400, "There can't be 2 identical entities in the Incoming leads.");
    case "duplicates":
      return invalid(
        failure.requestIds.map((request_id) => ({
          request_id,
          errors: [
            { code: "NotUnique", path: "", detail: "There can't be 2 identical entities in the Incoming leads." },
          ],
        })),
      );
    case "no-such-assignee":
      return invalid([{ errors: [{ code: "NotSupportedChoice", path: "user_id", detail: "There is no such user." }] }]);
    case "invalid-fields":
      return invalid([
        {
          errors: failure.problems.map(({ field, code }) => ({
            code,
            path: field,
            detail: "The value you selected is not a valid choice.",
          })),
        },
      ]);
    case "key-reused":
      return problem(422, "The idempotency key was used before, with other content.");
    case "rate-limited": {
      const seconds = failure.retryAfterSeconds;
      const headers = { "retry-after": String(seconds) };
      return problem(429, "Too many requests.", { headers, members: { retry_after: seconds } });
    }
    case "invalid-cursor":
      return problem(400, "The cursor is not one of ours.");
  }
}
