/** The leads of one chat, by days of the organization. */
import type { FieldProblem, LeadFailure } from "../domain/failure.ts";
import type { Organization } from "../domain/organization.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { type ChatLeadRow, listChatLeads as statement } from "../store/chat-leads.ts";
import type { Context } from "./context.ts";
import { loadForm } from "./load-form.ts";
import { endOfDay, startOfDay } from "./zoned-time.ts";

export interface ChatLeadsQuery {
  formId: string;
  /** Inclusive, `YYYY-MM-DD`; null: no bound. */
  firstDay: string | null;
  lastDay: string | null;
  /** From 1 on. */
  page: number;
  size: number;
}

export interface ChatLead {
  id: number;
  /** Milliseconds since 1970, UTC. */
  receivedAt: number;
  name: string | null;
  email: string | null;
  phone: string | null;
}

/** Of one form: whose it is, and a page of its leads, the oldest first. */
export interface ChatLeads {
  formId: string;
  ownerId: number | null;
  items: ChatLead[];
}

/**
 * One round trip where the form is known to the isolate.
 * @returns not-found for what is no chat of the organization's, invalid-fields for days that are none or in no order.
 */
export async function listChatLeads(
  ctx: Context,
  databases: readonly D1Database[],
  organization: Organization,
  query: ChatLeadsQuery,
): Promise<Result<ChatLeads, LeadFailure>> {
  const range = await rangeOf(organization.timeZone, query);
  if (!range.ok) return range;
  const found = await loadForm(databases, query.formId, ctx.now);
  if (found?.organization.uuid !== organization.uuid || found.form.settings.mode !== "chat") {
    return fail({ kind: "not-found" });
  }
  const { page, size, formId } = query;
  const wanted = { ...range.value, formId, limit: size, skip: (page - 1) * size };
  const { results } = await statement(ctx.db, organization.id, wanted).all<ChatLeadRow>();
  const items = results.map(({ received_at: receivedAt, ...lead }) => ({ ...lead, receivedAt }));
  return ok({ formId, ownerId: found.ownerId, items });
}

async function rangeOf(
  zone: string,
  { firstDay, lastDay }: ChatLeadsQuery,
): Promise<Result<{ from: number; until: number }, LeadFailure>> {
  const from = firstDay === null ? 0 : await startOfDay(zone, firstDay);
  const until = lastDay === null ? Number.MAX_SAFE_INTEGER : await endOfDay(zone, lastDay);
  if (from === null || until === null) {
    const problems: FieldProblem[] = [];
    if (from === null) problems.push({ field: "first_day", code: "invalid_date" });
    if (until === null) problems.push({ field: "last_day", code: "invalid_date" });
    return fail({ kind: "invalid-fields", problems });
  }
  if (firstDay !== null && lastDay !== null && firstDay > lastDay) {
    return fail({ kind: "invalid-fields", problems: [{ field: "last_day", code: "before_first" }] });
  }
  return ok({ from, until });
}
