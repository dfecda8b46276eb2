/** One lead, as a view shows it. */
import type { LeadFailure } from "../domain/failure.ts";
import type { Lead } from "../domain/lead.ts";
import type { LeadView } from "../domain/lead-query.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { type LeadRow, leadOf } from "../store/lead-rows.ts";
import { getLead as statement } from "../store/lead-views.ts";
import type { Context } from "./context.ts";

export async function getLead(
  ctx: Context,
  organizationId: number,
  view: LeadView,
  leadUuid: string,
): Promise<Result<Lead, LeadFailure>> {
  const row = await statement(ctx.db, organizationId, view, leadUuid).first<LeadRow>();
  return row === null ? fail({ kind: "not-found" }) : ok(leadOf(row));
}
