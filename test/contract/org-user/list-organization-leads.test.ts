/** "List organization's leads". Ordering, filter and pages: list-parameters and pagination. */
import { expect, test } from "vitest";
import { capture, edge, lead, START, tenant } from "../../support/edge.ts";
import { documentedRefusals } from "./refusals.case.ts";
import { answer, get, ids, idsOf, orgLeads, page, type V5Page } from "./v5.ts";

documentedRefusals({ method: "GET", list: (of) => orgLeads(of), isDetail: false, show: "as it is" });

test("200: every user of the organization sees all of its leads, in the envelope of a paginated collection", async () => {
  const at = edge();
  const of = await tenant(at);
  const made = [await lead(at, of.formId), await lead(at, of.formId)];
  for (const who of [of.admin, of.agent, of.otherAgent]) {
    const body = await answer<V5Page>(await get(at, orgLeads(of), who));
    expect(Object.keys(body)).toEqual(["next", "previous", "results"]);
    expect(idsOf(body.results)).toEqual(made);
  }
});

test("a visitor's lead is in the list as soon as it was thanked for, once", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId, { data: { name: "Lead Man", email: "Lead.Man@superheroes.gov" } });
  const { results } = await page(at, orgLeads(of), of.agent);
  expect(results.map(({ id, data }) => ({ id, data }))).toEqual([
    { id, data: { name: "Lead Man", email: "Lead.Man@superheroes.gov" } },
  ]);
});

test("the order is the server's clock, whatever a visitor claims", async () => {
  const at = edge();
  const of = await tenant(at);
  const made: string[] = [];
  for (const seconds of [50, 10, 30]) {
    at.clock.now = START + seconds * 1_000;
    const response = await capture(at, of.formId, { created_at: "2001-01-01T00:00:00Z" });
    made.push((await response.json<{ id: string }>()).id);
  }
  expect(await ids(at, orgLeads(of), of.agent)).toEqual([made[1], made[2], made[0]]);
});

test("two organizations never see each other's leads", async () => {
  const at = edge();
  const [of, other] = [await tenant(at), await tenant(at)];
  const [mine, theirs] = [await lead(at, of.formId), await lead(at, other.formId)];
  expect(await ids(at, orgLeads(of), of.admin)).toEqual([mine]);
  expect(await ids(at, orgLeads(other), other.admin)).toEqual([theirs]);
});
