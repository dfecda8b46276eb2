/**
 * What clients read beside incoming leads, read-only.
 *
 *     GET /leads, /contacts, /companies, and each with /{id}
 *     GET /leads/pipelines, /leads/pipelines/{id}, /leads/pipelines/{id}/statuses, …/statuses/{id}
 *     GET /users, /users/{id}, /account
 *
 * Lists hold what was accepted; by id, what still waits is marked `is_unsorted`, and what lies in the trash `is_deleted`.
 * Gap: no filters on these lists.
 */
import type { Context, Hono } from "hono";
import type { LeadRecord } from "../../domain/entities.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { getPerson, getRecord, listPeople, listRecords, readPipelines } from "../../services/records.ts";
import { contextOf, type Deps } from "../http/app.ts";
import {
  accountBody,
  companyBody,
  contactBody,
  type Frame,
  leadRecordBody,
  personBody,
  pipelineBody,
  statusBody,
} from "./entity-serializers.ts";
import { invalid, type ValidationError } from "./errors.ts";
import { hal, selfLink, type UnsortedEnv } from "./hal.ts";
import { parsePage } from "./query.ts";

type C = Context<UnsortedEnv>;
type Body = (frame: Frame, record: LeadRecord) => object;
const KINDS: Record<"leads" | "contacts" | "companies", Body> = {
  leads: leadRecordBody,
  contacts: contactBody,
  companies: companyBody,
};

const frameOf = (c: C): Frame => ({ origin: new URL(c.req.url).origin, accountId: c.var.caller.organization.id });
const context = (c: C, deps: Deps) => contextOf(c, deps, c.var.caller.actor, c.var.caller.db);
const nothing = (c: C): Response => c.body(null, 204);

export function entityRoutes(app: Hono<UnsortedEnv>, deps: Deps): void {
  for (const kind of ["leads", "contacts", "companies"] as const) {
    app.get(`/${kind}`, (c) =>
      listOf(c, kind, async (page) => {
        const records = await listRecords(context(c, deps), c.var.caller.organization.id, page, kind === "companies");
        return {
          ...records,
          ids: records.items.map(({ id }) => id),
          bodies: records.items.map((one) => KINDS[kind](frameOf(c), one)),
        };
      }),
    );
    app.get(`/${kind}/:id{\\d{1,15}}`, async (c) => {
      const record = await getRecord(context(c, deps), c.var.caller.organization.id, Number(c.req.param("id")));
      const isThere = record !== null && (kind !== "companies" || record.contact.company !== null);
      return isThere ? hal(c, KINDS[kind](frameOf(c), record)) : nothing(c);
    });
  }
  pipelineRoutes(app, deps);

  app.get("/users", (c) =>
    listOf(c, "users", async ({ afterId, skip, limit }) => {
      const users = await listPeople(context(c, deps), c.var.caller.organization.id, afterId, skip + limit);
      const items = users.slice(skip, skip + limit);
      return {
        hasNext: users.length > skip + limit,
        ids: items.map(({ id }) => id),
        bodies: items.map((user) => personBody(frameOf(c), user)),
      };
    }),
  );
  app.get("/users/:id{\\d{1,15}}", async (c) => {
    const user = await getPerson(context(c, deps), c.var.caller.organization.id, Number(c.req.param("id")));
    return user === null ? nothing(c) : hal(c, personBody(frameOf(c), user));
  });
  app.get("/account", (c) => {
    const { actor, organization } = c.var.caller;
    return hal(c, accountBody(frameOf(c), organization, actor.kind === "user" ? actor.user.id : 0));
  });
}

function pipelineRoutes(app: Hono<UnsortedEnv>, deps: Deps): void {
  const path = "/leads/pipelines";
  const read = (c: C) => readPipelines(context(c, deps), c.var.caller.organization.id);
  const find = async (c: C) => (await read(c)).find(({ id }) => id === Number(c.req.param("id")));
  const collection = (c: C, key: string, bodies: object[]) =>
    hal(c, {
      _total_items: bodies.length,
      _links: { self: selfLink(c.req.url) },
      _embedded: { [key]: bodies },
    });
  app.get(path, async (c) =>
    collection(
      c,
      "pipelines",
      (await read(c)).map((one) => pipelineBody(frameOf(c), one)),
    ),
  );
  app.get(`${path}/:id{\\d{1,15}}`, async (c) => {
    const pipeline = await find(c);
    return pipeline ? hal(c, pipelineBody(frameOf(c), pipeline)) : nothing(c);
  });
  app.get(`${path}/:id{\\d{1,15}}/statuses`, async (c) => {
    const pipeline = await find(c);
    if (!pipeline) return nothing(c);
    return collection(
      c,
      "statuses",
      pipeline.statuses.map((status) => statusBody(frameOf(c), pipeline.id, status)),
    );
  });
  app.get(`${path}/:id{\\d{1,15}}/statuses/:status{\\d{1,15}}`, async (c) => {
    const pipeline = await find(c);
    const status = pipeline?.statuses.find(({ id }) => id === Number(c.req.param("status")));
    return pipeline && status ? hal(c, statusBody(frameOf(c), pipeline.id, status)) : nothing(c);
  });
}

type Slice = { hasNext: boolean; ids: number[]; bodies: object[] };

/** A page by number, whose `next` link carries the number that the page ends with. */
async function listOf(
  c: C,
  key: string,
  read: (page: { afterId: number; limit: number; skip: number }) => Promise<Slice>,
): Promise<Response> {
  const url = new URL(c.req.url);
  const parsed = pageOf(url.searchParams);
  if (!parsed.ok) return invalid(parsed.failure);
  const { page, ...slice } = parsed.value;
  const { hasNext, ids, bodies } = await read(slice);
  const last = ids.at(-1);
  if (last === undefined) return nothing(c);
  const link = (number: number, cursor: number | null) => {
    const target = new URL(url);
    target.searchParams.set("page", String(number));
    target.searchParams.set("limit", String(slice.limit));
    if (cursor === null) target.searchParams.delete("cursor");
    else target.searchParams.set("cursor", String(cursor));
    return { href: target.href };
  };
  return hal(c, {
    _page: page,
    _links: {
      self: selfLink(url.href),
      ...(hasNext ? { next: link(page + 1, last) } : {}),
      ...(page > 1 ? { prev: link(page - 1, null) } : {}),
    },
    _embedded: { [key]: bodies },
  });
}

function pageOf(
  query: URLSearchParams,
): Result<{ page: number; limit: number; skip: number; afterId: number }, ValidationError[]> {
  const cursor = /^\d{1,15}$/.exec(query.get("cursor") ?? "");
  const parsed = parsePage(query, cursor !== null);
  return parsed.ok ? ok({ ...parsed.value, afterId: cursor ? Number(cursor[0]) : 0 }) : fail(parsed.failure);
}
