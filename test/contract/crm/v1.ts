/** A caller of the CRM's v1 API. */
import { expect } from "vitest";
import { admin, type Edge, edge, type Person, START, type Tenant, tenant } from "../../support/edge.ts";
import { row } from "../../support/rows.ts";

export const PREFIX = "/api/v1";

export type FieldErrors = Record<string, string[]>;
export interface Envelope<T> {
  status_code: number;
  errors: FieldErrors;
  data: T;
}
export interface CrmLead {
  slug: string;
  first_name: string;
  last_name: string;
  email: string;
  phone: string;
  company: string;
  title: string;
  location: string;
  message: string;
  status: string;
  source: string;
  assignee: string | null;
  owner: string | null;
  created_at: string;
  updated_at: string;
}
export interface CrmAppointment {
  appointment_id: number;
  slug: string;
  user: string;
  appointment_note: string;
  appointment_status: string;
  appointment_date: string;
  appointment_to: string;
}
export interface CrmNote {
  note_id: number;
  slug?: string;
  note: string;
  author: string | null;
  created_at: string;
}
export interface CrmPage<T> {
  results: T[];
  count: number;
  previous: string | null;
  next: string | null;
  is_partial?: true;
}

/** A tenant with the key that every caller of its CRM sends. */
export interface CrmTenant extends Tenant {
  apiKey: string;
}

export async function withKey(at: Edge, of: Tenant): Promise<CrmTenant> {
  const { secret } = await admin<{ secret: string }>(at, "POST", `/organizations/${of.id}/credentials`, {
    kind: "api_key",
  });
  return { ...of, apiKey: secret };
}

/** One request by a user of the tenant; a body goes as form data, as the document's samples send it. */
export function v1(
  at: Edge,
  of: CrmTenant,
  method: "GET" | "POST",
  path: string,
  by: Person,
  fields?: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields ?? {})) body.set(name, String(value));
  return at.send(method, `${PREFIX}${path}`, {
    token: by.token,
    scheme: "Bearer",
    headers: { apikey: of.apiKey, ...headers },
    ...(fields === undefined ? {} : { body }),
  });
}

export const get = (at: Edge, of: CrmTenant, path: string, by: Person = of.admin): Promise<Response> =>
  v1(at, of, "GET", path, by);
export const post = (
  at: Edge,
  of: CrmTenant,
  path: string,
  fields: Record<string, unknown>,
  by: Person = of.admin,
  headers: Record<string, string> = {},
): Promise<Response> => v1(at, of, "POST", path, by, fields, headers);

/** Insists on success, in the envelope. @returns the data. */
export async function data<T>(response: Response): Promise<T> {
  const text = await response.text();
  expect([response.status, response.headers.get("content-type")], text).toEqual([200, "application/json"]);
  const body = JSON.parse(text) as Envelope<T>;
  expect(Object.keys(body)).toEqual(["status_code", "errors", "data"]);
  expect([body.status_code, body.errors]).toEqual([200, {}]);
  return body.data;
}

/** Insists on a refusal, in the envelope. @returns what is wrong, by field. */
export async function refused(response: Response, status: number): Promise<FieldErrors> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  const body = JSON.parse(text) as Envelope<object>;
  expect(Object.keys(body)).toEqual(["status_code", "errors", "data"]);
  expect([body.status_code, body.data]).toEqual([status, {}]);
  expect(Object.keys(body.errors)).not.toEqual([]);
  return body.errors;
}

/** "Request Failed" of the document. */
export const failed = async (response: Response, text: string, status = 401): Promise<void> =>
  expect(await refused(response, status)).toEqual({ non_field_errors: [text] });

let people = 0;
/** The fields of somebody new. */
export function somebody(over: Record<string, unknown> = {}): Record<string, unknown> {
  people += 1;
  return {
    first_name: "Grace",
    last_name: `Hopper ${people}`,
    email: `grace.${people}@example.org`,
    phone: `+35840${String(1_000_000 + people)}`,
    ...over,
  };
}

export const createLead = async (
  at: Edge,
  of: CrmTenant,
  over: Record<string, unknown> = {},
  by: Person = of.admin,
): Promise<CrmLead> => data<CrmLead>(await post(at, of, "/v1/leads/create/lead/", somebody(over), by));

export const view = async (at: Edge, of: CrmTenant, slug: string, by: Person = of.admin) =>
  data<CrmLead & { notes: CrmNote[]; appointments: CrmAppointment[] }>(
    await get(at, of, `/leads/view/lead/?slug=${slug}`, by),
  );

