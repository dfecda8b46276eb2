/** Captures that are suspected, and what an administrator does about them. */
import { type Edge, lead, type Tenant } from "./edge.ts";

export interface Held {
  id: string;
  form_id: string;
  state: string;
  reasons: string[];
  data: Record<string, unknown>;
  page_url: string | null;
  received_at: string;
}

/** A capture that came too fast. @returns its id. */
export const suspect = (at: Edge, formId: string, body: Record<string, unknown> = {}): Promise<string> =>
  lead(at, formId, { elapsed_ms: 10, ...body });

export const asAdmin = (at: Edge, to: Tenant, method: string, path: string, body?: unknown): Promise<Response> =>
  at.send(method, `/admin/v1/organizations/${to.id}${path}`, { token: to.admin.token, scheme: "Bearer", body });

export async function heldLeads(at: Edge, to: Tenant): Promise<Held[]> {
  const response = await asAdmin(at, to, "GET", "/held-leads");
  return (await response.json<{ results: Held[] }>()).results;
}

export const release = (at: Edge, to: Tenant, id: string) => asAdmin(at, to, "POST", `/held-leads/${id}/release`);
export const drop = (at: Edge, to: Tenant, id: string) => asAdmin(at, to, "POST", `/held-leads/${id}/drop`);
