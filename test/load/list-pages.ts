/** Every dialect's list: its first page, its links, and where its last page begins. */
import type { DatabaseSync } from "node:sqlite";
import { type Ask, connections, send } from "./drive.ts";
import type { World } from "./world.ts";

export interface List {
  name: string;
  first: Ask;
  /** The address of the page after the one that was answered; null: there is none. */
  next: (body: unknown, address: string) => string | null;
  /** The items of an answered page. */
  count: (body: unknown) => number;
  /** Where leads of the list stand, and which way it goes. */
  holds: string;
  order: "ASC" | "DESC";
  /** The same link with its cursor set to another place of the list; undefined: the list has pages by number alone. */
  moved?: (link: string, place: Place) => string;
}
interface Place {
  at: number;
  id: number;
}

const SIZE = 25;

const put = (link: string, cursor: string): string => {
  const url = new URL(link, "http://bench");
  url.searchParams.set("cursor", cursor);
  return url.pathname + url.search;
};
const dotted = (link: string, { at, id }: Place) => put(link, `${at}.${id}`);
const encoded = (link: string, { at, id }: Place) => put(link, btoa(`n${at}.${id}`).replaceAll("=", ""));

export function listsOf({ organization, chatFormId, user, apiKey }: World): List[] {
  const bearer = { authorization: `Bearer ${user.token}` };
  const v5 = (name: string, path: string, holds: string): List => ({
    ...{ name: `v5 ${name}`, holds, order: "DESC", moved: encoded },
    first: { path: `/api/v5${path}?ordering=-created_at&page_size=${SIZE}`, headers: bearer },
    next: (body) => (body as { next: string | null }).next,
    count: (body) => (body as { results: object[] }).results.length,
  });
  const v4 = (name: string, path: string, holds: string, key: string, moved: List["moved"]): List => ({
    ...{ name: `v4 ${name}`, holds, order: "ASC", moved },
    first: { path: `/api/v4${path}${path.includes("?") ? "&" : "?"}limit=${SIZE}`, headers: bearer },
    next: (body) => (body as { _links: { next?: { href: string } } })._links.next?.href ?? null,
    count: (body) => (body as { _embedded: Record<string, object[]> })._embedded[key]?.length ?? 0,
  });
  const worked = "state IN ('pending', 'assigned', 'closed')";
  const byId = (link: string, { id }: Place) => put(link, String(id));
  return [
    v5("organization's leads", `/orgs/${organization.id}/leads`, "1"),
    v5("pending leads", `/users/${user.id}/pending_leads`, "state IN ('incoming', 'pending')"),
    v5("assigned leads", `/users/${user.id}/assigned_leads`, "state IN ('assigned', 'closed')"),
    v4("unsorted", "/leads/unsorted?order[created_at]=asc", "state = 'incoming'", "unsorted", dotted),
    v4("leads", "/leads", worked, "leads", byId),
    v4("contacts", "/contacts", worked, "contacts", byId),
    v4("companies", "/companies", worked, "companies", byId),
    {
      ...{ name: "crm leads", holds: worked, order: "DESC" },
      moved: (link, { id }) => put(link, `0.${id}`),
      first: { path: `/api/v1/leads/list/?limit=${SIZE}`, headers: { ...bearer, apikey: apiKey } },
      next: (body) => (body as { data: { next: string | null } }).data.next,
      count: (body) => (body as { data: { results: object[] } }).data.results.length,
    },
    {
      ...{ name: "get-leads", holds: "category = 'chats'", order: "ASC" },
      first: { path: `/api/v1/get-leads?chatbotId=${chatFormId}&size=${SIZE}&page=1`, headers: bearer },
      next: (body, address) => nextNumber(address, (body as { data: object[] }).data.length),
      count: (body) => (body as { data: object[] }).data.length,
    },
    {
      ...{ name: "operators' incoming", holds: "state = 'incoming'", order: "DESC", moved: dotted },
      first: { path: "/admin/v1/incoming", headers: bearer },
      next: (body) => (body as { next: string | null }).next,
      count: (body) => (body as { results: object[] }).results.length,
    },
  ];
}

/** How deep get-leads goes by number. */
const DEPTH = 10_000;

function nextNumber(address: string, found: number): string | null {
  const url = new URL(address, "http://bench");
  const page = Number(url.searchParams.get("page")) + 1;
  url.searchParams.set("page", String(page));
  return found < SIZE || page * SIZE > DEPTH ? null : url.pathname + url.search;
}

export interface Walked {
  /** The last page that was reached. */
  last: Ask;
  pages: number;
  how: string;
}

/** Follows a list's own links; past `most` pages it goes on from just before the end. */
export async function walk(
  list: List,
  url: string,
  most: number,
  db: <T>(act: (db: DatabaseSync) => T) => T,
): Promise<Walked> {
  const agent = connections(1);
  const ask = async (path: string) => JSON.parse((await send(agent, url, { ...list.first, path })).body) as unknown;
  const relative = (link: string) => link.replace(/^https?:\/\/[^/]+/, "");
  let path = list.first.path;
  let pages = 1;
  let hasJumped = false;
  try {
    for (;;) {
      const body = await ask(path);
      const next = list.next(body, path);
      // A list may not know that a page was its last before it shows an empty one.
      if (next === null || (list.moved === undefined && list.count(await ask(relative(next))) === 0)) break;
      path = relative(next);
      pages += 1;
      if (pages >= most && list.moved && !hasJumped) {
        path = list.moved(
          path,
          db((open) => placeBefore(open, list, 3 * list.count(body))),
        );
        hasJumped = true;
      }
    }
  } finally {
    agent.destroy();
  }
  const way = hasJumped ? `${most} by links, a jump, ${pages - most} by links` : `all ${pages} by links`;
  return { last: { ...list.first, path }, pages, how: list.moved ? way : `${pages} by number` };
}

/** The lead after which so many are left. */
function placeBefore(db: DatabaseSync, { holds, order }: List, left: number): Place {
  const back = order === "ASC" ? "DESC" : "ASC";
  return db
    .prepare(
      `SELECT received_at AS at, id FROM lead WHERE id >= 1000 AND ${holds} ORDER BY id ${back} LIMIT 1 OFFSET ?`,
    )
    .get(left) as unknown as Place;
}