export const listed = async (at: Edge, of: CrmTenant, query = "", by: Person = of.admin): Promise<CrmPage<CrmLead>> =>
  data(await get(at, of, `/leads/list/${query}`, by));

/** A time of the tests' clock, as callers write it in UTC. */
export const timeAt = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace("T", " ");

/** A world of one tenant. */
export async function world(options: Parameters<typeof tenant>[1] = {}): Promise<{ at: Edge; of: CrmTenant }> {
  const at = edge();
  return { at, of: await withKey(at, await tenant(at, options)) };
}

/** What of a lead an update must say again. */
export const wordsOf = ({ slug, first_name, last_name, email, phone }: CrmLead): Record<string, unknown> => ({
  slug,
  first_name,
  last_name,
  email,
  phone,
});
export const update = (at: Edge, of: CrmTenant, lead: CrmLead, over: Record<string, unknown> = {}, by = of.admin) =>
  post(at, of, "/leads/update/lead/", { ...wordsOf(lead), ...over }, by);
/** Insists on success. */
export const updated = async (
  at: Edge,
  of: CrmTenant,
  lead: CrmLead,
  over: Record<string, unknown> = {},
  by: Person = of.admin,
): Promise<CrmLead> => data<CrmLead>(await update(at, of, lead, over, by));

export const remove = (at: Edge, of: CrmTenant, slug: string, by: Person = of.admin): Promise<Response> =>
  post(at, of, "/leads/delete/lead/", { slug }, by);

export const note = (at: Edge, of: CrmTenant, slug: string, text = "Called.", by: Person = of.admin) =>
  post(at, of, "/leads/create/leadnote/", { slug, note: text }, by);
export const removeNote = (at: Edge, of: CrmTenant, note_id: number, by: Person = of.admin) =>
  post(at, of, "/leads/delete/leadnote/", { note_id }, by);

/** From so many hours after the tests' start, for an hour, in UTC. */
export const hour = (hours: number, length = 1): { appointment_date: string; appointment_to: string } => ({
  appointment_date: timeAt(START + hours * 3_600_000),
  appointment_to: timeAt(START + (hours + length) * 3_600_000),
});
export const appoint = (
  at: Edge,
  of: CrmTenant,
  slug: string,
  over: Record<string, unknown> = hour(1),
  by: Person = of.admin,
) => post(at, of, "/leads/create/appointment/", { slug, ...over }, by);
/** Insists on success. */
export const appointed = async (
  at: Edge,
  of: CrmTenant,
  slug: string,
  over: Record<string, unknown> = hour(1),
  by: Person = of.admin,
): Promise<CrmAppointment> => data<CrmAppointment>(await appoint(at, of, slug, over, by));
export const reappoint = (
  at: Edge,
  of: CrmTenant,
  appointment_id: number,
  over: Record<string, unknown>,
  by: Person = of.admin,
) => post(at, of, "/leads/update/appointment/", { appointment_id, ...over }, by);
export const disappoint = (at: Edge, of: CrmTenant, appointment_id: number, by: Person = of.admin) =>
  post(at, of, "/leads/delete/appointment/", { appointment_id }, by);

export const meetings = async (
  at: Edge,
  of: CrmTenant,
  query = "",
  by: Person = of.admin,
): Promise<CrmPage<CrmAppointment>> => data(await get(at, of, `/leads/appointments/list/${query}`, by));

/** What other dialects call the lead. */
export const known = (slug: string): Promise<{ id: number; uuid: string }> =>
  row<{ id: number; uuid: string }>("SELECT id, uuid FROM lead WHERE slug = ?", slug);
/** What the CRM calls a lead that other dialects made. */
export const slugOf = async (uuid: string): Promise<string> =>
  (await row<{ slug: string }>("SELECT slug FROM lead WHERE uuid = ?", uuid)).slug;

/** Follows the links from a page until there are none. @returns what is asked of each item, page by page. */
export async function walk<T>(
  at: Edge,
  of: CrmTenant,
  path: string,
  link: "next" | "previous",
  between: () => Promise<unknown> = async () => {},
): Promise<T[][]> {
  const pages: T[][] = [];
  for (let address: string | null = path; address !== null; ) {
    const here: CrmPage<T> = await data(await get(at, of, address.replace(`https://foyer.test${PREFIX}`, "")));
    pages.push(here.results);
    address = here[link];
    if (pages.length > 500) throw new Error("The links do not end.");
    await between();
  }
  return pages;
}
