/**
 * The contract between the widget and the Worker.
 *
 *     GET  /v1/forms/{form_id}         -> 200 PublicForm, with ETag
 *     POST /v1/forms/{form_id}/leads   CaptureRequest -> 201 CaptureAnswer, or problem details (RFC 9457); those of 428
 *                                      ask the widget to work for it, see `solution`
 *
 * Both in the visitor's language as far as the form's owner has words in it: by `?locale=de-AT`, for a capture also by
 * `locale` in its body, else by Accept-Language.
 */
import type { ProofChallenge } from "./capture-request.ts";

export type { CaptureRequest, ProofChallenge, Solution } from "./capture-request.ts";

/** What a suspected sender is asked, with `challenge-required`. */
export interface Challenge {
  proof?: ProofChallenge;
  turnstile?: { site_key: string; script: string };
}

/** The answer to a stored lead. A replay of the same `submission_id` gets it again, byte for byte. */
export interface CaptureAnswer {
  id: string;
  /** RFC 3339, UTC, milliseconds. */
  created_at: string;
  /** What the widget shows next, where the form has words of its own. */
  thanks?: { title?: string; text?: string };
  /** Where the form's owner wants the visitor to go next; https only. */
  redirect_url?: string;
}

/** The stable part of a problem's `type`, after `urn:foyer:problem:`. */
export const PROBLEM_KINDS = [
  "malformed",
  "unauthenticated",
  "forbidden",
  "origin-not-allowed",
  "not-found",
  "form-not-found",
  "method-not-allowed",
  "conflict",
  "duplicate-lead",
  "gone",
  "payload-too-large",
  "unsupported-media-type",
  "invalid-fields",
  "idempotency-key-reused",
  "challenge-required",
  "rate-limited",
  "internal",
  "unavailable",
] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];
export const PROBLEM_TYPE_PREFIX = "urn:foyer:problem:";

/** RFC 9457 problem details, as capture and admin answer them. */
export interface Problem {
  type: `${typeof PROBLEM_TYPE_PREFIX}${ProblemKind}`;
  title: string;
  status: number;
  detail?: string;
  /** With `invalid-fields`: what is wrong where. `code` is an `AnswerProblem`, `unknown` or `consent`. */
  errors?: { field: string; code: string; message: string }[];
  /** With `challenge-required`. Nothing was stored; the same request again, with the answer in `solution`, is. */
  challenge?: Challenge;
}

/** The field name under which a missing consent is reported. */
export const CONSENT_FIELD = "consent";
/** What the deployment's log knows an answer by. */
export const REQUEST_ID_HEADER = "X-Request-Id";
/** Marks an answer that was given before. */
export const REPLAYED_HEADER = "Idempotent-Replayed";
