/** Users and their credentials. Secrets are shown once. */
import type { Hono } from "hono";
import type * as z from "zod/mini";
import { PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import { issueCredential, listCredentials, revoke } from "../../services/credentials.ts";
import { createUser, listUsers, updateUser } from "../../services/users.ts";
import { cursor, page, read } from "../http/requests.ts";
import type { AdminEnv, ContextFor } from "./access.ts";
import { failureProblem } from "./errors.ts";
import { NewCredential, NewUser, UserPatch } from "./schemas.ts";
import { credentialBody, userBody } from "./serializers.ts";

/** Mounts them below an organization. */
export function peopleRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
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

const userInput = (input: z.infer<typeof UserPatch>) => ({
  username: input.username,
  firstName: input.first_name,
  lastName: input.last_name,
  role: input.role,
  isActive: input.is_active,
  password: input.password,
});
