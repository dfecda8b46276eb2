/** GET leads/list: pages, links and the filters that are choices. */
import { describe, expect, test } from "vitest";
import type { Edge } from "../../support/edge.ts";
import { rows } from "../../support/rows.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import {
  type CrmLead,
  type CrmPage,
  type CrmTenant,
  createLead,
  data,
  get,
  listed,
  refused,
  remove,
  walk,
  world,
} from "./v1.ts";

const slugs = (page: { slug: string }[]) => page.map(({ slug }) => slug);
/** Every worked lead's slug, newest first. */
const all = async (of: CrmTenant) =>
  (
    await rows<{ slug: string }>(
      "SELECT slug FROM lead WHERE organization_id = ? AND state IN ('pending', 'assigned', 'closed') ORDER BY id DESC",
      of.accountId,
    )
  ).map(({ slug }) => slug);
const path = (at: Edge, of: CrmTenant, address: string): Promise<CrmPage<CrmLead>> =>
  get(at, of, address.replace("https://foyer.test/api/v1", "")).then((response) => data(response));

describe("pages", () => {
  test("newest first, 25 where nothing is said, 100 at most; next to the end and previous back", async () => {
    const { at, of } = await world();
    await manyLeads(of, { count: 130 });
    const page = await listed(at, of);
    expect([page.results.length, page.count, page.previous]).toEqual([25, 130, null]);
    expect((await listed(at, of, "?limit=1000")).results).toHaveLength(100);
    expect((await listed(at, of, "?limit=0")).results).toHaveLength(25);
    const forward = await walk<CrmLead>(at, of, "/leads/list/?limit=30", "next");
    expect(forward.map(({ length }) => length)).toEqual([30, 30, 30, 30, 10]);
    expect(slugs(forward.flat())).toEqual(await all(of));
    const last = await listed(at, of, "?limit=30&offset=120");
    expect([last.results.length, last.next]).toEqual([10, null]);
    const back = await walk<CrmLead>(at, of, last.previous as string, "previous");
    expect(slugs(back.reverse().flat())).toEqual((await all(of)).slice(0, 120));
  });

  test("nothing is shown twice and nothing left out while leads arrive and vanish", async () => {
    const { at, of } = await world();
    await manyLeads(of, { count: 60 });
    const before = await all(of);
    const gone: string[] = [];
    const walked = await walk<CrmLead>(at, of, "/leads/list/?limit=7", "next", async () => {
      await createLead(at, of);
      // One that was shown, and one that was not yet.
      for (const slug of [before[gone.length], before[before.length - 1 - gone.length]] as string[]) {
        await remove(at, of, slug);
        gone.push(slug);
      }
    });
    const shown = slugs(walked.flat());
    expect(new Set(shown).size).toBe(shown.length);
    const stayed = before.filter((slug) => !gone.includes(slug));
    expect(shown.filter((slug) => stayed.includes(slug))).toEqual(stayed);
  });

  test("a link goes on where its page ended, though every lead around it is gone", async () => {
    const { at, of } = await world();
    await manyLeads(of, { count: 12 });
    const first = await listed(at, of, "?limit=4");
    const second = await path(at, of, first.next as string);
    const back = second.previous as string;
    for (const { slug } of first.results) await remove(at, of, slug);
    const empty = await path(at, of, back);
    expect(empty.results).toEqual([]);
    expect(slugs((await path(at, of, empty.next as string)).results)).toEqual(slugs(second.results));
    const arrived = await createLead(at, of);
    expect(slugs((await path(at, of, back)).results)).toEqual([arrived.slug]);
  });

  test("deep pages are reached by links alone", async () => {
    const { at, of } = await world();
    await manyLeads(of, { count: 10_150 });
    const tooDeep = await get(at, of, "/leads/list/?offset=10001");
    expect(await refused(tooDeep, 400)).toEqual({ offset: ["Ensure this value is less than or equal to 10000."] });
    const edge = await listed(at, of, "?offset=10000&limit=100");
    const beyond = await path(at, of, edge.next as string);
    expect(beyond.results).toHaveLength(50);
    const back = await path(at, of, beyond.previous as string);
    expect(slugs(back.results)).toEqual(slugs(edge.results));
  });

  test.each([
    "offset=x",
    "offset=-1",
    "limit=1.5",
    "cursor=x",
    "cursor=-",
    "list_type=all",
    "status=nonsense",
    "status=incoming",
  ])("%s is refused, by its name", async (query) => {
    const { at, of } = await world();
    const errors = await refused(await get(at, of, `/leads/list/?${query}`), 400);
    expect(Object.keys(errors)).toEqual([query.split("=")[0]]);
  });

  test("past the end there is nothing, and the way back", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of);
    const page = await listed(at, of, "?offset=5&limit=5");
    expect(page).toMatchObject({ results: [], count: 1, next: null });
    expect(slugs((await path(at, of, page.previous as string)).results)).toEqual([slug]);
  });
});
