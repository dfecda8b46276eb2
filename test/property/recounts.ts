/** What is counted by triggers, and the same counted anew. */
import { rows } from "../support/rows.ts";

export const LEADS = "SELECT * FROM lead_rollup WHERE count <> 0";
const recounted = (keeper: string) => `
  SELECT organization_id, ${keeper} AS keeper_id, pipeline_id, state = 'closed' AS is_closed, status_id, source,
    count(*) AS count
  FROM lead WHERE state IN ('pending', 'assigned', 'closed') AND ${keeper} IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6`;
export const LEADS_RECOUNT = `${recounted("0")} UNION ALL ${recounted("coalesce(owner_id, creator_id)")}`;

export const MEETINGS = "SELECT * FROM appointment_rollup WHERE count <> 0";
export const MEETINGS_RECOUNT = `
  SELECT organization_id, 0 AS user_id, status, count(*) AS count FROM appointment GROUP BY 1, 2, 3
  UNION ALL SELECT organization_id, user_id, status, count(*) FROM appointment GROUP BY 1, 2, 3`;

/** The rows, in an order of their own. */
export const sorted = async (sql: string) => (await rows(sql)).map((row) => JSON.stringify(row)).sort();
