/** "List user's pending leads". Ordering, filter and pages: list-parameters and pagination. */
import { expect, test } from "vitest";
import { edge, lead, tenant } from "../../support/edge.ts";
import { stand } from "../../support/standing-leads.ts";
import { documentedRefusals } from "./refusals.case.ts";
import { assignedLeads, ids, patch, pendingLeads } from "./v5.ts";

documentedRefusals({ method: "GET", list: (_, user) => pendingLeads(user), isDetail: false, show: "as it is" });

test("200: the leads that nobody has picked, the same for every user", async () => {
  const at = edge();
  const of = await tenant(at);
  const made = [await lead(at, of.formId), await lead(at, of.formId), await lead(at, of.formId)] as const;
  await stand(made[1], "pending");
  await stand(made[2], "assigned", of.otherAgent);
  for (const who of [of.agent, of.otherAgent, of.admin]) {
    expect(await ids(at, pendingLeads(who), who)).toEqual(made.slice(0, 2));
  }
});

test("a picked lead moves from everybody's pending leads to its user's assigned ones", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  await patch(at, `${pendingLeads(of.agent)}/${id}`, of.agent, { assigned_user_id: of.agent.id });
  expect(await ids(at, pendingLeads(of.agent), of.agent)).toEqual([]);
  expect(await ids(at, pendingLeads(of.otherAgent), of.otherAgent)).toEqual([]);
  expect(await ids(at, assignedLeads(of.agent), of.agent)).toEqual([id]);
});
