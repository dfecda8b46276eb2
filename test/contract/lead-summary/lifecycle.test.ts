/**
 * The life of a lead as summaries tell it. The dialect has no verbs of its own: things are done through the v5 API, whose
 * statuses they answer with, and what has become of the lead is read here.
 */
import { env } from "cloudflare:workers";
import { patch } from "../../support/asking.ts";
import type { Edge, Tenant } from "../../support/edge.ts";
import { type LifecycleDialect, lifecycleCases } from "../lifecycle.case.ts";
import { numberOf, summary } from "./summary.ts";

const verb = (body: (of: Tenant) => object) => (at: Edge, of: Tenant, id: string) => patch(at, of, id, body(of));

const LEAD_SUMMARY: LifecycleDialect = {
  name: "lead-summary",
  verbs: {
    pick: verb((of) => ({ assigned_user_id: of.agent.id })),
    reassign: verb((of) => ({ assigned_user_id: of.otherAgent.id })),
    unassign: verb(() => ({ assigned_user_id: null })),
    close: verb(() => ({ is_closed: true })),
    reopen: verb(() => ({ is_closed: false })),
  },
  succeeded: 200,
  gone: 404,
  tell: async (at, of, uuid) => {
    const id = await numberOf(uuid);
    const response = await at.send("GET", `/leads/summary/${id}`, { token: of.admin.token });
    if (response.status === 404) return { is: "absent", owner: null, isEmptied: false };
    const { name, email, phonenumber, status, assigned } = await summary(at, of, id);
    const user = await env.DB.prepare("SELECT uuid FROM user WHERE id = ?").bind(assigned).first<{ uuid: string }>();
    return {
      is: status === "Closed" ? "closed" : assigned === "0" ? "pending" : "assigned",
      owner: user?.uuid ?? null,
      isEmptied: `${name}${email}${phonenumber}` === "",
    };
  },
};

lifecycleCases(LEAD_SUMMARY);
