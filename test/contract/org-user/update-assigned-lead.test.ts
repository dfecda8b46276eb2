/** "Update user's lead's details", of assigned leads. What a body may be: request-bodies; who may: who-may. */
import { expect, test } from "vitest";
import { edge, lead, tenant } from "../../support/edge.ts";
import { stand } from "../../support/standing-leads.ts";
import { documentedRefusals } from "./refusals.case.ts";
import { answer, assignedLeads, ids, NOT_FOUND, patch, pendingLeads, put, refused } from "./v5.ts";

for (const method of ["PUT", "PATCH"] as const) {
  const list = { method, isDetail: true, show: "assigned to the agent" } as const;
  documentedRefusals({ ...list, list: (_, user) => assignedLeads(user) });
}

test("200: a user closes and reopens an own lead; it stays in the list", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  await stand(id, "assigned", of.agent);
  const address = `${assignedLeads(of.agent)}/${id}`;
  const closed = await answer(await patch(at, address, of.agent, { is_closed: true }));
  expect(closed).toMatchObject({ id, is_closed: true, closed_at: "2026-03-02T10:00:00.000Z" });
  const open = await answer(await put(at, address, of.agent, { assigned_user_id: of.agent.id, is_closed: false }));
  expect(open).toMatchObject({ id, is_closed: false, closed_at: null, assigned_user_id: of.agent.id });
  expect(await ids(at, assignedLeads(of.agent), of.agent)).toEqual([id]);
});

test("200: giving a lead back answers it without an owner, and it is pending again", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  await stand(id, "assigned", of.agent);
  const address = `${assignedLeads(of.agent)}/${id}`;
  const after = await answer(await patch(at, address, of.agent, { assigned_user_id: null }));
  expect(after).toMatchObject({ id, assigned_user_id: null, assigned_user: null, is_closed: false });
  expect(await ids(at, pendingLeads(of.otherAgent), of.otherAgent)).toEqual([id]);
  await refused(await patch(at, address, of.agent, { is_closed: true }), 404, NOT_FOUND);
});
