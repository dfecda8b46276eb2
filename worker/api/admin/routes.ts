/**
 * Foyer's own administration: everything that a first lead needs, without SQL by hand.
 *
 *     POST, GET           /organizations                                  root token only
 *     GET, PATCH          /organizations/{organization}
 *     POST, GET           /organizations/{organization}/users             PATCH …/{user}
 *     POST, GET           /organizations/{organization}/credentials       DELETE …/{credential}
 *     POST, GET           /organizations/{organization}/integrations      DELETE …/{integration}, POST …/{integration}/codes
 *     POST, GET           /organizations/{organization}/forms             GET, PATCH …/{form}
 *     POST, GET           /organizations/{organization}/customers
 *     GET, POST           /organizations/{organization}/mail-address      POST makes a new one
 *     GET, POST           /organizations/{organization}/pipelines         GET, PATCH, DELETE …/{pipeline},
 *                                                                         POST …/{pipeline}/statuses, PATCH, DELETE …/{status}
 *     GET, POST           /organizations/{organization}/sources           GET, PATCH …/{source}
 *     GET                 /organizations/{organization}/held-leads        POST …/{lead}/release, POST …/{lead}/drop
 *     POST                /organizations/{organization}/purge             a lead, a person, or what retention says
 *
 * What is created takes an `id` of the caller's (a UUID), or has a name or key that stands once, so that a retry meets 409
 * and not a second one; customers and mail addresses do not. Secrets are shown once. Lists are `{results, next}`, `next`
 * being the address of the next page or null.
 *
 * By design: sources of leads are never deleted, since leads keep their keys; those that leads get by themselves stay active.
 */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type * as z from "zod/mini";
import { BODY_LIMIT_BYTES, PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import { shardOfOrganization } from "../../domain/shard.ts";
import type { Context as VerbContext } from "../../services/context.ts";
import { createOrganization, listOrganizations, updateOrganization } from "../../services/organizations.ts";
import { config, contextOf, type Deps } from "../http/app.ts";
import { caught } from "../http/exception.ts";
import { problem } from "../http/problem.ts";
import { cursor, page, read } from "../http/requests.ts";
import { type AdminEnv, type C, requireAdmin, requireOrganization } from "./access.ts";
import { customerRoutes } from "./customers.ts";
import { failureProblem } from "./errors.ts";
import { formRoutes } from "./forms.ts";
import { integrationRoutes } from "./integrations.ts";
import { leadRoutes } from "./leads.ts";
import { mailAddressRoutes } from "./mail-address.ts";
import { peopleRoutes } from "./people.ts";
import { pipelineRoutes } from "./pipelines.ts";
import { NewOrganization, OrganizationPatch } from "./schemas.ts";
import { organizationBody } from "./serializers.ts";
import { sourceRoutes } from "./sources.ts";

export function adminRoutes(deps: Deps): Hono<AdminEnv> {
  const app = new Hono<AdminEnv>({ strict: false });
  const ctx = (c: C) => contextOf(c, deps, c.var.actor, c.var.db);
  app.use(requireAdmin(deps));
  app.use(bodyLimit({ maxSize: BODY_LIMIT_BYTES, onError: () => problem("payload-too-large") }));
  app.use("/organizations/:organization/*", requireOrganization(deps));

  app.post("/organizations", async (c) => {
    if (c.var.actor.kind !== "root") return problem("forbidden");
    const input = await read(c, NewOrganization);
    if (input instanceof Response) return input;
    const db = databaseFor(c, input);
    if (db instanceof Response) return db;
    const wanted = { ...organizationInput(input), uuid: input.id, name: input.name };
    const made = await createOrganization({ ...ctx(c), db }, wanted);
    return made.ok ? c.json(organizationBody(made.value, deps.now()), 201) : failureProblem(made.failure);
  });
  app.get("/organizations", async (c) => {
    if (c.var.actor.kind !== "root") return problem("forbidden");
    const after = cursor(c);
    if (after === null) return failureProblem({ kind: "invalid-cursor" });
    const rows = await listOrganizations(config(c).databases, after.at, PAGE_SIZE_LIMIT);
    return page(
      c,
      rows,
      (row) => organizationBody(row, deps.now()),
      (row) => [row.id, ""],
    );
  });
  app.get("/organizations/:organization", (c) => c.json(organizationBody(c.var.organization, deps.now())));
  app.patch("/organizations/:organization", async (c) => {
    const input = await read(c, OrganizationPatch);
    if (input instanceof Response) return input;
    // A tenant does not extend its own subscription.
    if (input.subscription_until !== undefined && c.var.actor.kind !== "root") return problem("forbidden");
    const changed = await updateOrganization(ctx(c), c.var.organization, organizationInput(input));
    return c.json(organizationBody(changed, deps.now()));
  });

  peopleRoutes(app, ctx);
  formRoutes(app, ctx);
  leadRoutes(app, ctx);
  integrationRoutes(app, ctx);
  mailAddressRoutes(app, ctx);
  pipelineRoutes(app, ctx);
  sourceRoutes(app, ctx);
  customerRoutes(app, ctx);

  app.all("*", () => problem("not-found"));
  app.onError((error, c) => {
    const { kind, headers } = caught(error, c);
    return problem(kind, { headers });
  });
  return app;
}

/** Where a new organization goes, or what is wrong with that. */
function databaseFor(c: C, { id, database }: z.infer<typeof NewOrganization>): VerbContext["db"] | Response {
  const db = config(c).databases[database];
  if (db === undefined) {
    const message = "The deployment has no database of this number.";
    return problem("invalid-fields", { errors: [{ field: "database", code: "unknown", message }] });
  }
  if (id === undefined || shardOfOrganization(id) === database) return db;
  const message = "A version 8 UUID ends in the number of the organization's database; any other is of the first.";
  return problem("invalid-fields", { errors: [{ field: "id", code: "format", message }] });
}

const organizationInput = (input: z.infer<typeof OrganizationPatch>) => ({
  name: input.name,
  subscriptionUntil: input.subscription_until,
  timeZone: input.time_zone,
  retentionDays: input.retention_days,
  ipPolicy: input.ip_policy,
  chatHours: input.chat_hours,
});
