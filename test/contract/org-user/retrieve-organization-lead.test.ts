/** "Retrieve organization's lead's details". */
import { expect, test } from "vitest";
import { edge, lead, tenant } from "../../support/edge.ts";
import { stand } from "../../support/standing-leads.ts";
import { documentedRefusals } from "./refusals.case.ts";
import { answer, get, orgLeads, page } from "./v5.ts";

documentedRefusals({ method: "GET", list: (of) => orgLeads(of), isDetail: true, show: "as it is" });

test("200: the same object that the list shows, for every user of the organization", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  const { results } = await page(at, orgLeads(of), of.agent);
  for (const who of [of.admin, of.agent]) {
    expect(await answer(await get(at, `${orgLeads(of)}/${id}`, who))).toEqual(results[0]);
  }
});

test("a lead that is another user's is shown with its user object", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  await stand(id, "assigned", of.otherAgent);
  const found = await answer(await get(at, `${orgLeads(of)}/${id}`, of.agent));
  expect(found.assigned_user_id).toBe(of.otherAgent.id);
  expect(found.assigned_user).toMatchObject({
    id: of.otherAgent.id,
    first_name: "cyd",
    last_name: "Doe",
    full_name: "cyd Doe",
    organization_id: of.id,
  });
});
