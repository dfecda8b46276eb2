/** Appointments put into place by SQL. */
import { env } from "cloudflare:workers";
import { START, type Tenant } from "../../support/edge.ts";
import { row } from "../../support/rows.ts";

/** The agent's, a minute apart from the start on, by turns under the tenant's first twenty leads. @returns a lead's slug. */
export async function manyAppointments(of: Tenant, count: number): Promise<string> {
  const first = "SELECT min(id) FROM lead WHERE organization_id = ?2";
  await env.DB.prepare(`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
    INSERT INTO appointment (organization_id, lead_id, user_id, starts_at, ends_at, status, created_at, updated_at)
    SELECT ?2, (${first}) + i % 20, ?3, ?4 + i * 60000, ?4 + i * 60000 + 1000, iif(i % 4, 'pending', 'confirmed'), 1, 1 FROM n`)
    .bind(count, of.accountId, of.agent.user_id, START)
    .run();
  return (await row<{ slug: string }>(`SELECT slug FROM lead WHERE id = (${first.replace("?2", "?1")})`, of.accountId))
    .slug;
}
