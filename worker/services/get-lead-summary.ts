/** One lead with everything around it, by number. */
import type { LeadSummary } from "../domain/lead-summary.ts";
import { leadSummary, type SummaryRow, summaryOf } from "../store/lead-summary.ts";
import type { Context } from "./context.ts";

/** One round trip. @returns null for suspected spam, for nothing, and for another organization's. */
export async function getLeadSummary(
  ctx: Context,
  organizationId: number,
  leadId: number,
): Promise<LeadSummary | null> {
  const row = await leadSummary(ctx.db, organizationId, leadId).first<SummaryRow>();
  return row === null ? null : summaryOf(row);
}
