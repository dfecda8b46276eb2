/**
 * Organization and user leads, v5 (the giosg Leads API).
 *
 *     GET             /orgs/{organization}/leads
 *     GET, PUT, PATCH /orgs/{organization}/leads/{lead}
 *     GET             /users/{user}/{assigned_leads|pending_leads}
 *     GET, PUT, PATCH /users/{user}/{assigned_leads|pending_leads}/{lead}
 *
 * Who may: users read their own lists and the organization's, change their own leads and pick pending ones for
 * themselves; administrators do so for everyone in the organization. An organization or user that is unknown looks like
 * one that is somebody else's (403), and so does a lead (404).
 * By design: what was declined, linked or deleted is shown closed in the organization's list and takes no change (404).
 * Quirks served: `Token` and `Bearer`, trailing slashes, `page_size`, read-only keys in a body.
 * Gap: `ordering` knows created_at only, as documented.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { BODY_LIMIT_BYTES } from "../../../shared/limits.ts";
import { isAdministrator } from "../../domain/actor.ts";
import { CREDENTIALS_OF } from "../../domain/credentials.ts";
import type { LeadView } from "../../domain/lead-query.ts";
import { isSubscribed } from "../../domain/organization.ts";
import { type Authenticated, authenticate } from "../../services/credentials.ts";
import { findUser } from "../../services/find-user.ts";
import { getLead } from "../../services/get-lead.ts";
import { listLeads } from "../../services/list-leads.ts";
import { updateLead } from "../../services/update-lead.ts";
import { type AppEnv, config, contextOf, type Deps } from "../http/app.ts";
import { parseAuthorization } from "../http/authorization.ts";
import { caught, SERVER_ERRORS } from "../http/exception.ts";
import { parseJson } from "../http/json.ts";
import type { LeadPage } from "./bodies.ts";
import { detail, failureAnswer, fieldErrors, notFound, permissionDenied } from "./errors.ts";
import { isUuid, parseList, parseUpdate, printCursor } from "./schemas.ts";
import { leadBody } from "./serializers.ts";

interface OrgUserEnv extends AppEnv {
  Variables: { caller: Authenticated<"user_token" | "oauth">; view: LeadView };
}
type C = Context<OrgUserEnv>;

const UNAUTHENTICATED = { "www-authenticate": "Token" };

export function orgUserRoutes(deps: Deps): Hono<OrgUserEnv> {
  const app = new Hono<OrgUserEnv>({ strict: false });

  app.use(async (c, next) => {
    const authorization = parseAuthorization(c.req.header("authorization"));
    if (authorization === null || !["token", "bearer"].includes(authorization.scheme)) {
      return detail(401, "Authentication credentials were not provided.", UNAUTHENTICATED);
    }
    const accepted = CREDENTIALS_OF["org-user"];
    const caller = await authenticate(config(c), accepted, authorization.credentials, deps.now());
    if (caller === null) return detail(401, "Invalid token.", UNAUTHENTICATED);
    if (!isSubscribed(caller.organization, deps.now())) {
      return detail(403, "Your organization does not have an active subscription.");
    }
    c.set("caller", caller);
    // Personal data, whatever the answer.
    c.header("cache-control", "no-store");
    return next();
  });

  app.use("/orgs/:organization/*", async (c, next) => {
    if (c.req.param("organization").toLowerCase() !== c.var.caller.organization.uuid) return permissionDenied();
    c.set("view", { kind: "organization" });
    return next();
  });

  app.use("/users/:user/:list{(?:assigned_leads|pending_leads)}/*", async (c, next) => {
    const { actor, organization, db } = c.var.caller;
    const uuid = c.req.param("user").toLowerCase();
    const isSelf = uuid === actor.user.uuid;
    if (!isSelf && !isAdministrator(actor)) return permissionDenied();
    const user = isSelf ? actor.user : isUuid(uuid) ? await findUser(db, organization.id, uuid, deps.now()) : null;
    if (user === null) return permissionDenied();
    const isPending = c.req.param("list") === "pending_leads";
    c.set("view", isPending ? { kind: "pending" } : { kind: "assigned", userId: user.id });
    return next();
  });

  app.use(bodyLimit({ maxSize: BODY_LIMIT_BYTES, onError: () => detail(413, "Request body is too large.") }));

  for (const path of ["/orgs/:organization/leads", "/users/:user/:list{(?:assigned_leads|pending_leads)}"]) {
    app.get(path, (c) => list(c, deps));
    app.all(path, (c) => methodNotAllowed(c, "GET, HEAD"));
    app.get(`${path}/:lead`, (c) => retrieve(c, deps));
    app.put(`${path}/:lead`, (c) => update(c, deps, true));
    app.patch(`${path}/:lead`, (c) => update(c, deps, false));
    app.all(`${path}/:lead`, (c) => methodNotAllowed(c, "GET, HEAD, PUT, PATCH"));
  }

  app.all("*", () => notFound());
  app.onError((error, c) => {
    const { status, headers } = caught(error, c);
    return detail(status, SERVER_ERRORS[status], headers);
  });
  return app;
}

async function list(c: C, deps: Deps): Promise<Response> {
  const url = new URL(c.req.url);
  const parsed = parseList(url.searchParams);
  if (!parsed.ok) {
    return parsed.failure.kind === "cursor"
      ? failureAnswer({ kind: "invalid-cursor" })
      : fieldErrors(parsed.failure.errors);
  }
  const { actor, organization, db } = c.var.caller;
  const query = { ...parsed.value, view: c.var.view };
  const page = await listLeads(contextOf(c, deps, actor, db), organization.id, query);
  const [first, last] = [page.items.at(0), page.items.at(-1)];
  const link = (cursor: string) => {
    url.searchParams.set("cursor", cursor);
    return url.href;
  };
  const body: LeadPage = {
    next: page.hasNext && last ? link(printCursor({ after: { at: last.receivedAt, id: last.id } })) : null,
    previous: page.hasPrevious && first ? link(printCursor({ before: { at: first.receivedAt, id: first.id } })) : null,
    results: page.items.map((lead) => leadBody(lead, organization.uuid)),
  };
  return c.json(body);
}

async function retrieve(c: C, deps: Deps): Promise<Response> {
  const { actor, organization, db } = c.var.caller;
  const uuid = (c.req.param("lead") ?? "").toLowerCase();
  if (!isUuid(uuid)) return notFound();
  const found = await getLead(contextOf(c, deps, actor, db), organization.id, c.var.view, uuid);
  return found.ok ? c.json(leadBody(found.value, organization.uuid)) : failureAnswer(found.failure);
}

async function update(c: C, deps: Deps, isWhole: boolean): Promise<Response> {
  const { actor, organization, db } = c.var.caller;
  const uuid = (c.req.param("lead") ?? "").toLowerCase();
  if (!isUuid(uuid)) return notFound();
  const type = c.req.header("content-type") ?? "application/json";
  if (!/^application\/(\w+\+)?json\b/i.test(type)) return detail(415, `Unsupported media type "${type}" in request.`);
  const body = parseJson(await c.req.text());
  if (!body.ok) return detail(400, `JSON parse error - ${body.failure}`);
  const wanted = parseUpdate(body.value, isWhole);
  if (!wanted.ok) return fieldErrors(wanted.failure);
  const updated = await updateLead(contextOf(c, deps, actor, db), organization.id, c.var.view, uuid, wanted.value);
  return updated.ok ? c.json(leadBody(updated.value, organization.uuid)) : failureAnswer(updated.failure);
}

function methodNotAllowed(c: C, allow: string): Response {
  return detail(405, `Method "${c.req.method}" not allowed.`, { allow });
}
