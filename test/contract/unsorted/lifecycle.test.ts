/** The life of a lead as callers of the v4 API see it: they sort what waits, and read what has become of it. */
import type { Edge, Tenant } from "../../support/edge.ts";
import { rows } from "../../support/rows.ts";
import { type LifecycleDialect, lifecycleCases } from "../lifecycle.case.ts";
import { accept, get, hal } from "./v4.ts";

interface Record {
  closed_at: number | null;
  responsible_user_id: number;
}

/** Of a lead that never came in there is none. */
async function uidOf(leadId: string): Promise<string> {
  const sql = "SELECT uid FROM incoming_lead JOIN lead ON lead.id = incoming_lead.lead_id WHERE lead.uuid = ?";
  return (await rows<{ uid: string }>(sql, leadId))[0]?.uid ?? "0".repeat(60);
}
const SORTED = { skip: "the v4 API sorts what waits, and changes nothing that was sorted" };

const UNSORTED: LifecycleDialect = {
  name: "unsorted",
  verbs: {
    pick: async (at: Edge, of: Tenant, leadId: string) =>
      accept(at, await uidOf(leadId), of.admin, { user_id: of.agent.user_id }),
    reassign: SORTED,
    unassign: SORTED,
    close: SORTED,
    reopen: SORTED,
  },
  succeeded: 200,
  gone: 404,
  tell: async (at, of, leadId) => {
    const [{ id } = { id: 0 }] = await rows<{ id: number }>("SELECT id FROM lead WHERE uuid = ?", leadId);
    const response = await get(at, `/api/v4/leads/${id}`, of.admin);
    if (response.status === 204) return { is: "absent", owner: null, isEmptied: false };
    const lead = await hal<Record>(response);
    const contact = await hal<{ name: string }>(await get(at, `/api/v4/contacts/${id}`, of.admin));
    const owner = [of.agent, of.otherAgent].find(({ user_id }) => user_id === lead.responsible_user_id)?.id ?? null;
    const is = lead.closed_at !== null ? "closed" : owner === null ? "pending" : "assigned";
    return { is, owner, isEmptied: contact.name === "" };
  },
};

lifecycleCases(UNSORTED);
