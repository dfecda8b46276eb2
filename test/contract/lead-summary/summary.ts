/** The lead summary as a caller writes it down: addresses, the answer, refusals. */
import { expect } from "vitest";
import { admin, type Edge, lead, type Tenant, tenant } from "../../support/edge.ts";
import { row } from "../../support/rows.ts";

export interface Summary {
  id: string;
  name: string;
  title: string | null;
  company: string | null;
  phonenumber: string;
  email: string;
  status: string;
  date: string;
  chat_id: string;
  assigned: string;
  is_public: string;
  chat: null;
  chat_date: string | null;
  lead_type: string;
  assigned_to: string | null;
  color: string;
  analytics: {
    source: string;
    analytics: string;
    browser: string;
    source_url: string;
    ip: string;
    chat_start_time: string | null;
    chat_end_time: string | null;
    chat: string;
  };
  notes_count: number;
  attachment_count: number;
}

export const PATHS = ["/leads/summary", "/api/v1/leads/summary"];
export const address = (id: number | string): string => `/api/v1/leads/summary/${id}`;

export const NOT_FOUND = { message: "There is no such lead." };
export const UNAUTHENTICATED = {
  status: 401,
  body: { message: "The credentials are missing, wrong or expired." },
  headers: { "www-authenticate": 'Bearer, Basic realm="Foyer"' },
};
export const LAPSED = { status: 402, body: { message: "There is no active subscription." } };

export const basic = (user: string, password: string): string => `Basic ${btoa(`${user}:${password}`)}`;

export const ask = (at: Edge, id: number | string, token: string): Promise<Response> =>
  at.send("GET", address(id), { token, scheme: "Bearer" });

/** Insists on success. @returns what is inside the envelope. */
export async function summary(at: Edge, of: Tenant, id: number | string): Promise<Summary> {
  const response = await ask(at, id, of.admin.token);
  expect(response.status, await response.clone().text()).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json");
  const { data, ...rest } = await response.json<{ data: Summary; message: string }>();
  expect(rest).toEqual({ message: "success" });
  return data;
}

export async function expectNotFound(response: Response): Promise<void> {
  expect([response.status, await response.json()]).toEqual([404, NOT_FOUND]);
}

/** What the capture API calls by its UUID. */
export const numberOf = async (uuid: string): Promise<number> =>
  (await row<{ id: number }>("SELECT id FROM lead WHERE uuid = ?", uuid)).id;

export const capturedLead = async (at: Edge, of: Tenant, body: Record<string, unknown> = {}): Promise<number> =>
  numberOf(await lead(at, of.formId, body));

export const apiKey = async (at: Edge, of: Tenant, more: object = {}): Promise<{ id: string; secret: string }> =>
  admin(at, "POST", `/organizations/${of.id}/credentials`, { kind: "api_key", ...more });

export interface World extends Tenant {
  leadId: number;
  key: string;
}

/** A tenant with one lead and a key of its own. */
export async function world(at: Edge): Promise<World> {
  const of = await tenant(at);
  return { ...of, leadId: await capturedLead(at, of), key: (await apiKey(at, of)).secret };
}
