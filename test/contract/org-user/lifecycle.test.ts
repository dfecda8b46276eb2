/** The life of a lead as callers of the v5 API see it. */
import type { Edge, Tenant } from "../../support/edge.ts";
import { type LifecycleDialect, lifecycleCases } from "../lifecycle.case.ts";
import { answer, get, orgLeads, patch } from "./v5.ts";

const address = (of: Tenant, id: string): string => `${orgLeads(of)}/${id}`;
const verb = (body: (of: Tenant) => object) => (at: Edge, of: Tenant, id: string) =>
  patch(at, address(of, id), of.admin, body(of));

const ORG_USER: LifecycleDialect = {
  name: "org-user",
  verbs: {
    pick: verb((of) => ({ assigned_user_id: of.agent.id })),
    reassign: verb((of) => ({ assigned_user_id: of.otherAgent.id })),
    unassign: verb(() => ({ assigned_user_id: null })),
    close: verb(() => ({ is_closed: true })),
    reopen: verb(() => ({ is_closed: false })),
  },
  succeeded: 200,
  gone: 404,
  tell: async (at, of, id) => {
    const response = await get(at, address(of, id), of.admin);
    if (response.status === 404) return { is: "absent", owner: null, isEmptied: false };
    const { is_closed, assigned_user_id: owner, data, sensitive_data_purged_at } = await answer(response);
    const isEmptied = sensitive_data_purged_at !== null && Object.keys(data).length === 0;
    return { is: is_closed ? "closed" : owner === null ? "pending" : "assigned", owner, isEmptied };
  },
};

lifecycleCases(ORG_USER);
