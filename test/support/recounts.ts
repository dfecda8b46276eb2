/** What is counted by triggers, and the same counted anew, as SQL for whoever can ask the database. */

const DAY_MS = 86_400_000;

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

export const INCOMING = "SELECT * FROM incoming_rollup";
export const INCOMING_RECOUNT = `
  WITH days AS (
    SELECT *, -1 AS arrived, -1 AS done FROM incoming_lead
    UNION ALL SELECT *, created_at / ${DAY_MS}, sorted_at / ${DAY_MS} FROM incoming_lead),
  parts AS (
    SELECT organization_id, pipeline_id, category, arrived AS day, 1 AS total, 0 AS accepted, 0 AS declined, 0 AS seconds FROM days
    UNION ALL SELECT organization_id, pipeline_id, category, done, 0, outcome IN ('accepted', 'linked'), outcome = 'declined',
      max(0, (sorted_at - created_at) / 1000) FROM days WHERE outcome IS NOT NULL)
  SELECT organization_id, pipeline_id, category, day, sum(total) AS total, sum(accepted) AS accepted,
    sum(declined) AS declined, sum(seconds) AS sort_seconds FROM parts GROUP BY 1, 2, 3, 4`;
