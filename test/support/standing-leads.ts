/** Leads put into place by SQL: many at once, and states for which no verb exists yet. */
import { env } from "cloudflare:workers";
import type { LeadCategory, LeadState } from "../../worker/domain/lead.ts";
import { type Person, START, type Tenant } from "./edge.ts";

export interface ManyLeads {
  count: number;
  state?: LeadState;
  owner?: Person;
  isProcessable?: boolean;
  category?: LeadCategory;
  /** When the first was received; the others follow in steps of `stepMs` (0: all at the same moment). */
  from?: number;
  stepMs?: number;
}

const LEADS = `
  WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?3)
  INSERT INTO lead (id, organization_id, uuid, slug, state, change_id, form_id, visitor_id, contact_id, pipeline_id,
    status_id, owner_id, is_processable, category, answers, page_url, page_title, received_at, updated_at, closed_at)
  SELECT ?1 + i, ?2, printf('00000000-0000-7000-8000-%012x', ?1 + i), 'many-' || (?1 + i), ?4, 'many', ?5, 'visitor-' || i,
    ?1 + i, pipeline.id, status.id, ?6, ?7, ?10,
    '[{"name":"name","mapsTo":"name"},{"name":"email","mapsTo":"email"}]', 'https://giosg.com', 'Giosg',
    ?8 + i * ?9, ?8 + i * ?9, iif(?4 IN ('closed', 'declined', 'linked', 'deleted'), ?8 + i * ?9, NULL)
  FROM n JOIN pipeline ON pipeline.organization_id = ?2 AND pipeline.is_main = 1
    JOIN status ON status.pipeline_id = pipeline.id AND status.role = 'first'`;

const CONTACTS = `
  INSERT INTO contact (id, organization_id, name, first_name, first_name_key, last_name, last_name_key, email, email_key,
    company_name, updated_at)
  SELECT id, organization_id, 'Lead ' || id, 'Lead', 'lead', id, id, id || '@superheroes.gov', id || '@superheroes.gov', 'Company ' || id, updated_at
  FROM lead WHERE id >= ?1 AND organization_id = ?2`;

/** @returns their ids, in the order of the lists. */
export async function manyLeads(of: Tenant, wanted: ManyLeads): Promise<string[]> {
  const {
    count,
    state = "pending",
    owner,
    isProcessable = false,
    from = START,
    stepMs = 1_000,
    category = "forms",
  } = wanted;
  const last = await env.DB.prepare("SELECT coalesce(max(id), 0) AS id FROM lead").first<{ id: number }>();
  const first = (last?.id ?? 0) + 1;
  const values = [of.formId, owner?.user_id ?? null, isProcessable ? 1 : 0, from, stepMs, category];
  await env.DB.batch([
    env.DB.prepare(LEADS).bind(first, of.accountId, count, state, ...values),
    env.DB.prepare(CONTACTS).bind(first, of.accountId),
  ]);
  return Array.from({ length: count }, (_, index) => {
    return `00000000-0000-7000-8000-${(first + index).toString(16).padStart(12, "0")}`;
  });
}

/** Puts one lead into a state, with an owner or without. */
export async function stand(leadId: string, state: LeadState, owner: Person | null = null): Promise<void> {
  await env.DB.prepare(`UPDATE lead SET state = ?2, owner_id = ?3,
      closed_at = iif(?2 IN ('closed', 'declined', 'linked', 'deleted'), updated_at, NULL) WHERE uuid = ?1`)
    .bind(leadId, state, owner?.user_id ?? null)
    .run();
}
