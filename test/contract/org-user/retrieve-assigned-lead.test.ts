/** "Retrieve user's lead's details", of assigned leads. */
import { expect, test } from "vitest";
import { edge, lead, tenant } from "../../support/edge.ts";
import { stand } from "../../support/standing-leads.ts";
import { documentedRefusals } from "./refusals.case.ts";
import { answer, assignedLeads, get, NOT_FOUND, orgLeads, page, refused } from "./v5.ts";

documentedRefusals({
  method: "GET",
  list: (_, user) => assignedLeads(user),
  isDetail: true,
  show: "assigned to the agent",
});

test("200: the object that the user's list and the organization's show", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  await stand(id, "assigned", of.agent);
  const found = await answer(await get(at, `${assignedLeads(of.agent)}/${id}`, of.agent));
  expect((await page(at, assignedLeads(of.agent), of.agent)).results).toEqual([found]);
  expect(await answer(await get(at, `${orgLeads(of)}/${id}`, of.agent))).toEqual(found);
});

test("404 for a lead that is nobody's or another user's, whoever asks", async () => {
  const at = edge();
  const of = await tenant(at);
  const [nobodys, anothers] = [await lead(at, of.formId), await lead(at, of.formId)];
  await stand(anothers, "assigned", of.otherAgent);
  for (const who of [of.agent, of.admin]) {
    for (const id of [nobodys, anothers]) {
      await refused(await get(at, `${assignedLeads(of.agent)}/${id}`, who), 404, NOT_FOUND);
    }
  }
});
