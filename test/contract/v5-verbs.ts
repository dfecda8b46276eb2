/** What people do with leads, through the v5 API: for the lives of leads that APIs without verbs of their own tell. */
import { patch } from "../support/asking.ts";
import type { Edge, Tenant } from "../support/edge.ts";

const verb = (body: (of: Tenant) => object) => (at: Edge, of: Tenant, id: string) => patch(at, of, id, body(of));

export const V5_VERBS = {
  pick: verb((of) => ({ assigned_user_id: of.agent.id })),
  reassign: verb((of) => ({ assigned_user_id: of.otherAgent.id })),
  unassign: verb(() => ({ assigned_user_id: null })),
  close: verb(() => ({ is_closed: true })),
  reopen: verb(() => ({ is_closed: false })),
};
