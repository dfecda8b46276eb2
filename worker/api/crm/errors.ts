/**
 * The CRM's words for what went wrong, spelt as its document spells them: by field with 400, or of the whole request
 * ("Request Failed") with 401. What the document does not know has the words that its framework uses.
 */
import type { FieldProblem, LeadFailure } from "../../domain/failure.ts";
import type { AppointmentFailure } from "../../services/appointments.ts";
import type { FieldsFailure } from "../http/fields.ts";
import { envelope, type FieldErrors } from "./envelope.ts";

export const fieldErrors = (errors: FieldErrors): Response => envelope(400, {}, errors);

/** Of the request as a whole. */
export const failed = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  envelope(status, {}, { non_field_errors: [text] }, headers);

export type Operation =
  | "overview"
  | "list"
  | "view-lead"
  | "create-lead"
  | "update-lead"
  | "delete-lead"
  | "create-appointment"
  | "update-appointment"
  | "delete-appointment"
  | "create-note"
  | "delete-note"
  | "login";

export type CrmFailure = AppointmentFailure | LeadFailure | { kind: "no-such-lead" };
/** A field's name, or null for the request as a whole; and the words. */
type Words = readonly [field: string | null, text: string];

const TIMES = {
  overlap: [null, "Appointment schedule exists for this time."],
  "ends-before-start": [null, "End Date Can't be prior to Start Date."],
  "in-the-past": [null, "Please Specify a date in the future."],
  "no-appointment-under": ["slug", "You can't take appointment under this lead."],
} as const;

const WORDS: Record<Operation, Partial<Record<CrmFailure["kind"], Words>>> = {
  overview: {},
  list: {},
  login: {},
  "view-lead": { "not-found": ["slug", "Requested slug is invalid."] },
  "create-lead": {},
  "update-lead": {
    "not-found": [null, "Requested lead does not esixt."],
    gone: [null, "Requested lead does not esixt."],
    forbidden: [null, "You are not owner of this lead."],
  },
  "delete-lead": {
    "not-found": ["slug", "Requested lead not found."],
    gone: ["slug", "Requested lead already has a deleted status."],
    forbidden: [null, "You can't delete this lead."],
  },
  "create-appointment": { ...TIMES, "not-found": ["slug", "Requested slug is invalid."] },
  "update-appointment": {
    ...TIMES,
    "not-found": ["appointment_id", "Requested appointment not found."],
    "no-such-lead": ["slug", "Requested slug is invalid."],
    forbidden: [null, "You can't update this appointment."],
  },
  "delete-appointment": {
    "not-found": ["appointment_id", "Requested appointment not found."],
    forbidden: [null, "You can't delete this appointment."],
  },
  "create-note": {
    "not-found": ["slug", "Requested lead not found."],
    gone: ["slug", "Requested lead already has a deleted status."],
    forbidden: [null, "You can't add note on this lead."],
  },
  "delete-note": {
    "not-found": ["note_id", "Requested note not found."],
    forbidden: [null, "You can't delete this note."],
  },
};

/** @param sent the fields of the request, for words that repeat a value. */
export function failureAnswer(operation: Operation, failure: CrmFailure, sent: Record<string, unknown> = {}): Response {
  const words = WORDS[operation][failure.kind];
  if (words) return words[0] === null ? failed(401, words[1]) : fieldErrors({ [words[0]]: [words[1]] });
  switch (failure.kind) {
    case "not-found":
    case "no-such-lead":
    case "gone":
      return failed(404, "Not found.");
    case "forbidden":
    case "no-appointment-under":
      return failed(403, "You do not have permission to perform this action.");
    case "conflict":
      return failed(409, "The lead was changed in the meantime.");
    case "no-such-assignee":
      return fieldErrors({ assignee: ["Assignee not found."] });
    case "overlap":
    case "ends-before-start":
    case "in-the-past":
      return failed(401, TIMES[failure.kind][1]);
    case "invalid-fields":
      return fieldErrors(choiceErrors(failure.problems, sent));
    case "key-reused":
      return failed(422, "The idempotency key was used before, with other content.");
    case "rate-limited":
      return throttled(failure.retryAfterSeconds);
    case "duplicate-lead":
    case "duplicates":
      return failed(409, "The request repeats an earlier one.");
    case "invalid-cursor":
      return failed(404, "Invalid cursor.");
  }
}

export const throttled = (seconds: number): Response =>
  failed(429, `Request was throttled. Expected available in ${seconds} seconds.`, { "retry-after": String(seconds) });

/** The value stands in the words as it was sent. */
const choiceErrors = (problems: FieldProblem[], sent: Record<string, unknown>): FieldErrors =>
  Object.fromEntries(problems.map(({ field }) => [field, [`${sent[field]} is not a valid choice.`]]));

export function unreadable(failure: FieldsFailure): Response {
  switch (failure.kind) {
    case "no-form":
      return failed(400, "Multipart form parse error.");
    case "no-json":
      return failed(400, `JSON parse error - ${failure.why}`);
    case "no-object":
      return failed(400, "Invalid data. Expected a dictionary.");
    case "unsupported":
      return failed(415, `Unsupported media type "${failure.type}" in request.`);
  }
}
