/** "Retrieve user's lead's details", of pending leads. */
import { expect, test } from "vitest";
import { edge, lead, tenant } from "../../support/edge.ts";
import { stand } from "../../support/standing-leads.ts";
import { documentedRefusals } from "./refusals.case.ts";
import { answer, get, NOT_FOUND, orgLeads, page, pendingLeads, refused } from "./v5.ts";

documentedRefusals({ method: "GET", list: (_, user) => pendingLeads(user), isDetail: true, show: "as it is" });

test("200: the object that every user's list of pending leads and the organization's show", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  const found = await answer(await get(at, `${pendingLeads(of.agent)}/${id}`, of.agent));
  expect(found).toMatchObject({ assigned_user_id: null, assigned_user: null, closed_at: null });
  expect((await page(at, pendingLeads(of.otherAgent), of.otherAgent)).results).toEqual([found]);
  expect(await answer(await get(at, `${orgLeads(of)}/${id}`, of.agent))).toEqual(found);
});

test("404 for a lead that somebody picked or closed, also for who picked it", async () => {
  const at = edge();
  const of = await tenant(at);
  const [picked, closed] = [await lead(at, of.formId), await lead(at, of.formId)];
  await stand(picked, "assigned", of.agent);
  await stand(closed, "closed");
  for (const id of [picked, closed]) {
    await refused(await get(at, `${pendingLeads(of.agent)}/${id}`, of.agent), 404, NOT_FOUND);
  }
});
