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
 *     GET                 /organizations/{organization}/held-leads        POST …/{lead}/release, POST …/{lead}/drop
 *     POST                /organizations/{organization}/purge             a lead, a person, or what retention says
 *
 * Whatever is created takes an `id` of the caller's (a UUID), so that a retry meets 409 and not a second one. Secrets are
 * shown once. Lists are `{results, next}`, `next` being the address of the next page or null.
 */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import * as z from "zod/mini";
import { BODY_LIMIT_BYTES, PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import { FormSettings } from "../../domain/form.ts";
import { shardOfForm } from "../../domain/shard.ts";
import { issueCredential, listCredentials, revoke } from "../../services/credentials.ts";
import { createCustomer, listCustomers } from "../../services/customers.ts";
import { createForm, getForm, listForms, updateForm } from "../../services/forms.ts";
import { dropLead, listHeld, releaseLead } from "../../services/held-leads.ts";
import { createOrganization, listOrganizations, updateOrganization } from "../../services/organizations.ts";
import { applyRetention, erasePerson, purgeLead } from "../../services/purge-leads.ts";
import { createUser, listUsers, updateUser } from "../../services/users.ts";
import { contextOf, type Deps } from "../http/app.ts";
import { logError } from "../http/log.ts";
import { problem } from "../http/problem.ts";
import { type AdminEnv, requireAdmin, requireOrganization } from "./access.ts";
import { failureProblem, issuesProblem } from "./errors.ts";
import { integrationRoutes } from "./integrations.ts";
import { mailAddressRoutes } from "./mail-address.ts";
import { pipelineRoutes } from "./pipelines.ts";
import { type C, type ContextFor, cursor, nextPage, page, read } from "./requests.ts";
import {
  NewCredential,
  NewCustomer,
  NewOrganization,
  NewUser,
  OrganizationPatch,
  PurgeRequest,
  UserPatch,
} from "./schemas.ts";
import { credentialBody, customerBody, formBody, heldLeadBody, organizationBody, userBody } from "./serializers.ts";

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
    const made = await createOrganization(ctx(c), { ...organizationInput(input), uuid: input.id, name: input.name });
    return made.ok ? c.json(organizationBody(made.value, deps.now()), 201) : failureProblem(made.failure);
  });
  app.get("/organizations", async (c) => {
    if (c.var.actor.kind !== "root") return problem("forbidden");
    const after = cursor(c);
    if (after === null) return failureProblem({ kind: "invalid-cursor" });
    const rows = await listOrganizations(ctx(c), after.at, PAGE_SIZE_LIMIT);
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
  customerRoutes(app, ctx);

  app.all("*", () => problem("not-found"));
  app.onError((error, c) => {
    logError(error, { method: c.req.method, route: c.req.routePath });
    return problem("internal");
  });
  return app;
}

function peopleRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
  const users = "/organizations/:organization/users";
  app.post(users, async (c) => {
    const input = await read(c, NewUser);
    if (input instanceof Response) return input;
    const who = { ...userInput(input), uuid: input.id, username: input.username, role: input.role };
    const made = await createUser(ctx(c), c.var.organization.id, who);
    return made.ok ? c.json(userBody(made.value), 201) : failureProblem(made.failure);
  });
  app.get(users, async (c) => {
    const after = cursor(c);
    if (after === null) return failureProblem({ kind: "invalid-cursor" });
    const rows = await listUsers(ctx(c), c.var.organization.id, after.at, PAGE_SIZE_LIMIT);
    return page(c, rows, userBody, (row) => [row.id, ""]);
  });
  app.patch(`${users}/:user`, async (c) => {
    const input = await read(c, UserPatch);
    if (input instanceof Response) return input;
    const changed = await updateUser(
      ctx(c),
      c.var.organization.id,
      c.req.param("user").toLowerCase(),
      userInput(input),
    );
    return changed.ok ? c.json(userBody(changed.value)) : failureProblem(changed.failure);
  });

  const credentials = "/organizations/:organization/credentials";
  app.post(credentials, async (c) => {
    const input = await read(c, NewCredential);
    if (input instanceof Response) return input;
    const userUuid = input.kind === "user_token" ? input.user_id.toLowerCase() : null;
    const wanted = { kind: input.kind, userUuid, name: input.name, expiresAt: input.expires_at ?? null };
    const made = await issueCredential(ctx(c), c.var.organization.id, wanted);
    if (!made.ok) return failureProblem(made.failure);
    return c.json({ ...credentialBody(made.value), secret: made.value.secret }, 201, { "cache-control": "no-store" });
  });
  app.get(credentials, async (c) => {
    const after = cursor(c);
    if (after === null) return failureProblem({ kind: "invalid-cursor" });
    const rows = await listCredentials(ctx(c), c.var.organization.id, after, PAGE_SIZE_LIMIT);
    return page(c, rows, credentialBody, (row) => [row.createdAt, row.id]);
  });
  app.delete(`${credentials}/:credential`, async (c) => {
    const revoked = await revoke(ctx(c), c.var.organization.id, c.req.param("credential"));
    return revoked.ok ? c.body(null, 204) : failureProblem(revoked.failure);
  });
}

