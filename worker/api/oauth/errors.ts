/** Problem details (RFC 9457) in the v4 API's words, with the `error` of RFC 6749, section 5.2, for programs that know it. */
import type { GrantFailure } from "../../domain/oauth.ts";
import type { OAuthProblem } from "./bodies.ts";

const TITLES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  405: "Method Not Allowed",
  413: "Payload Too Large",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

export function problem(status: number, hint: string, detail: string, extra: ProblemExtra = {}): Response {
  const title = TITLES[status] ?? "Error";
  const body: OAuthProblem = {
    hint,
    title,
    type: `https://httpstatus.es/${status}`,
    status,
    detail,
    error: extra.error,
  };
  const headers = { "content-type": "application/problem+json", "cache-control": "no-store", ...extra.headers };
  return new Response(JSON.stringify(body), { status, headers });
}
interface ProblemExtra {
  error?: OAuthProblem["error"];
  headers?: Record<string, string>;
}

export const malformed = (hint: string): Response =>
  problem(400, hint, "The request lacks parameters, or some of them are not valid.", { error: "invalid_request" });

export const unsupportedGrant = (): Response =>
  problem(400, "grant_type has to be authorization_code or refresh_token", "The grant type is not supported.", {
    error: "unsupported_grant_type",
  });

const HINTS: Record<Exclude<GrantFailure, "invalid-client">, string> = {
  "code-unknown": "There is no such authorization code",
  "code-expired": "Authorization code has expired",
  "code-used": "Authorization code has been revoked",
  "redirect-mismatch": "redirect_uri is not the one that the code was given for",
  "verifier-mismatch": "code_verifier does not fit the code_challenge",
  "refresh-unknown": "Token has been revoked",
  "refresh-expired": "Token has expired",
  "refresh-reused": "Token has been revoked",
};

/** @param isBasic the program gave its secret in the header, where 401 is the answer. */
export function grantProblem(failure: GrantFailure, isBasic: boolean): Response {
  if (failure !== "invalid-client") {
    return problem(400, HINTS[failure], "The grant is not valid, or not any more.", { error: "invalid_grant" });
  }
  const extra: ProblemExtra = { error: "invalid_client" };
  if (isBasic) extra.headers = { "www-authenticate": "Basic" };
  const detail = "No integration has this id and secret. It may have been revoked.";
  return problem(isBasic ? 401 : 400, "Client authentication failed", detail, extra);
}
