/** The get-leads API as a caller writes it down. */
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { type Chat, type ChatOptions, chat } from "../../support/chats.ts";
import { type Edge, type Tenant, tenant } from "../../support/edge.ts";

export const PATH = "/api/v1/get-leads";

export interface ChatLead {
  id: number;
  created_at: string;
  chatbot_owner_user_id: string;
  chatbot_id: string;
  phone: string;
  email: string;
  name: string;
}
export interface Leads {
  data: ChatLead[];
  collectedCustomers: { data: ChatLead[] };
}

/** A tenant whose form is a chat. */
export const chatTenant = (at: Edge, organization: object = {}): Promise<Tenant> =>
  tenant(at, { organization, form: { mode: "chat" } });

/** Somebody who left an address. */
export const someone = (at: Edge, of: Tenant, options: ChatOptions = {}): Promise<Chat> =>
  chat(at, of, { contact: { name: "Ada", email: "ada@example.org", phone: "+358401234567" }, ...options });

type Parameters = Record<string, string | number | null>;

export const get = (at: Edge, of: Tenant, parameters: Record<string, string | number>): Promise<Response> => {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return at.send("GET", `${PATH}?${query.join("&")}`, { token: of.agent.token, scheme: "Bearer" });
};
export const post = (at: Edge, of: Tenant, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  at.send("POST", PATH, { token: of.agent.token, scheme: "Bearer", body, headers });

/** Insists on success and on the form of it. @returns the leads. */
export async function leadsIn(response: Response): Promise<ChatLead[]> {
  expect(response.status, await response.clone().text()).toBe(202);
  expect(response.headers.get("content-type")).toBe("application/json");
  const body = await response.json<Leads>();
  expect(Object.keys(body)).toEqual(["data", "collectedCustomers"]);
  expect(body.collectedCustomers).toEqual({ data: body.data });
  return body.data;
}

export const leads = async (at: Edge, of: Tenant, parameters: Parameters = {}): Promise<ChatLead[]> =>
  leadsIn(await post(at, of, { chatbotId: of.formId, ...parameters }));

export const ids = async (at: Edge, of: Tenant, parameters: Parameters = {}): Promise<number[]> =>
  (await leads(at, of, parameters)).map(({ id }) => id);

export async function refused(response: Response, status: number, message: string): Promise<void> {
  expect([response.status, await response.json()]).toEqual([status, { message }]);
}

/** The numbers of the leads that there are, in their order. */
export async function numbers(): Promise<number[]> {
  const { results } = await env.DB.prepare("SELECT id FROM lead ORDER BY received_at, id").all<{ id: number }>();
  return results.map(({ id }) => id);
}
