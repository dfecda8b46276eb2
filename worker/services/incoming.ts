/** Reading what waits to be sorted, and how the sorting goes. */
import type { LeadFailure } from "../domain/failure.ts";
import type { IncomingLead, IncomingQuery, IncomingSummary, SummaryQuery } from "../domain/incoming.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import {
  getIncoming as get,
  type IncomingRow,
  incomingOf,
  listByUid,
  listWaiting,
  type SummaryRow,
  summaryOfAllTime,
  summaryOfRange,
  summaryOfUids,
} from "../store/incoming.ts";
import type { Context } from "./context.ts";

/** One round trip; leads that are held are in no list. */
export async function listIncoming(
  ctx: Context,
  organizationId: number,
  query: IncomingQuery,
): Promise<{ items: IncomingLead[]; hasNext: boolean }> {
  const statement = query.uids ? listByUid(ctx.db, organizationId, query) : listWaiting(ctx.db, organizationId, query);
  const { results } = await statement.all<IncomingRow>();
  return { items: results.slice(0, query.limit).map(incomingOf), hasNext: results.length > query.limit };
}

/** Waiting or sorted. */
export async function getIncoming(
  ctx: Context,
  organizationId: number,
  uid: string,
): Promise<Result<IncomingLead, LeadFailure>> {
  const row = await get(ctx.db, organizationId, uid).first<IncomingRow>();
  return row === null ? fail({ kind: "not-found" }) : ok(incomingOf(row));
}

/** Counted by creation, sorted ones by when they were sorted. Reads rollups, unless leads are named one by one. */
export async function summarizeIncoming(
  ctx: Context,
  organizationId: number,
  query: SummaryQuery,
): Promise<IncomingSummary> {
  const { from, to, pipelineId } = query;
  const statement = query.uids
    ? summaryOfUids(ctx.db, organizationId, query)
    : from === undefined && to === undefined
      ? summaryOfAllTime(ctx.db, organizationId, pipelineId)
      : summaryOfRange(ctx.db, organizationId, { from: from ?? 0, to: to ?? ctx.now, pipelineId });
  const { results } = await statement.all<SummaryRow>();
  const sum = (key: "total" | "accepted" | "declined" | "sort_seconds") =>
    results.reduce((total, row) => total + row[key], 0);
  const sorted = sum("accepted") + sum("declined");
  return {
    total: sum("total"),
    accepted: sum("accepted"),
    declined: sum("declined"),
    averageSortSeconds: sorted === 0 ? 0 : Math.round(sum("sort_seconds") / sorted),
    categories: Object.fromEntries(results.filter((row) => row.total > 0).map((row) => [row.category, row.total])),
  };
}
