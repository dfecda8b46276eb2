/** Leads in bulk, each with its contact, by two statements. */
import { env } from "cloudflare:workers";
import { START, type Tenant } from "./edge.ts";

/** Pending, accepted leads of the tenant's form, a second apart, the last of them just before the edge's start. */
export async function manyLeads(to: Tenant, many: number): Promise<void> {
  const numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)";
  await env.DB.batch([
    env.DB.prepare(`${numbers}
      INSERT INTO lead (id, organization_id, uuid, slug, state, change_id, form_id, contact_id, pipeline_id, status_id,
        category, received_at, updated_at)
      SELECT 1000 + i, ?2, printf('00000000-0000-7000-8000-%012x', 1000 + i), 'many-' || i, 'pending', 'many', ?3, 1000 + i, 1, 2, 'forms',
        ?4 - (?1 - i + 1) * 1000, ?4
      FROM n`).bind(many, to.accountId, to.formId, START),
    env.DB.prepare(`${numbers}
      INSERT INTO contact (id, organization_id, name, email, email_key, updated_at)
      SELECT 1000 + i, ?2, 'Many ' || i, i || '@many.example', i || '@many.example', ?3 FROM n`).bind(
      many,
      to.accountId,
      START,
    ),
  ]);
}
