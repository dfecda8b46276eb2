/** What a program sends for tokens (RFC 6749, sections 2.3.1, 4.1.3 and 6), as JSON or as a form. */
import { fail, ok, type Result } from "../../domain/result.ts";
import { parseAuthorization, parseBasic as parseBasicCredentials } from "../http/authorization.ts";
import { parseJson } from "../http/json.ts";

export interface TokenRequest {
  clientId: string;
  clientSecret: string;
  /** The secret came in the Authorization header. */
  isBasic: boolean;
  /** A parameter that is there and not empty (section 3.1), or null. */
  get: (name: string) => string | null;
}

/** @returns the request, or in words what is wrong with it. */
export function parseTokenRequest(
  text: string,
  contentType: string,
  authorization: string | undefined,
): Result<TokenRequest, string> {
  const parameters = /\bjson\b/i.test(contentType) ? parseObject(text) : parseForm(text);
  if (!parameters.ok) return parameters;
  const get = (name: string) => parameters.value.get(name) || null;
  const [clientId, clientSecret] = [get("client_id"), get("client_secret")];
  const basic = parseBasic(authorization);
  if (basic !== null) {
    if (clientSecret !== null) return fail("The client secret is given twice");
    if (clientId !== null && clientId !== basic.clientId) return fail("client_id is given twice");
    return ok({ ...basic, isBasic: true, get });
  }
  if (clientId === null) return fail("Parameter client_id is missing");
  if (clientSecret === null) return fail("Parameter client_secret is missing");
  return ok({ clientId, clientSecret, isBasic: false, get });
}

function parseObject(text: string): Result<Map<string, string>, string> {
  const json = parseJson(text);
  if (!json.ok) return fail("The body is not JSON");
  if (typeof json.value !== "object" || json.value === null || Array.isArray(json.value)) {
    return fail("The body is not an object");
  }
  const entries = Object.entries(json.value).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return ok(new Map(entries));
}

function parseForm(text: string): Result<Map<string, string>, string> {
  const entries = [...new URLSearchParams(text)];
  const parameters = new Map(entries);
  return parameters.size === entries.length ? ok(parameters) : fail("A parameter is there more than once");
}

/** Both parts are form-encoded inside the header. */
function parseBasic(header: string | undefined): { clientId: string; clientSecret: string } | null {
  const authorization = parseAuthorization(header);
  const basic = authorization?.scheme === "basic" ? parseBasicCredentials(authorization.credentials) : null;
  if (basic === null) return null;
  try {
    return { clientId: decodeURIComponent(basic.user), clientSecret: decodeURIComponent(basic.password) };
  } catch {
    return null;
  }
}
