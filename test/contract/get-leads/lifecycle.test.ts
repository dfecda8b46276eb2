/**
 * The life of a lead as get-leads tells it: of a form in chat mode, while it is worked on or closed, and until it is emptied.
 * It has no verbs of its own: things are done through the v5 API, whose statuses they answer with.
 */
import { env } from "cloudflare:workers";
import { admin, type Edge, type Tenant } from "../../support/edge.ts";
import { type LifecycleDialect, lifecycleCases } from "../lifecycle.case.ts";
import { V5_VERBS } from "../v5-verbs.ts";
import { leadsIn, PATH } from "./get-leads.ts";

const NOT_TOLD = { skip: "it tells nobody whose a lead is, or whether it is closed" };

/** The stories' forms are plain ones: what this API lists is a chat's. */
async function toChat(at: Edge, of: Tenant, leadId: string): Promise<void> {
  await admin(at, "PATCH", `/organizations/${of.id}/forms/${of.formId}`, { mode: "chat" });
  await env.DB.prepare("UPDATE lead SET category = 'chats' WHERE uuid = ?").bind(leadId).run();
}

const GET_LEADS: LifecycleDialect = {
  name: "get-leads",
  verbs: {
    pick: NOT_TOLD,
    reassign: NOT_TOLD,
    unassign: NOT_TOLD,
    close: V5_VERBS.close,
    reopen: NOT_TOLD,
  },
  succeeded: 200,
  gone: 404,
  tell: async (at, of, leadId) => {
    await toChat(at, of, leadId);
    const { token } = of.agent;
    const answer = await at.send("GET", `${PATH}?chatbotId=${of.formId}`, { token, scheme: "Bearer" });
    const shown = await leadsIn(answer);
    return { is: shown.length > 0 ? "pending" : "absent", owner: null, isEmptied: false };
  },
};

lifecycleCases(GET_LEADS);
