/** The v4 API as a caller writes it down: addresses, media types to the byte, bodies of requests and answers. */
import { expect } from "vitest";
import type { Edge, Person, SendOptions, Tenant } from "../../support/edge.ts";
import { request } from "./bodies.ts";

export const UNSORTED = "/api/v4/leads/unsorted";
export const ORIGIN = "https://foyer.test";
export const UID = /^[0-9a-f]{60}$/;
export const DUPLICATE = "There can't be 2 identical entities in the Incoming leads.";
export const NOT_WAITING = "The incoming lead was not found. It may have been sorted already.";

export interface Embedded {
  leads: { id: number }[];
  contacts: { id: number; is_deleted?: boolean; is_unsorted?: boolean }[];
  companies?: { id: number }[];
}
export interface Incoming {
  uid: string;
  source_uid: string | null;
  source_name: string | null;
  category: string;
  pipeline_id: number;
  created_at: number;
  metadata: Record<string, unknown>;
  account_id: number;
  _embedded: Embedded;
}
export interface Added {
  uid: string;
  account_id: number;
  request_id: string;
  _embedded: Embedded;
}
type Link = { href: string };
export interface Page<T = Incoming> {
  _page: number;
  _links: { self: Link; next?: Link; prev?: Link };
  _embedded: { unsorted: T[] };
}
export interface Summary {
  total: number;
  accepted: number;
  declined: number;
  average_sort_time: number;
  categories: Record<string, { total: number }>;
}
export interface Wrong {
  request_id?: string;
  errors: { code: string; path: string; detail: string }[];
}
export interface Problem {
  title: string;
  type: string;
  status: number;
  detail: string;
  retry_after?: number;
  "validation-errors"?: Wrong[];
}

export const v4 = (at: Edge, method: string, path: string, by: Person, options: SendOptions = {}): Promise<Response> =>
  at.send(method, path.replace(ORIGIN, ""), { token: by.token, scheme: "Bearer", ...options });
export const get = (at: Edge, path: string, by: Person): Promise<Response> => v4(at, "GET", path, by);

/** Insists on success as clients recognise it: the media type to the byte, and no `status` in the body. */
export async function hal<T>(response: Response): Promise<T> {
  const text = await response.text();
  expect([response.status, response.headers.get("content-type")], text).toEqual([200, "application/hal+json"]);
  const body = JSON.parse(text) as T & object;
  expect(body).not.toHaveProperty("status");
  return body;
}

/** Insists on 204 without a body. */
export async function nothing(response: Response): Promise<void> {
  expect([response.status, await response.text()]).toEqual([204, ""]);
}

/** Insists on an error as clients recognise it: the media type to the byte, and the four keys. */
export async function problem(response: Response, status: number): Promise<Problem> {
  const text = await response.text();
  expect([response.status, response.headers.get("content-type")], text).toEqual([status, "application/problem+json"]);
  const body = JSON.parse(text) as Problem;
  expect(body).toMatchObject({ status, type: `https://httpstatus.es/${status}` });
  expect(body.title.length).toBeGreaterThan(3);
  expect(body.detail.length).toBeGreaterThan(9);
  return body;
}

/** Insists on 400. @returns `request_id path code` of everything that is wrong, each with words that help. */
export async function wrong(response: Response): Promise<string[]> {
  const { detail, "validation-errors": all = [] } = await problem(response, 400);
  expect(detail).toBe("Request validation failed");
  return all.flatMap(({ request_id, errors }) =>
    errors.map((error) => {
      expect(error.detail).toMatch(/^[A-Z].{9,}$/);
      expect(error.detail).not.toBe("Invalid input");
      return [...(request_id === undefined ? [] : [request_id]), error.path, error.code].join(" ");
    }),
  );
}

type Sent = Record<string, unknown>;

export const post = (at: Edge, to: Tenant, kind: "sip" | "forms", body: unknown, headers = {}): Promise<Response> =>
  v4(at, "POST", `${UNSORTED}/${kind}`, to.agent, { body, headers });

/** Adds and insists on success. */
export async function added(at: Edge, to: Tenant, kind: "sip" | "forms", body: Sent[]): Promise<Added[]> {
  const answer = await hal<{ _total_items: number; _embedded: { unsorted: Added[] } }>(await post(at, to, kind, body));
  expect(answer._total_items).toBe(body.length);
  return answer._embedded.unsorted;
}
/** Adds one new form. @returns its uid. */
export async function waiting(at: Edge, to: Tenant, over: Sent = {}): Promise<string> {
  const [one] = await added(at, to, "forms", [request(over)]);
  return (one as Added).uid;
}

export async function page(at: Edge, path: string, by: Person): Promise<Page | null> {
  const response = await get(at, path, by);
  return response.status === 204 ? null : hal<Page>(response);
}
/** The first page, or an empty list. */
export const list = async (at: Edge, to: Tenant, query = ""): Promise<Incoming[]> =>
  (await page(at, `${UNSORTED}${query}`, to.agent))?._embedded.unsorted ?? [];
export const uids = async (at: Edge, to: Tenant, query = ""): Promise<string[]> =>
  (await list(at, to, query)).map(({ uid }) => uid);
export const retrieve = async (at: Edge, to: Tenant, uid: string): Promise<Incoming> =>
  hal<Incoming>(await get(at, `${UNSORTED}/${uid}`, to.agent));
export const summary = async (at: Edge, to: Tenant, query = ""): Promise<Summary> =>
  hal<Summary>(await get(at, `${UNSORTED}/summary${query}`, to.agent));

export const accept = (at: Edge, uid: string, by: Person, body?: unknown): Promise<Response> =>
  v4(at, "POST", `${UNSORTED}/${uid}/accept`, by, { body });
export const decline = (at: Edge, uid: string, by: Person, body?: unknown): Promise<Response> =>
  v4(at, "DELETE", `${UNSORTED}/${uid}/decline`, by, { body });
export const link = (at: Edge, uid: string, by: Person, body?: unknown): Promise<Response> =>
  v4(at, "POST", `${UNSORTED}/${uid}/link`, by, { body });

/** Follows the `next` links. @returns the uids of each page. */
export async function walk(at: Edge, path: string, by: Person): Promise<string[][]> {
  const pages: string[][] = [];
  for (let address: string | undefined = path; address !== undefined; ) {
    const here: Page | null = await page(at, address, by);
    pages.push(here?._embedded.unsorted.map(({ uid }) => uid) ?? []);
    address = here?._links.next?.href;
    if (pages.length > 1_000) throw new Error("The next links do not end.");
  }
  return pages;
}
