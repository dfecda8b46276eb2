/** Many callers of the CRM at the same moment. */
import { expect } from "vitest";
import type { Edge } from "../../support/edge.ts";
import { type CrmLead, type CrmTenant, createLead, known, world } from "./v1.ts";

export const AT_ONCE = 100;

/** One lead of the agent's. */
export async function standing(): Promise<{ at: Edge; of: CrmTenant; lead: CrmLead; uuid: string }> {
  const { at, of } = await world();
  const lead = await createLead(at, of, { assignee: of.agent.username });
  return { at, of, lead, uuid: (await known(lead.slug)).uuid };
}
/** Everything at once. @returns how often each status was answered. */
export async function together(asks: (() => Promise<Response>)[]): Promise<Record<number, number>> {
  const answers = await Promise.all(asks.map((ask) => ask()));
  const statuses: Record<number, number> = {};
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
  expect(Object.keys(statuses).filter((status) => Number(status) >= 500)).toEqual([]);
  return statuses;
}
export const times = (ask: (index: number) => Promise<Response>, many = AT_ONCE) =>
  Array.from({ length: many }, (_, index) => () => ask(index));
/** In any order. */
export const mixed = (...asks: (() => Promise<Response>)[][]) => asks.flat().sort(() => Math.random() - 0.5);
/** What happened after the first of its kind. */
export const since = (kinds: string[], kind: string) => kinds.slice(kinds.indexOf(kind) + 1);
