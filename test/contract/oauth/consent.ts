/** The consent page, as a user and the user's browser meet it. */
import { expect } from "vitest";
import { admin, type Edge, edge, type SendOptions, type Tenant, tenant } from "../../support/edge.ts";
import { type Program, program, REDIRECT_URI } from "./client.ts";

export const PASSWORD = "correct horse battery staple";
export const CHALLENGE = {
  code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  code_challenge_method: "S256",
};

export interface Scene {
  at: Edge;
  to: Tenant;
  by: Program;
}

/** A program, and an agent who has a password. */
export async function scene(): Promise<Scene> {
  const at = edge();
  const to = await tenant(at);
  const by = await program(at, to);
  await admin(at, "PATCH", `/organizations/${to.id}/users/${to.agent.id}`, { password: PASSWORD });
  return { at, to, by };
}

const unescaped = (text: string): string =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** The page's form as a browser would send it. */
export async function formOf(response: Response): Promise<URLSearchParams> {
  const page = await response.text();
  const fields = [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  return new URLSearchParams(fields.map(([, name, value]) => [name as string, unescaped(value as string)]));
}

/** Where the browser is sent, which has to be the registered address with its own query as it was. */
export function replyOf(response: Response): URLSearchParams {
  expect([response.status, response.headers.get("cache-control")]).toEqual([302, "no-store"]);
  const location = response.headers.get("location") as string;
  expect(location.startsWith(`${REDIRECT_URI}&`)).toBe(true);
  return new URLSearchParams(location.slice(REDIRECT_URI.length));
}

/** What is asked in the scene that the test has at the time. */
export function asking(of: () => Scene) {
  const link = (parameters: object = {}): string =>
    `/oauth2/authorize?${new URLSearchParams({ client_id: of().by.id, response_type: "code", state: "s t&1", ...parameters })}`;

  const answer = (
    form: URLSearchParams,
    more: object = {},
    headers: SendOptions["headers"] = {},
  ): Promise<Response> => {
    const body = new URLSearchParams([...form, ...Object.entries({ decision: "allow", ...more })]);
    return of().at.send("POST", "/oauth2/authorize", { body, headers });
  };

  const decide = async (parameters: object = {}, more: object = {}): Promise<Response> =>
    answer(await formOf(await of().at.send("GET", link(parameters))), {
      username: of().to.agent.username,
      password: PASSWORD,
      ...more,
    });

  return { link, answer, decide };
}
