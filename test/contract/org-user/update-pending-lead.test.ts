/** "Update user's lead's details", of pending leads: picking. What a body may be: request-bodies; who may: who-may. */
import { expect, test } from "vitest";
import { edge, lead, tenant } from "../../support/edge.ts";
import { documentedRefusals } from "./refusals.case.ts";
import { answer, ids, NOT_FOUND, orgLeads, patch, pendingLeads, put, refused } from "./v5.ts";

for (const method of ["PUT", "PATCH"] as const) {
  documentedRefusals({ method, list: (_, user) => pendingLeads(user), isDetail: true, show: "as it is" });
}

test.each([
  ["PATCH", patch],
  ["PUT", put],
])("200: %s picks a pending lead, to be handled by the user", async (_, verb) => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  const body = { assigned_user_id: of.agent.id, is_closed: false };
  const after = await answer(await verb(at, `${pendingLeads(of.agent)}/${id}`, of.agent, body));
  expect(after).toMatchObject({ ...body, id, assigned_user: { id: of.agent.id } });
});

test("404 for who comes second: a lead is picked once", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  const pick = (who: typeof of.agent) => patch(at, `${pendingLeads(who)}/${id}`, who, { assigned_user_id: who.id });
  await answer(await pick(of.agent));
  await refused(await pick(of.otherAgent), 404, NOT_FOUND);
  await refused(await pick(of.agent), 404, NOT_FOUND);
});

test("200: a pending lead may be closed without an owner, and is pending again when it is reopened", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  const closed = await answer(await patch(at, `${pendingLeads(of.agent)}/${id}`, of.agent, { is_closed: true }));
  expect(closed).toMatchObject({ is_closed: true, assigned_user_id: null });
  expect(await ids(at, pendingLeads(of.agent), of.agent)).toEqual([]);
  await answer(await patch(at, `${orgLeads(of)}/${id}`, of.agent, { is_closed: false }));
  expect(await ids(at, pendingLeads(of.agent), of.agent)).toEqual([id]);
});
