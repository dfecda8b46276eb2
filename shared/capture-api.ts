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
import * as z from "zod/mini";
import {
  ELAPSED_LIMIT_MS,
  FORM_FIELDS_LIMIT,
  LANGUAGE_TAG_LIMIT_CHARS,
  NAME_LIMIT_CHARS,
  PAGE_TITLE_LIMIT_CHARS,
  TURNSTILE_TOKEN_LIMIT_CHARS,
  URL_LIMIT_CHARS,
  VISITOR_ID_LIMIT_CHARS,
} from "./limits.ts";

const clipped = (chars: number) =>
  z.pipe(
    z.string(),
    z.transform((value: string) => value.slice(0, chars)),
  );

/** A clock that went back measures nothing; one that slept for weeks no more than the limit. */
const measured = z.pipe(
  z.number(),
  z.transform((ms: number) => (ms < 0 ? null : Math.min(ms, ELAPSED_LIMIT_MS))),
);

/** A proof of work that is asked of the sender. What is in it is signed, and goes back as it came. */
export const ProofChallenge = z.object({
  /** Among them `nonce` and `salt`, 16 bytes each, and `keyPrefix`, all in hex. */
  parameters: z.record(z.string(), z.unknown()),
  signature: z.string().check(z.maxLength(NAME_LIMIT_CHARS)),
});
export type ProofChallenge = z.infer<typeof ProofChallenge>;

/** The answer to one of both challenges. */
export const Solution = z.object({
  proof: z.optional(
    z.object({
      challenge: ProofChallenge,
      /** The number for which SHA-256 of salt, nonce and number (four bytes, the highest first) begins as asked. */
      solution: z.object({ counter: z.number(), derivedKey: z.string().check(z.maxLength(NAME_LIMIT_CHARS)) }),
    }),
  ),
  /** Turnstile's token; empty where the page or the browser would not have it run. */
  turnstile: z.optional(z.string().check(z.maxLength(TURNSTILE_TOKEN_LIMIT_CHARS))),
});
export type Solution = z.infer<typeof Solution>;

/** What a suspected sender is asked, with `challenge-required`. */
export interface Challenge {
  proof?: ProofChallenge;
  turnstile?: { site_key: string; script: string };
}

/**
 * What the widget sends. Addresses and titles of pages are cut rather than refused: a visitor cannot mend them.
 * `data` holds what the visitor filled in, by field name; what a value may be, the form says (see `answers.ts`).
 */
export const CaptureRequest = z.object({
  /**
   * null: the sender has been asked for nothing yet, and will answer a challenge. Whoever leaves it out is never asked:
   * what is suspected is then held.
   */
  solution: z.optional(z.nullable(Solution)),
  /** Made when the visitor presses send; every retry carries the same one. */
  submission_id: z.uuid(),
  visitor_id: z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(VISITOR_ID_LIMIT_CHARS)))),
  page: z.optional(
    z.object({
      url: z.optional(z.nullable(clipped(URL_LIMIT_CHARS))),
      title: z.optional(z.nullable(clipped(PAGE_TITLE_LIMIT_CHARS))),
      referrer: z.optional(z.nullable(clipped(URL_LIMIT_CHARS))),
    }),
  ),
  /** The language that the visitor has read the form in: what the answer is to speak. */
  locale: z.optional(z.nullable(clipped(LANGUAGE_TAG_LIMIT_CHARS))),
  /** From first sight of the form to send, measured by the visitor's own clock. */
  elapsed_ms: z.optional(z.nullable(measured)),
  consent: z.optional(
    z.nullable(z.object({ version: z.string().check(z.maxLength(NAME_LIMIT_CHARS)), given: z.boolean() })),
  ),
  data: z
    .record(z.string(), z.unknown())
    .check(z.refine((data) => Object.keys(data).length <= FORM_FIELDS_LIMIT + 1, "Too many values.")),
});
export type CaptureRequest = z.infer<typeof CaptureRequest>;

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