const NewForm = z.looseObject({ id: z.optional(z.string()) });

function formRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
  const forms = "/organizations/:organization/forms";
  app.post(forms, async (c) => {
    const input = await read(c, NewForm);
    if (input instanceof Response) return input;
    const { id: asked, ...rest } = input;
    const id = asked?.toLowerCase();
    if (id !== undefined && shardOfForm(id) !== 0) {
      const message = "A form's id is a version 8 UUID that ends in the number of the organization's database.";
      return problem("invalid-fields", { errors: [{ field: "id", code: "format", message }] });
    }
    const settings = FormSettings.safeParse(rest);
    if (!settings.success) return issuesProblem(settings.error.issues);
    const made = await createForm(ctx(c), c.var.organization.id, settings.data, id);
    return made.ok ? c.json(formBody(made.value), 201) : failureProblem(made.failure);
  });
  app.get(forms, async (c) => {
    const after = cursor(c);
    if (after === null) return failureProblem({ kind: "invalid-cursor" });
    const rows = await listForms(ctx(c), c.var.organization.id, after, PAGE_SIZE_LIMIT);
    return page(c, rows, formBody, (row) => [row.createdAt, row.id]);
  });
  app.get(`${forms}/:form`, async (c) => {
    const form = await getForm(ctx(c), c.var.organization.id, c.req.param("form").toLowerCase());
    return form === null ? problem("not-found") : c.json(formBody(form));
  });
  app.patch(`${forms}/:form`, async (c) => {
    const form = await getForm(ctx(c), c.var.organization.id, c.req.param("form").toLowerCase());
    if (form === null) return problem("not-found");
    const input = await read(c, z.looseObject({}));
    if (input instanceof Response) return input;
    const settings = FormSettings.safeParse({ ...form.settings, ...input });
    if (!settings.success) return issuesProblem(settings.error.issues);
    return c.json(formBody(await updateForm(ctx(c), form, settings.data)));
  });
}

function leadRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
  const held = "/organizations/:organization/held-leads";
  app.get(held, async (c) => {
    const after = cursor(c);
    if (after === null) return failureProblem({ kind: "invalid-cursor" });
    const keyset = after.id === "" ? null : { at: after.at, id: Number(after.id) };
    const { items, hasNext } = await listHeld(ctx(c), c.var.organization.id, keyset);
    const last = items.at(-1);
    const next = hasNext && last ? nextPage(c, last.receivedAt, String(last.id)) : null;
    return c.json({ results: items.map(heldLeadBody), next });
  });
  app.post(`${held}/:lead/release`, async (c) => {
    const released = await releaseLead(ctx(c), c.var.organization.id, c.req.param("lead").toLowerCase());
    return released.ok ? c.json(heldLeadBody(released.value)) : failureProblem(released.failure);
  });
  app.post(`${held}/:lead/drop`, async (c) => {
    const dropped = await dropLead(ctx(c), c.var.organization.id, c.req.param("lead").toLowerCase());
    return dropped.ok ? c.body(null, 204) : failureProblem(dropped.failure);
  });
  app.post("/organizations/:organization/purge", async (c) => {
    const input = await read(c, PurgeRequest);
    if (input instanceof Response) return input;
    const { id } = c.var.organization;
    if ("lead_id" in input) {
      const purged = await purgeLead(ctx(c), id, input.lead_id.toLowerCase());
      return purged.ok ? c.json({ purged: purged.value }) : failureProblem(purged.failure);
    }
    if ("retention" in input) return c.json({ purged: await applyRetention(ctx(c), id) });
    const who = { email: "email" in input ? input.email : null, phone: input.phone ?? null };
    return c.json({ purged: await erasePerson(ctx(c), id, who) });
  });
}

function customerRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
  const customers = "/organizations/:organization/customers";
  app.post(customers, async (c) => {
    const input = await read(c, NewCustomer);
    if (input instanceof Response) return input;
    return c.json(customerBody(await createCustomer(ctx(c), c.var.organization.id, input.name)), 201);
  });
  app.get(customers, async (c) => {
    const after = cursor(c);
    if (after === null) return failureProblem({ kind: "invalid-cursor" });
    const rows = await listCustomers(ctx(c), c.var.organization.id, after.at, PAGE_SIZE_LIMIT);
    return page(c, rows, customerBody, (row) => [row.id, ""]);
  });
}

const organizationInput = (input: z.infer<typeof OrganizationPatch>) => ({
  name: input.name,
  subscriptionUntil: input.subscription_until,
  timeZone: input.time_zone,
  retentionDays: input.retention_days,
  ipPolicy: input.ip_policy,
});

const userInput = (input: z.infer<typeof UserPatch>) => ({
  username: input.username,
  firstName: input.first_name,
  lastName: input.last_name,
  role: input.role,
  isActive: input.is_active,
  password: input.password,
});
