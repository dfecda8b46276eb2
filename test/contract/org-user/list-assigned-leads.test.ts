/** "List user's assigned leads". Ordering, filter and pages: list-parameters and pagination. */
import { expect, test } from "vitest";
import { edge, lead, tenant } from "../../support/edge.ts";
import { stand } from "../../support/standing-leads.ts";
import { documentedRefusals } from "./refusals.case.ts";
import { assignedLeads, ids, page } from "./v5.ts";

documentedRefusals({
  method: "GET",
  list: (_, user) => assignedLeads(user),
  isDetail: false,
  show: "assigned to the agent",
});

test("200: the leads that the user is responsible for, open and closed, and nobody else's", async () => {
  const at = edge();
  const of = await tenant(at);
  const made = [];
  for (let index = 0; index < 4; index += 1) made.push(await lead(at, of.formId));
  const [open, anothers, closed] = made as [string, string, string, string];
  await stand(open, "assigned", of.agent);
  await stand(anothers, "assigned", of.otherAgent);
  await stand(closed, "closed", of.agent);
  const { results } = await page(at, assignedLeads(of.agent), of.agent);
  expect(results.map(({ id, is_closed }) => [id, is_closed])).toEqual([
    [open, false],
    [closed, true],
  ]);
  expect(results.map((found) => found.assigned_user?.id)).toEqual([of.agent.id, of.agent.id]);
  expect(await ids(at, assignedLeads(of.otherAgent), of.otherAgent)).toEqual([anothers]);
  expect(await ids(at, assignedLeads(of.admin), of.admin)).toEqual([]);
});
