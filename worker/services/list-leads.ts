/** A page of leads. */
import type { Lead } from "../domain/lead.ts";
import type { LeadPage, LeadQuery } from "../domain/lead-query.ts";
import { type LeadRow, leadOf } from "../store/lead-rows.ts";
import { listLeads as statement } from "../store/lead-views.ts";
import type { Context } from "./context.ts";

/** One round trip; the cost depends on the page, never on how many leads there are. */
export async function listLeads(ctx: Context, organizationId: number, query: LeadQuery): Promise<LeadPage<Lead>> {
  const { results } = await statement(ctx.db, organizationId, query).all<LeadRow>();
  const more = results.length > query.limit;
  const items = results.slice(0, query.limit).map(leadOf);
  if (query.before !== undefined) return { items: items.reverse(), hasNext: true, hasPrevious: more };
  return { items, hasNext: more, hasPrevious: query.after !== undefined };
}
