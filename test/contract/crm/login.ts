/** Signing in to the CRM, as the tests do it. */
import { admin, type Edge, edge, type Person, tenant } from "../../support/edge.ts";
import { type CrmTenant, data, PREFIX, withKey } from "./v1.ts";

export const PASSWORD = "correct horse — 42";
export const WRONG = "No active account found with the given credentials.";
export const ENDED = "Token is invalid or expired.";

export interface LoginTokens {
  access: string;
  refresh: string;
  expires_in: number;
}

export const setUser = (at: Edge, of: CrmTenant, who: Person, change: object): Promise<unknown> =>
  admin(at, "PATCH", `/organizations/${of.id}/users/${who.id}`, change);

/** A tenant whose administrator and agent have a password. */
export async function signInScene(): Promise<{ at: Edge; of: CrmTenant }> {
  const at = edge();
  const of = await withKey(at, await tenant(at));
  for (const who of [of.admin, of.agent]) await setUser(at, of, who, { password: PASSWORD });
  return { at, of };
}

export function login(
  at: Edge,
  of: CrmTenant,
  who: Pick<Person, "username">,
  password = PASSWORD,
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = { username: who.username, password };
  return at.send("POST", `${PREFIX}/user/login/`, { headers: { apikey: of.apiKey, ...headers }, body });
}

export const refresh = (at: Edge, of: CrmTenant, token: string): Promise<Response> =>
  at.send("POST", `${PREFIX}/user/token/refresh/`, { headers: { apikey: of.apiKey }, body: { refresh: token } });

export const signedIn = async (at: Edge, of: CrmTenant, who: Person): Promise<LoginTokens> =>
  data(await login(at, of, who));

/** Whether the CRM lets the token in. */
export async function opens(at: Edge, of: CrmTenant, token: string): Promise<boolean> {
  const headers = { apikey: of.apiKey };
  const { status } = await at.send("GET", `${PREFIX}/leads/list/`, { token, scheme: "Bearer", headers });
  if (status !== 200 && status !== 401) throw new Error(`neither in nor out: ${status}`);
  return status === 200;
}

/** The same person, who shows another token. */
export const showing = (who: Person, token: string): Person => ({ ...who, token });
