/**
 * Incoming leads ("unsorted"), v4 (the Kommo / amoCRM API).
 *
 *     GET    /leads/unsorted                  what waits; by uid, sorted ones too
 *     GET    /leads/unsorted/summary
 *     GET    /leads/unsorted/{uid}
 *     POST   /leads/unsorted/{sip|forms}      one or many, all or none
 *     POST   /leads/unsorted/{uid}/accept
 *     DELETE /leads/unsorted/{uid}/decline
 *     POST   /leads/unsorted/{uid}/link       chats only
 *     GET    …                                what clients read besides: entity-routes.ts
 *
 * | who           | reads | adds | accepts                | declines | links |
 * |---------------|-------|------|------------------------|----------|-------|
 * | agent         | yes   | yes  | for themselves, nobody | as self  | no    |
 * | administrator | yes   | yes  | for anyone             | yes      | yes   |
 *
 * By design: an error's media type carries no charset, an empty list is 204 without a body, and so is an unknown uid;
 * `next` links carry a cursor beside the page number, so that following them costs the same on every page.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type * as z from "zod/mini";
import { BODY_LIMIT_BYTES } from "../../../shared/limits.ts";
import { CREDENTIALS_OF } from "../../domain/credentials.ts";
import { isSubscribed } from "../../domain/organization.ts";
import { ok } from "../../domain/result.ts";
import { addIncoming } from "../../services/add-incoming.ts";
import { authenticate } from "../../services/credentials.ts";
import { getIncoming, listIncoming, summarizeIncoming } from "../../services/incoming.ts";
import { linkIncoming } from "../../services/link-incoming.ts";
import { acceptIncoming, declineIncoming } from "../../services/sort-incoming.ts";
import { config, contextOf, type Deps } from "../http/app.ts";
import { parseAuthorization } from "../http/authorization.ts";
import { caught } from "../http/exception.ts";
import { parseJson } from "../http/json.ts";
import { entityRoutes } from "./entity-routes.ts";
import { failureProblem, invalid, invalidRequests, problem } from "./errors.ts";
import { hal, selfLink, type UnsortedEnv } from "./hal.ts";
import { parseList, parseSummary } from "./query.ts";
import { AcceptRequest, DeclineRequest, LEADS_MOST, LinkRequest, parseIncoming, parseOptions } from "./schemas.ts";
import { addedBody, incomingBody, linkedBody, sortedBody, summaryBody } from "./serializers.ts";

type C = Context<UnsortedEnv>;

/** As in wrangler.toml. */
const RATE_PERIOD_SECONDS = 10;
const IDEMPOTENCY_KEY_LIMIT_CHARS = 255;

export function unsortedRoutes(deps: Deps): Hono<UnsortedEnv> {
  const app = new Hono<UnsortedEnv>({ strict: false });

  app.use(async (c, next) => {
    const authorization = parseAuthorization(c.req.header("authorization"));
    // A user's own token goes by either scheme, in every dialect.
    const isKnown = authorization?.scheme === "bearer" || authorization?.scheme === "token";
    const secret = isKnown ? authorization.credentials : "";
    const caller = await authenticate(config(c), CREDENTIALS_OF.unsorted, secret, deps.now());
    if (caller === null) return problem(401, "The user is not authorized.");
    if (!isSubscribed(caller.organization, deps.now())) return problem(402, "The account has no active subscription.");
    const rate = await withinRate(c, caller.organization.id);
    if (!rate) return failureProblem({ kind: "rate-limited", retryAfterSeconds: RATE_PERIOD_SECONDS });
    c.set("caller", caller);
    return next();
  });
  app.use(bodyLimit({ maxSize: BODY_LIMIT_BYTES, onError: () => problem(413, "At most 1 MiB is taken.") }));

  app.get("/leads/unsorted", (c) => list(c, deps));
  app.get("/leads/unsorted/summary", async (c) => {
    const query = parseSummary(new URL(c.req.url).searchParams);
    if (!query.ok) return invalid(query.failure);
    return hal(c, summaryBody(await summarizeIncoming(context(c, deps), c.var.caller.organization.id, query.value)));
  });
  app.get("/leads/unsorted/:category{(?:sip|forms)}", (c) => notAllowed(c, "POST"));
  app.get("/leads/unsorted/:uid", async (c) => {
    const { id } = c.var.caller.organization;
    const found = await getIncoming(context(c, deps), id, c.req.param("uid"));
    return found.ok ? hal(c, incomingBody(origin(c), id, found.value)) : c.body(null, 204);
  });
  app.post("/leads/unsorted/:category{(?:sip|forms)}", (c) => add(c, deps, c.req.param("category") as "sip" | "forms"));
  app.post("/leads/unsorted/:uid/accept", async (c) => {
    const options = await read(c, AcceptRequest);
    if (options instanceof Response) return options;
    const { user_id: userId, status_id: statusId } = options;
    const organizationId = c.var.caller.organization.id;
    const accepted = await acceptIncoming(context(c, deps), organizationId, c.req.param("uid"), { userId, statusId });
    return accepted.ok ? hal(c, sortedBody(origin(c), accepted.value, true)) : failureProblem(accepted.failure);
  });
  app.delete("/leads/unsorted/:uid/decline", async (c) => {
    const options = await read(c, DeclineRequest);
    if (options instanceof Response) return options;
    const organizationId = c.var.caller.organization.id;
    const declined = await declineIncoming(context(c, deps), organizationId, c.req.param("uid"), options.user_id);
    return declined.ok ? hal(c, sortedBody(origin(c), declined.value, false)) : failureProblem(declined.failure);
  });

  app.post("/leads/unsorted/:uid/link", async (c) => {
    const options = await read(c, LinkRequest);
    if (options instanceof Response) return options;
    const { link, user_id: userId } = options;
    const target = link.entity_type === "leads" ? { leadId: link.entity_id } : { customerId: link.entity_id };
    const wanted = { target, userId, contactId: link.metadata?.contact_id };
    const linked = await linkIncoming(context(c, deps), c.var.caller.organization.id, c.req.param("uid"), wanted);
    return linked.ok ? hal(c, linkedBody(origin(c), linked.value.uid, link)) : failureProblem(linked.failure);
  });

  for (const [path, allow] of [
    ["/leads/unsorted", "GET, HEAD"],
    ["/leads/unsorted/summary", "GET, HEAD"],
    ["/leads/unsorted/:category{(?:sip|forms)}", "POST"],
    ["/leads/unsorted/:uid", "GET, HEAD"],
    ["/leads/unsorted/:uid/accept", "POST"],
    ["/leads/unsorted/:uid/decline", "DELETE"],
    ["/leads/unsorted/:uid/link", "POST"],
  ] as const) {
    app.all(path, (c) => notAllowed(c, allow));
  }
  entityRoutes(app, deps);
  for (const path of ["/:kind{(?:leads|contacts|companies|users)}/:id{\\d+}?", "/account", "/leads/pipelines/*"]) {
    app.on(["POST", "PUT", "PATCH", "DELETE"], path, (c) => notAllowed(c, "GET, HEAD"));
  }
  app.all("*", () => problem(404, "There is no such address."));
  app.onError((error, c) => {
    const { status, text, headers } = caught(error, c);
    return problem(status, text, { headers });
  });
  return app;
}

