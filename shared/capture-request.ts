/** What a capture may be: the schemas by which the edge checks it. The widget knows their types alone. */
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
