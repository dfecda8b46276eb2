/** What a program asks of a user, as its link says it (RFC 6749, section 4.1.1; RFC 7636, section 4.3). */
import { OAUTH_STATE_LIMIT_CHARS } from "../../../shared/limits.ts";
import { parseScope, type Scope } from "../../domain/oauth.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { KnownClient } from "../../services/integrations.ts";

/** Section 4.1.2.1. */
export type AuthorizationError = "invalid_request" | "unsupported_response_type" | "invalid_scope" | "access_denied";

/** Where the answer goes: the registered redirect URI and nothing else. */
export interface ReplyTo {
  client: KnownClient;
  state: string | null;
}
export interface AuthorizationRequest extends ReplyTo {
  isRedirectNamed: boolean;
  scopes: Scope[];
  challenge: string | null;
}

/** The parameters that make up a request: the consent page carries them on, signed. */
export const REQUEST_PARAMETERS = [
  "client_id",
  "redirect_uri",
  "response_type",
  "state",
  "scope",
  "code_challenge",
  "code_challenge_method",
] as const;

const CHALLENGE = /^[\w-]{43}$/;

export type RequestFailure =
  /** It is not known whom to answer, so the user is told and nobody is redirected. */
  { kind: "page"; detail: string } | { kind: "redirect"; to: ReplyTo; error: AuthorizationError; detail: string };

/** @param find the integration of a client id. */
export async function parseRequest(
  sent: URLSearchParams,
  find: (clientId: string) => Promise<KnownClient | null>,
): Promise<Result<AuthorizationRequest, RequestFailure>> {
  const page = (detail: string) => fail({ kind: "page" as const, detail });
  if (sent.getAll("client_id").length !== 1) return page("The link has to name one client_id.");
  const client = await find((sent.get("client_id") ?? "").toLowerCase());
  if (client === null) return page("The program that sent you here is not known. It may have been removed.");
  const redirects = sent.getAll("redirect_uri");
  if (redirects.some((uri) => uri !== client.integration.redirectUri) || redirects.length > 1) {
    return page("The program that sent you here wants an answer at an address that is not registered for it.");
  }

  const states = sent.getAll("state");
  const isStateFit = states.length < 2 && (states[0] ?? "").length <= OAUTH_STATE_LIMIT_CHARS;
  const to = { client, state: isStateFit ? (states[0] ?? null) : null };
  const redirect = (error: AuthorizationError, detail: string) =>
    fail({ kind: "redirect" as const, to, error, detail });
  if (!isStateFit) return redirect("invalid_request", `state: one, of at most ${OAUTH_STATE_LIMIT_CHARS} characters.`);
  const repeated = REQUEST_PARAMETERS.find((name) => sent.getAll(name).length > 1);
  if (repeated !== undefined) return redirect("invalid_request", `${repeated} is there more than once.`);
  const type = sent.get("response_type");
  if (type === null) return redirect("invalid_request", "response_type is missing.");
  if (type !== "code") return redirect("unsupported_response_type", "response_type has to be code.");
  const [challenge, method] = [sent.get("code_challenge"), sent.get("code_challenge_method")];
  if (challenge === null ? method !== null : method !== "S256" || !CHALLENGE.test(challenge)) {
    return redirect("invalid_request", "code_challenge: 43 characters, with code_challenge_method S256.");
  }
  const scopes = parseScope(sent.get("scope"));
  if (scopes === null) return redirect("invalid_scope", "The only scope is crm.");
  return ok({ ...to, isRedirectNamed: redirects.length === 1, scopes, challenge });
}

/** The registered redirect URI with what is answered; its own query stays to the letter. */
export function replyUrl(to: ReplyTo, answer: Record<string, string>): string {
  const { redirectUri } = to.client.integration;
  const query = new URLSearchParams(to.state === null ? answer : { ...answer, state: to.state });
  return `${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${query}`;
}
