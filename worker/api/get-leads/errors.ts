/** The get-leads API's words for what went wrong. */
import type { FieldProblem, LeadFailure } from "../../domain/failure.ts";
import type { FieldsFailure } from "../http/fields.ts";
import { message } from "../http/message.ts";

const PROBLEMS: Record<string, string> = {
  "first_day invalid_date": "startDate must be a date like 2023-07-10.",
  "last_day invalid_date": "endDate must be a date like 2023-07-10.",
  "last_day before_first": "startDate must not be after endDate.",
};
const problemText = ({ field, code }: FieldProblem): string => PROBLEMS[`${field} ${code}`] ?? `${field}: ${code}.`;

export function failureAnswer(failure: LeadFailure): Response {
  switch (failure.kind) {
    case "not-found":
    case "gone":
      return message(404, "There is no chatbot with this chatbotId.");
    case "invalid-fields":
      return message(400, failure.problems.map(problemText).join(" "));
    case "no-such-assignee":
    case "invalid-cursor":
      return message(400, "The request is not valid.");
    case "forbidden":
      return message(401, "These credentials may not do this.");
    case "conflict":
    case "duplicate-lead":
    case "duplicates":
    case "key-reused":
      return message(409, "The request repeats or contradicts another.");
    case "rate-limited":
      return message(429, "Too many requests.", { "retry-after": String(failure.retryAfterSeconds) });
  }
}

/** Why a body cannot be read. */
export function unreadable(failure: FieldsFailure): string {
  switch (failure.kind) {
    case "no-form":
      return "The body cannot be read as a form.";
    case "no-json":
      return `The body cannot be read as JSON: ${failure.why}`;
    case "no-object":
    case "unsupported":
      return "The body must be a JSON object.";
  }
}
