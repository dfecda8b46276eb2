/** A program of a tenant, as the tests play it. */
import { admin, type Edge, type Person, type Tenant } from "../../support/edge.ts";

export const REDIRECT_URI = "https://client.example/callback?kept=a%20b";

export interface Program {
  id: string;
  secret: string;
}
export interface Tokens {
  token_type: string;
  expires_in: number;
  server_time: number;
  access_token: string;
  refresh_token: string;
}

export function program(at: Edge, to: Tenant, input: object = {}): Promise<Program> {
  const body = { name: "Sync", redirect_uri: REDIRECT_URI, ...input };
  return admin<Program>(at, "POST", `/organizations/${to.id}/integrations`, body);
}

/** A code without the consent page. */
export async function codeFor(at: Edge, to: Tenant, by: Program, user: Person = to.admin): Promise<string> {
  const path = `/organizations/${to.id}/integrations/${by.id}/codes`;
  return (await admin<{ code: string }>(at, "POST", path, { user_id: user.id })).code;
}

export function askForTokens(at: Edge, by: Program, parameters: Record<string, string>): Promise<Response> {
  const body = { client_id: by.id, client_secret: by.secret, ...parameters };
  return at.send("POST", "/oauth2/access_token", { body });
}

export const redeem = (at: Edge, by: Program, code: string, more: Record<string, string> = {}): Promise<Response> =>
  askForTokens(at, by, { grant_type: "authorization_code", code, ...more });

export const refresh = (at: Edge, by: Program, token: string): Promise<Response> =>
  askForTokens(at, by, { grant_type: "refresh_token", refresh_token: token });

/** The tokens of an answer that has to be a success. */
export async function tokensOf(response: Response): Promise<Tokens> {
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return response.json<Tokens>();
}

export async function connect(at: Edge, to: Tenant, by: Program, user: Person = to.admin): Promise<Tokens> {
  return tokensOf(await redeem(at, by, await codeFor(at, to, by, user)));
}

/** What an access token opens: the v4 door, and the v5 door of its organization. */
export async function doors(at: Edge, to: Tenant, accessToken: string): Promise<[number, number]> {
  const bearer = { token: accessToken, scheme: "Bearer" };
  const v4 = await at.send("GET", "/api/v4/leads/unsorted", bearer);
  const v5 = await at.send("GET", `/api/v5/orgs/${to.id}/leads`, bearer);
  return [v4.status, v5.status];
}
export const OPEN = [204, 200];
export const SHUT = [401, 401];

/** The claims, unchecked, as client programs read them. */
export function claimsOf(jwt: string, part: 0 | 1 = 1): Record<string, unknown> {
  const text = (jwt.split(".")[part] as string).replaceAll("-", "+").replaceAll("_", "/");
  return JSON.parse(atob(text)) as Record<string, unknown>;
}
