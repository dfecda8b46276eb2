/** Customers: small records that chats can be linked to. */
import type { Hono } from "hono";
import { PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import { createCustomer, listCustomers } from "../../services/customers.ts";
import { cursor, page, read } from "../http/requests.ts";
import type { AdminEnv, ContextFor } from "./access.ts";
import { failureProblem } from "./errors.ts";
import { NewCustomer } from "./schemas.ts";
import { customerBody } from "./serializers.ts";

/** Mounts them below an organization. */
export function customerRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
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
