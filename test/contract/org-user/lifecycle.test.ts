/** The life of a lead as callers of the v5 API see it. */
import type { Tenant } from "../../support/edge.ts";
import { type LifecycleDialect, lifecycleCases } from "../lifecycle.case.ts";
import { V5_VERBS } from "../v5-verbs.ts";
import { answer, get, orgLeads } from "./v5.ts";

const address = (of: Tenant, id: string): string => `${orgLeads(of)}/${id}`;
const ORG_USER: LifecycleDialect = {
  name: "org-user",
  verbs: V5_VERBS,
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
