/** The GET parameters of the lists: ordering and is_processable, their defaults, and what is said of a wrong one. */
import { describe, expect, test } from "vitest";
import { edge, START, tenant } from "../../support/edge.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { get, ids, LISTS, orgLeads, page, refused } from "./v5.ts";

describe.each(LISTS)("$list", ({ path, shown }) => {
  test("is sorted by the creation time, ascending unless ordering=-created_at", async () => {
    const at = edge();
    const of = await tenant(at);
    const [late] = await manyLeads(of, { count: 1, ...shown(of), from: START + 5_000 });
    const [early] = await manyLeads(of, { count: 1, ...shown(of), from: START });
    expect(await ids(at, path(of), of.agent)).toEqual([early, late]);
    expect(await ids(at, `${path(of)}?ordering=created_at`, of.agent)).toEqual([early, late]);
    expect(await ids(at, `${path(of)}?ordering=-created_at`, of.agent)).toEqual([late, early]);
    expect(await ids(at, `${path(of)}?ordering=-created_at,created_at`, of.agent)).toEqual([late, early]);
  });

  test.each(["updated_at", "--created_at", "-", "id; DROP TABLE lead"])(
    "refuses ordering=%s with 400",
    async (ordering) => {
      const at = edge();
      const of = await tenant(at);
      const response = await get(at, `${path(of)}?ordering=${encodeURIComponent(ordering)}`, of.agent);
      await refused(response, 400, {
        ordering: [`Select a valid choice. ${ordering} is not one of the available choices.`],
      });
    },
  );

  test("refuses an is_processable that is no boolean, and a page_size that is no number, with 400", async () => {
    const at = edge();
    const of = await tenant(at);
    const response = await get(at, `${path(of)}?is_processable=maybe&page_size=none`, of.agent);
    await refused(response, 400, {
      is_processable: ["Must be a valid boolean."],
      page_size: ["A valid integer is required."],
    });
  });

  test("empty and unknown parameters change nothing", async () => {
    const at = edge();
    const of = await tenant(at);
    const made = await manyLeads(of, { count: 3, ...shown(of) });
    const query = "?ordering=&is_processable=&page_size=&cursor=&with=everything";
    expect(await ids(at, path(of) + query, of.agent)).toEqual(made);
  });

  test("is_processable=false keeps what is shown in the Console", async () => {
    const at = edge();
    const of = await tenant(at);
    const made = await manyLeads(of, { count: 3, ...shown(of) });
    for (const word of ["false", "False", "0"]) {
      expect(await ids(at, `${path(of)}?is_processable=${word}`, of.agent)).toEqual(made);
    }
  });
});

describe("an organization's leads", () => {
  test("is_processable=true keeps leads that a third party processes, false the others, none given both", async () => {
    const at = edge();
    const of = await tenant(at);
    const console_ = await manyLeads(of, { count: 3 });
    const third = await manyLeads(of, { count: 2, isProcessable: true, from: START + 500 });
    for (const word of ["true", "True", "1"]) {
      expect(await ids(at, `${orgLeads(of)}?is_processable=${word}`, of.agent)).toEqual(third);
    }
    expect(await ids(at, `${orgLeads(of)}?is_processable=false`, of.agent)).toEqual(console_);
    const both = [console_[0], third[0], console_[1], third[1], console_[2]];
    expect(await ids(at, orgLeads(of), of.agent)).toEqual(both);
    expect(await ids(at, `${orgLeads(of)}?is_processable=true&ordering=-created_at`, of.agent)).toEqual(
      third.toReversed(),
    );
  });

  test("each lead says whether it is processable", async () => {
    const at = edge();
    const of = await tenant(at);
    await manyLeads(of, { count: 1 });
    await manyLeads(of, { count: 1, isProcessable: true });
    const { results } = await page(at, orgLeads(of), of.agent);
    expect(results.map((lead) => lead.is_processable)).toEqual([false, true]);
  });
});
