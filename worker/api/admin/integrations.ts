/**
 * Integrations: programs that act for users of the organization. Root and the organization's administrators make them,
 * revoke them, and give them a code without asking the user; an administrator can make a user's token anyway.
 */
import type { Hono } from "hono";
import * as z from "zod/mini";
import { NAME_LIMIT_CHARS, PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import { type Integration, isRedirectUri } from "../../domain/oauth.ts";
import { shardOfForm } from "../../domain/shard.ts";
import { issueCodeFor } from "../../services/authorization-codes.ts";
import { createIntegration, listIntegrations, revokeIntegration } from "../../services/integrations.ts";
import { problem } from "../http/problem.ts";
import { cursor, page, read } from "../http/requests.ts";
import type { AdminEnv, ContextFor } from "./access.ts";
import type * as bodies from "./bodies.ts";
import { failureProblem } from "./errors.ts";

const CLIENT_ID = "A version 8 UUID that ends in the number of the organization's database.";
const REDIRECT = "An https address, or http on this machine; without a fragment.";

export const NewIntegration = z.strictObject({
  id: z.optional(
    z.pipe(
      z.string(),
      z.transform((value: string) => value.toLowerCase()),
    ),
  ),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(NAME_LIMIT_CHARS)),
  /** Compared to the letter later, so it is kept to the letter. */
  redirect_uri: z.string().check(z.refine(isRedirectUri, REDIRECT)),
});
export const NewCode = z.strictObject({ user_id: z.uuid() });

const integrationBody = (integration: Integration): bodies.Integration => ({
  id: integration.id,
  name: integration.name,
  redirect_uri: integration.redirectUri,
  revoked_at: integration.revokedAt === null ? null : new Date(integration.revokedAt).toISOString(),
  created_at: new Date(integration.createdAt).toISOString(),
});

const NO_STORE = { "cache-control": "no-store" };

export function integrationRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
  const integrations = "/organizations/:organization/integrations";
  app.post(integrations, async (c) => {
    const input = await read(c, NewIntegration);
    if (input instanceof Response) return input;
    if (input.id !== undefined && shardOfForm(input.id) !== c.var.db.number) {
      return problem("invalid-fields", { errors: [{ field: "id", code: "format", message: CLIENT_ID }] });
    }
    const wanted = { id: input.id, name: input.name, redirectUri: input.redirect_uri };
    const made = await createIntegration(ctx(c), c.var.organization.id, wanted);
    if (!made.ok) return failureProblem(made.failure);
    return c.json({ ...integrationBody(made.value), secret: made.value.secret }, 201, NO_STORE);
  });
  app.get(integrations, async (c) => {
    const after = cursor(c);
    if (after === null) return failureProblem({ kind: "invalid-cursor" });
    const rows = await listIntegrations(ctx(c), c.var.organization.id, after, PAGE_SIZE_LIMIT);
    return page(c, rows, integrationBody, (row) => [row.createdAt, row.id]);
  });
  app.delete(`${integrations}/:integration`, async (c) => {
    const id = c.req.param("integration").toLowerCase();
    const revoked = await revokeIntegration(ctx(c), c.var.organization.id, id);
    return revoked.ok ? c.body(null, 204) : failureProblem(revoked.failure);
  });
  app.post(`${integrations}/:integration/codes`, async (c) => {
    const input = await read(c, NewCode);
    if (input instanceof Response) return input;
    const id = c.req.param("integration").toLowerCase();
    const made = await issueCodeFor(ctx(c), c.var.organization.id, id, input.user_id.toLowerCase());
    if (!made.ok) return failureProblem(made.failure);
    const { code, expiresAt } = made.value;
    return c.json({ code, expires_at: new Date(expiresAt).toISOString() }, 201, NO_STORE);
  });
}
