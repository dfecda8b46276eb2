/**
 * The v4 API's words for what went wrong. Clients recognise an error by its media type to the byte, without a charset,
 * and by the `status` in its body.
 */
import type { FieldProblem, LeadFailure } from "../../domain/failure.ts";
import type { ValidationError } from "./bodies.ts";

export type { ValidationError };

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
  503: "Service Unavailable",
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

const CHOICES: Record<string, string> = {
  user_id: "There is no such active user in the account.",
  status_id: "There is no such status in the account, or it is the stage of incoming leads.",
  pipeline_id: "There is no such pipeline in the account.",
  category: "Only incoming leads of the chats category can be linked.",
  "link.entity_id": "There is no such accepted lead or customer in the account.",
  "link.metadata.contact_id": "There is no such contact of an accepted lead in the account.",
};
const choiceError = ({ field, code }: FieldProblem) => ({
  code,
  path: field,
  detail: CHOICES[field] ?? "The value you selected is not a valid choice.",
});

/** Problems of several requests, each problem's field beginning with its request's index. */
export function invalidRequests(problems: FieldProblem[], requestIds: string[]): Response {
  return invalid(
    requestIds.flatMap((request_id, index) => {
      const own = problems.filter(({ field }) => field.startsWith(`${index}.`));
      const errors = own.map(({ field, code }) => choiceError({ field: field.slice(`${index}.`.length), code }));
      return errors.length > 0 ? [{ request_id, errors }] : [];
    }),
  );
}

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
      return invalid([{ errors: [choiceError({ field: "user_id", code: "NotSupportedChoice" })] }]);
    case "invalid-fields":
      return invalid([{ errors: failure.problems.map(choiceError) }]);
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
