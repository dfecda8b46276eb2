/** Customers: made and listed. */
import { type CustomerRow, insertCustomer, listCustomers as list } from "../store/customers.ts";
import type { Context } from "./context.ts";

export async function createCustomer(ctx: Context, organizationId: number, name: string): Promise<CustomerRow> {
  return (await insertCustomer(ctx.db, organizationId, name, ctx.now).first<CustomerRow>()) as CustomerRow;
}

/** A page by number, and one more. */
export async function listCustomers(
  ctx: Context,
  organizationId: number,
  afterId: number,
  limit: number,
): Promise<CustomerRow[]> {
  return (await list(ctx.db, organizationId, afterId, limit).all<CustomerRow>()).results;
}