/** The platform counts, by account and location; without the binding nobody does. */
async function withinRate(c: C, accountId: number): Promise<boolean> {
  const { V4_RATE: rate, FOYER_V4_RATE: mode } = c.env;
  return rate === undefined || mode === "off" || (await rate.limit({ key: String(accountId) })).success;
}

const notAllowed = (c: C, allow: string): Response =>
  problem(405, `The method ${c.req.method} is not allowed here.`, { headers: { allow } });
const context = (c: C, deps: Deps) => contextOf(c, deps, c.var.caller.actor, c.var.caller.db);
const origin = (c: C): string => new URL(c.req.url).origin;

/** A body that may be missing. */
async function read<T extends z.ZodMiniType>(c: C, schema: T): Promise<z.infer<T> | Response> {
  const text = await c.req.text();
  const json = text.trim() === "" ? ok({}) : parseJson(text);
  if (!json.ok) return unreadable(json.failure);
  const options = parseOptions(schema, json.value);
  return options.ok ? options.value : invalid(options.failure);
}

const unreadable = (why: string): Response => problem(400, `The request cannot be read: ${why}`);

async function list(c: C, deps: Deps): Promise<Response> {
  const url = new URL(c.req.url);
  const query = parseList(url.searchParams);
  if (!query.ok) return invalid(query.failure);
  const { organization } = c.var.caller;
  const { page, limit } = query.value;
  const { items, hasNext } = await listIncoming(context(c, deps), organization.id, query.value);
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined) return c.body(null, 204);
  const link = (number: number, cursor: string | null) => {
    const target = new URL(url);
    target.searchParams.set("page", String(number));
    target.searchParams.set("limit", String(limit));
    if (cursor === null) target.searchParams.delete("cursor");
    else target.searchParams.set("cursor", cursor);
    return { href: target.href };
  };
  return hal(c, {
    _page: page,
    _links: {
      self: selfLink(url.href),
      ...(hasNext ? { next: link(page + 1, `${last.createdAt}.${last.leadId}`) } : {}),
      ...(page > 1 ? { prev: link(page - 1, null) } : {}),
    },
    _embedded: { unsorted: items.map((lead) => incomingBody(url.origin, organization.id, lead)) },
  });
}

async function add(c: C, deps: Deps, category: "sip" | "forms"): Promise<Response> {
  const text = await c.req.text();
  const json = parseJson(text);
  if (!json.ok) return unreadable(json.failure);
  const sent = Array.isArray(json.value) ? json.value : [json.value];
  if (sent.length === 0) return problem(400, "At least one incoming lead is expected.");
  if (sent.length > LEADS_MOST) return problem(422, `At most ${LEADS_MOST} incoming leads are taken at once.`);
  const inputs = parseIncoming(category, sent);
  if (!inputs.ok) return invalid(inputs.failure);
  const key = c.req.header("idempotency-key");
  if (key !== undefined && key.length > IDEMPOTENCY_KEY_LIMIT_CHARS)
    return problem(400, "The idempotency key is too long.");
  const { organization, actor } = c.var.caller;
  const who = actor.kind === "user" ? actor.user.id : actor.credentialId;
  const idempotency = key ? { scope: `unsorted ${category} ${who}`, key, content: text } : null;
  const result = await addIncoming(context(c, deps), organization.id, inputs.value, idempotency);
  if (!result.ok && result.failure.kind === "invalid-fields") {
    const requestIds = inputs.value.map(({ requestId }) => requestId);
    return invalidRequests(result.failure.problems, requestIds);
  }
  if (!result.ok) return failureProblem(result.failure);
  const { added, isReplay } = result.value;
  if (isReplay) c.header("Idempotent-Replayed", "true");
  return hal(c, {
    _total_items: added.length,
    _embedded: { unsorted: added.map((one) => addedBody(origin(c), organization.id, one)) },
  });
}
