/** The v5 API as a caller writes it down: addresses, the lead object, pages, refusals. */
import { expect } from "vitest";
import type { Edge, Person, Tenant } from "../../support/edge.ts";

export interface V5Lead {
  id: string;
  assigned_user_id: string | null;
  assigned_user: { id: string; full_name: string } | null;
  is_closed: boolean;
  is_processable: boolean;
  data: Record<string, unknown>;
  created_at: string;
  updated_at: string;
  closed_at: string | null;
  sensitive_data_purged_at: string | null;
}
export interface V5Page {
  next: string | null;
  previous: string | null;
  results: V5Lead[];
}

type Named = { id: string };
export const orgLeads = (of: Named): string => `/api/v5/orgs/${of.id}/leads`;
export const assignedLeads = (of: Named): string => `/api/v5/users/${of.id}/assigned_leads`;
export const pendingLeads = (of: Named): string => `/api/v5/users/${of.id}/pending_leads`;

/** The three lists, the agent's ones where there is a user in the path, and how a lead stands that each of them shows. */
export const LISTS = [
  { list: "an organization's leads", path: (of: Tenant) => orgLeads(of), shown: () => ({ state: "pending" as const }) },
  {
    list: "assigned leads",
    path: (of: Tenant) => assignedLeads(of.agent),
    shown: (of: Tenant) => ({ state: "assigned" as const, owner: of.agent }),
  },
  {
    list: "pending leads",
    path: (of: Tenant) => pendingLeads(of.agent),
    shown: () => ({ state: "pending" as const }),
  },
];

export const NOT_FOUND = { detail: "Not found." };
export const NOT_PERMITTED = { detail: "You do not have permission to perform this action." };
export const NO_SUBSCRIPTION = { detail: "Your organization does not have an active subscription." };

/** Insists on the status. @returns the body. */
export async function answer<T = V5Lead>(response: Response, status = 200): Promise<T> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/json");
  return JSON.parse(text) as T;
}

/** Insists on this status with exactly this body. */
export async function refused(response: Response, status: number, body: object): Promise<void> {
  expect(await answer<object>(response, status)).toEqual(body);
}

export const get = (at: Edge, path: string, by: Person): Promise<Response> => at.send("GET", path, { token: by.token });

export const patch = (at: Edge, path: string, by: Person, body: unknown): Promise<Response> =>
  at.send("PATCH", path, { token: by.token, body });

export const put = (at: Edge, path: string, by: Person, body: unknown): Promise<Response> =>
  at.send("PUT", path, { token: by.token, body });

/** One page, by path or by a link that an earlier page gave. */
export async function page(at: Edge, address: string, by: Person): Promise<V5Page> {
  return answer<V5Page>(await get(at, address.replace("https://foyer.test", ""), by));
}

export const idsOf = (leads: { id: string }[]): string[] => leads.map(({ id }) => id);

export const ids = async (at: Edge, path: string, by: Person): Promise<string[]> =>
  idsOf((await page(at, path, by)).results);

/** Follows the links from a page until there are none. @returns the ids of each page, the first one included. */
export async function walk(at: Edge, start: V5Page, by: Person, link: "next" | "previous"): Promise<string[][]> {
  const pages = [idsOf(start.results)];
  let address = start[link];
  while (address !== null) {
    const next = await page(at, address, by);
    pages.push(idsOf(next.results));
    address = next[link];
  }
  return pages;
}
