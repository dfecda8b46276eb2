/** Who sees a lead in which state: the three lists, each with its details, and what takes a change. */
import { describe, expect, test } from "vitest";
import type { LeadState } from "../../../worker/domain/lead.ts";
import { type Edge, edge, type Person, type Tenant, tenant } from "../../support/edge.ts";
import { eventKinds } from "../../support/rows.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { answer, assignedLeads, get, ids, NOT_FOUND, orgLeads, page, patch, pendingLeads, put, refused } from "./v5.ts";

interface Row {
  lead: string;
  state: LeadState;
  owned?: boolean;
  isProcessable?: boolean;
  org: "no" | "open" | "closed";
  pending: boolean;
  assigned: boolean;
}
const HIDDEN = { org: "no", pending: false, assigned: false } as const;
const IN_ORGANIZATION = { org: "open", pending: false, assigned: false } as const;
const SORTED_AWAY = { org: "closed", pending: false, assigned: false } as const;

const TABLE: Row[] = [
  { lead: "held", state: "held", ...HIDDEN },
  { lead: "dropped", state: "dropped", ...HIDDEN },
  { lead: "incoming, pending", state: "incoming", ...IN_ORGANIZATION, pending: true },
  { lead: "accepted, unassigned", state: "pending", ...IN_ORGANIZATION, pending: true },
  { lead: "accepted, assigned", state: "assigned", owned: true, ...IN_ORGANIZATION, assigned: true },
  { lead: "processable", state: "pending", isProcessable: true, ...IN_ORGANIZATION },
  { lead: "processable, assigned", state: "assigned", owned: true, isProcessable: true, ...IN_ORGANIZATION },
  { lead: "processable, closed", state: "closed", owned: true, isProcessable: true, ...SORTED_AWAY },
  { lead: "closed", state: "closed", owned: true, ...SORTED_AWAY, assigned: true },
  { lead: "closed without an owner", state: "closed", ...SORTED_AWAY },
  { lead: "declined", state: "declined", ...SORTED_AWAY },
  { lead: "linked", state: "linked", ...SORTED_AWAY },
  { lead: "deleted", state: "deleted", ...SORTED_AWAY },
  { lead: "deleted, once assigned", state: "deleted", owned: true, ...SORTED_AWAY },
];

async function place(at: Edge, row: Row): Promise<{ of: Tenant; id: string }> {
  const of = await tenant(at);
  const { state, isProcessable } = row;
  const [id] = await manyLeads(of, { count: 1, state, isProcessable, ...(row.owned ? { owner: of.agent } : {}) });
  return { of, id: id as string };
}

/** The list and the details agree on whether there is such a lead. */
async function expectShown(at: Edge, list: string, by: Person, id: string, isShown: boolean): Promise<void> {
  expect(await ids(at, list, by)).toEqual(isShown ? [id] : []);
  const details = await get(at, `${list}/${id}`, by);
  if (isShown) expect((await answer(details)).id).toBe(id);
  else await refused(details, 404, NOT_FOUND);
}

describe.each(TABLE)("a lead that is $lead", (row) => {
  test("is in the lists that the table says, and in no other", async () => {
    const at = edge();
    const { of, id } = await place(at, row);
    for (const who of [of.agent, of.otherAgent, of.admin]) {
      await expectShown(at, orgLeads(of), who, id, row.org !== "no");
      await expectShown(at, pendingLeads(who), who, id, row.pending);
    }
    const { results } = await page(at, orgLeads(of), of.agent);
    expect(results.map((lead) => lead.is_closed)).toEqual(row.org === "no" ? [] : [row.org === "closed"]);
    // Its user's list, whoever looks at it; nobody else's.
    for (const who of [of.agent, of.admin]) await expectShown(at, assignedLeads(of.agent), who, id, row.assigned);
    for (const who of [of.otherAgent, of.admin]) await expectShown(at, assignedLeads(who), who, id, false);
  });

  test("takes a change through the lists that show it and no other, unless it was sorted away", async () => {
    const at = edge();
    const { of, id } = await place(at, row);
    const isGone = ["declined", "linked", "deleted"].includes(row.state);
    const lists = [
      { list: orgLeads(of), takes: row.org !== "no" && !isGone },
      { list: pendingLeads(of.agent), takes: row.pending },
      { list: assignedLeads(of.agent), takes: row.assigned },
    ];
    for (const { list } of lists.filter(({ takes }) => !takes)) {
      for (const body of [{ is_closed: false }, { is_closed: true }, { assigned_user_id: of.agent.id }, {}]) {
        await refused(await patch(at, `${list}/${id}`, of.agent, body), 404, NOT_FOUND);
      }
      const whole = { is_closed: false, assigned_user_id: null };
      await refused(await put(at, `${list}/${id}`, of.admin, whole), 404, NOT_FOUND);
    }
    expect(await eventKinds(id)).toEqual([]);
    const taking = lists.filter(({ takes }) => takes).map(({ list }) => `${list}/${id}`);
    for (const address of taking) expect((await patch(at, address, of.agent, {})).status).toBe(200);
    for (const address of taking.slice(0, 1)) await answer(await patch(at, address, of.agent, { is_closed: true }));
  });
});
