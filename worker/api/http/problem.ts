/** Problem details (RFC 9457), as capture and admin answer them. */
import { PROBLEM_TYPE_PREFIX, type Problem, type ProblemKind } from "../../../shared/capture-api.ts";

const PROBLEMS: Record<ProblemKind, { status: number; title: string }> = {
  malformed: { status: 400, title: "The request cannot be read." },
  unauthenticated: { status: 401, title: "Credentials are missing, wrong or expired." },
  forbidden: { status: 403, title: "These credentials may not do this." },
  "origin-not-allowed": { status: 403, title: "The form does not accept this page's origin." },
  "not-found": { status: 404, title: "There is no such thing." },
  "form-not-found": { status: 404, title: "There is no such form." },
  "method-not-allowed": { status: 405, title: "The method is not allowed here." },
  conflict: { status: 409, title: "It exists, or it changed in the meantime." },
  "duplicate-lead": { status: 409, title: "We already have your request." },
  gone: { status: 410, title: "It was sorted away or deleted." },
  "payload-too-large": { status: 413, title: "The request is too large." },
  "unsupported-media-type": { status: 415, title: "The content type is not supported." },
  "invalid-fields": { status: 422, title: "Some fields are not valid." },
  "idempotency-key-reused": { status: 422, title: "The key was used before, with other content." },
  "challenge-required": { status: 428, title: "Please answer the challenge, and send the same again." },
  "rate-limited": { status: 429, title: "Too many requests." },
  internal: { status: 500, title: "Something went wrong on our side." },
  unavailable: { status: 503, title: "It cannot be done just now." },
};

export interface ProblemExtra {
  detail?: string;
  errors?: Problem["errors"];
  challenge?: Problem["challenge"];
  headers?: Record<string, string>;
}

export const problemStatus = (kind: ProblemKind): number => PROBLEMS[kind].status;
export const problemTitle = (kind: ProblemKind): string => PROBLEMS[kind].title;

export function problem(kind: ProblemKind, extra: ProblemExtra = {}): Response {
  const { status, title } = PROBLEMS[kind];
  const body: Problem = {
    type: `${PROBLEM_TYPE_PREFIX}${kind}`,
    title,
    status,
    ...(extra.detail === undefined ? {} : { detail: extra.detail }),
    ...(extra.errors === undefined ? {} : { errors: extra.errors }),
    ...(extra.challenge === undefined ? {} : { challenge: extra.challenge }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...extra.headers },
  });
}
