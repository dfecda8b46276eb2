/** Incoming leads that wait, in bulk, each with its contact and company. */
import { env } from "cloudflare:workers";
import { START, type Tenant } from "./edge.ts";

export interface ManyIncoming {
  count: number;
  category?: "forms" | "sip" | "mail" | "chats";
  /** The main pipeline where none is given. */
  pipelineId?: number;
  /** When the first was created; the others follow in steps of `stepMs`. */
  from?: number;
  stepMs?: number;
}

const LEADS = `
  WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?3)
  INSERT INTO lead (id, organization_id, uuid, slug, state, change_id, contact_id, pipeline_id, status_id, category,
    received_at, updated_at)
  SELECT ?1 + i, ?2, printf('00000000-0000-7000-8000-%012x', ?1 + i), 'many-' || (?1 + i), 'incoming', 'many', ?1 + i,
    pipeline.id, status.id, ?4, ?5 + i * ?6, ?5 + i * ?6
  FROM n JOIN pipeline ON pipeline.organization_id = ?2 AND iif(?7 IS NULL, pipeline.is_main = 1, pipeline.id = ?7)
    JOIN status ON status.pipeline_id = pipeline.id AND status.role = 'first'`;
const CONTACTS = `
  INSERT INTO contact (id, organization_id, name, company_name, updated_at)
  SELECT id, organization_id, 'Lead ' || id, 'Company ' || id, updated_at FROM lead WHERE id >= ?1`;
const INCOMING = `
  INSERT INTO incoming_lead (lead_id, organization_id, uid, category, pipeline_id, source_uid, source_name, metadata,
    created_at)
  SELECT id, organization_id, printf('%060x', id), category, pipeline_id, 'many', 'Many', '{}', received_at
  FROM lead WHERE id >= ?1`;

/** @returns their uids, the oldest first. */
export async function manyIncoming(to: Tenant, wanted: ManyIncoming): Promise<string[]> {
  const { count, category = "forms", pipelineId = null, from = START - 86_400_000, stepMs = 1_000 } = wanted;
  const last = await env.DB.prepare("SELECT coalesce(max(id), 0) AS id FROM lead").first<{ id: number }>();
  const first = (last?.id ?? 0) + 1;
  await env.DB.batch([
    env.DB.prepare(LEADS).bind(first, to.accountId, count, category, from, stepMs, pipelineId),
    env.DB.prepare(CONTACTS).bind(first),
    env.DB.prepare(INCOMING).bind(first),
  ]);
  return Array.from({ length: count }, (_, index) => (first + index).toString(16).padStart(60, "0"));
}

/** A second pipeline of the organization, with its three system statuses. @returns its id. */
export async function anotherPipeline(to: Tenant, id: number | null = null): Promise<number> {
  const made = await env.DB.prepare(
    "INSERT INTO pipeline (id, organization_id, name, sort) VALUES (?, ?, 'Another', 9) RETURNING id",
  )
    .bind(id, to.accountId)
    .first<{ id: number }>();
  const pipelineId = made?.id as number;
  await env.DB.prepare(`INSERT INTO status (organization_id, pipeline_id, key, name, colour, sort, role)
    SELECT ?1, ?2, value, value, '#000000', key, value FROM json_each('["incoming", "first", "closed"]')`)
    .bind(to.accountId, pipelineId)
    .run();
  return pipelineId;
}
