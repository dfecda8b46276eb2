/**
 * The leads of one chat, by days of the organization. Pages have numbers, so that a page skips what is before it; where an
 * earlier page was read here within the last minute, only what is between the two.
 */
import type { FieldProblem, LeadFailure } from "../domain/failure.ts";
import type { Keyset } from "../domain/lead-query.ts";
import type { Organization } from "../domain/organization.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { type ChatLeadRow, listChatLeads as statement } from "../store/chat-leads.ts";
import type { Database } from "../store/database.ts";
import { Cache } from "./cache.ts";
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

/** Where pages end. A lead that leaves a page meanwhile then makes nobody miss the first one of the next. */
const ends = new Cache<Keyset & { organization: { id: number } }>();

/**
 * One round trip where the form is known to the isolate.
 * @returns not-found for what is no chat of the organization's, invalid-fields for days that are none or in no order.
 */
export async function listChatLeads(
  ctx: Context,
  databases: readonly Database[],
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
  const { from, until } = range.value;
  const endOf = (number: number): string => `${formId} ${from} ${until} ${size} ${number}`;
  let known = page - 1;
  while (known > 0 && ends.get(endOf(known), ctx.now) === undefined) known -= 1;
  const after = ends.get(endOf(known), ctx.now) ?? { at: from, id: -1 };
  const wanted = { formId, after, until, limit: size, skip: (page - 1 - known) * size };
  const { results } = await statement(ctx.db, organization.id, wanted).all<ChatLeadRow>();
  const items = results.map(({ received_at: receivedAt, ...lead }) => ({ ...lead, receivedAt }));
  const last = items.at(-1);
  if (last && items.length === size) {
    ends.set(endOf(page), { at: last.receivedAt, id: last.id, organization }, ctx.now);
  }
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
