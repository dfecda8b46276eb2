/** What the organization's own people do with leads, and the problems that answers tell. */
import { expect } from "vitest";
import type { Problem } from "../../shared/capture-api.ts";
import type { Edge, Person, Tenant } from "./edge.ts";

export interface LeadAnswer {
  id: string;
  is_closed: boolean;
  assigned_user_id: string | null;
  data: Record<string, unknown>;
  created_at: string;
  sensitive_data_purged_at: string | null;
}

/** PATCH of the organization's lead by its administrator. */
export function patch(at: Edge, to: Tenant, leadId: string, body: object, by: Person = to.admin): Promise<Response> {
  return at.send("PATCH", `/api/v5/orgs/${to.id}/leads/${leadId}`, { token: by.token, body });
}

/** Insists on success. */
export async function patched(at: Edge, to: Tenant, leadId: string, body: object): Promise<LeadAnswer> {
  const response = await patch(at, to, leadId, body);
  expect(response.status).toBe(200);
  return response.json<LeadAnswer>();
}

export const pick = (at: Edge, to: Tenant, leadId: string): Promise<LeadAnswer> =>
  patched(at, to, leadId, { assigned_user_id: to.agent.id });

/** Every lead of a list, page after page. */
export async function everyLead(at: Edge, path: string, token: string): Promise<LeadAnswer[]> {
  const found: LeadAnswer[] = [];
  let next: string | null = `${path}?page_size=100`;
  while (next !== null) {
    const response = await at.send("GET", next.replace("https://foyer.test", ""), { token });
    expect(response.status).toBe(200);
    const page: { next: string | null; results: LeadAnswer[] } = await response.json();
    found.push(...page.results);
    next = page.next;
  }
  return found;
}

export const orgLeads = (at: Edge, to: Tenant): Promise<LeadAnswer[]> =>
  everyLead(at, `/api/v5/orgs/${to.id}/leads`, to.admin.token);

/** The problem of an answer, after the rules that every problem keeps. */
export async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body = await response.json<Problem>();
  expect(body.status).toBe(response.status);
  expect(body.title.length).toBeGreaterThan(5);
  return body;
}

/** Insists on a problem of this kind. @returns it. */
export async function expectProblem(response: Response, status: number, kind: string): Promise<Problem> {
  const body = await problemOf(response);
  expect([response.status, body.type]).toEqual([status, `urn:foyer:problem:${kind}`]);
  return body;
}

/** field and code of each thing that is wrong, in their order. */
export const wrong = (problem: Problem): string[] =>
  (problem.errors ?? []).map(({ field, code }) => `${field} ${code}`);
