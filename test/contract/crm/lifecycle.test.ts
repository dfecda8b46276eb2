/** The life of a lead as callers of the CRM see it: from when somebody has accepted it. */
import type { Edge, Tenant } from "../../support/edge.ts";
import { row } from "../../support/rows.ts";
import { type LifecycleDialect, lifecycleCases } from "../lifecycle.case.ts";
import { accept, hal } from "../unsorted/v4.ts";
import { type CrmLead, type CrmTenant, data, get, post, withKey } from "./v1.ts";

const keys = new Map<string, CrmTenant>();
async function keyed(at: Edge, of: Tenant): Promise<CrmTenant> {
  const known = keys.get(of.id) ?? (await withKey(at, of));
  keys.set(of.id, known);
  return known;
}
async function view(at: Edge, of: CrmTenant, leadId: string) {
  const { slug } = await row<{ slug: string }>("SELECT slug FROM lead WHERE uuid = ?", leadId);
  return get(at, of, `/leads/view/lead/?slug=${slug}`);
}

/** An update says the person again; whoever is not shown is addressed by the slug alone. */
const verb = (over: (of: Tenant) => object) => async (at: Edge, plain: Tenant, leadId: string) => {
  const of = await keyed(at, plain);
  const { slug } = await row<{ slug: string }>("SELECT slug FROM lead WHERE uuid = ?", leadId);
  const person = { first_name: "Lead", last_name: "Man", email: "lead.man@example.org", phone: "123456789" };
  return post(at, of, "/leads/update/lead/", { slug, ...person, ...over(of) });
};

const CRM: LifecycleDialect = {
  name: "crm",
  verbs: {
    pick: verb((of) => ({ assignee: of.agent.username })),
    reassign: verb((of) => ({ assignee: of.otherAgent.username })),
    unassign: { skip: "an assignee may not be blank" },
    close: verb(() => ({ status: "closed" })),
    reopen: verb(() => ({ status: "prospect" })),
  },
  succeeded: 200,
  gone: 401,
  acceptedElsewhere: async (at, of, id) => {
    const sql = "SELECT uid FROM incoming_lead JOIN lead ON lead.id = incoming_lead.lead_id WHERE lead.uuid = ?";
    const { uid } = await row<{ uid: string }>(sql, id);
    await hal(await accept(at, uid, of.admin));
  },
  tell: async (at, plain, id) => {
    const of = await keyed(at, plain);
    const response = await view(at, of, id);
    if (response.status === 400) return { is: "absent", owner: null, isEmptied: false };
    const { status, assignee, first_name, email } = await data<CrmLead>(response);
    const owner = [of.agent, of.otherAgent, of.admin].find(({ username }) => username === assignee)?.id ?? null;
    const is = status === "closed" ? "closed" : owner === null ? "pending" : "assigned";
    return { is, owner, isEmptied: first_name === "" && email === "" };
  },
};

lifecycleCases(CRM);
