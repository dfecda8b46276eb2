/**
 * What a warm request costs: D1 bills round trips and rows, and both are counted exactly. A page of N reads at most
 * 3N + 5 rows, however many leads wait and however few of them the filter wants: an incoming lead, a lead and a contact
 * for each and for the one that says whether there is a next page, and one for each further range that is merged.
 */
import { describe, expect, test } from "vitest";
import { type Edge, edge, START, type Tenant, tenant } from "../../support/edge.ts";
import { anotherPipeline, manyIncoming } from "../../support/many-incoming.ts";
import { type Page, page, UNSORTED, walk } from "./v4.ts";

const MANY = 20_000;
const COST = (size: number): number => 3 * size + 5;

async function world(count: number): Promise<{ at: Edge; of: Tenant; other: number }> {
  const at = edge();
  const of = await tenant(at);
  const other = await anotherPipeline(of);
  await manyIncoming(of, { count: count / 2, category: "forms" });
  await manyIncoming(of, { count: count / 4, category: "chats", stepMs: 2_000 });
  await manyIncoming(of, { count: count / 4, category: "sip", pipelineId: other, stepMs: 2_000 });
  return { at, of, other };
}

/** Follows the links, at most 5 pages far, and insists that each page is cheap. @returns how many leads it saw. */
async function walkCheaply(at: Edge, of: Tenant, path: string, cost = COST): Promise<number> {
  let seen = 0;
  await page(at, path, of.agent);
  let address: string | undefined = path;
  for (let pages = 0; address !== undefined && pages < 5; pages += 1) {
    at.resetUsage();
    const here: Page | null = await page(at, address, of.agent);
    const size = here?._embedded.unsorted.length ?? 0;
    expect(at.usage).toMatchObject({ roundTrips: 1, statements: 1 });
    expect(at.usage.rowsRead, `${address} of ${size}`).toBeLessThanOrEqual(cost(size));
    seen += size;
    address = here?._links.next?.href;
  }
  return seen;
}

describe.each([20, MANY])("among %i leads that wait, a page", (count) => {
  test("is one round trip and at most 3N + 5 rows, with every filter, either way, on every page", async () => {
    const { at, of, other } = await world(count);
    for (const limit of [50, 250]) {
      for (const order of ["asc", "desc"]) {
        const query = `${UNSORTED}?limit=${limit}&order[created_at]=${order}`;
        const most = 5 * limit;
        expect(await walkCheaply(at, of, query)).toBe(Math.min(count, most));
        expect(await walkCheaply(at, of, `${query}&filter[category][]=sip`)).toBe(Math.min(count / 4, most));
        expect(await walkCheaply(at, of, `${query}&filter[pipeline_id]=${other}`)).toBe(Math.min(count / 4, most));
        expect(await walkCheaply(at, of, `${query}&filter[pipeline_id]=${other}&filter[category]=forms`)).toBe(0);
      }
    }
  });

  test("of a pipeline in which every category waits is as cheap, and so are three categories", async () => {
    const { at, of } = await world(count);
    const main = (await page(at, `${UNSORTED}?filter[category]=forms&limit=1`, of.agent))?._embedded.unsorted[0];
    await manyIncoming(of, { count: count / 4, category: "sip", stepMs: 1_500 });
    await manyIncoming(of, { count: count / 4, category: "mail", stepMs: 2_500 });
    const query = `${UNSORTED}?limit=100&filter[pipeline_id]=${main?.pipeline_id}`;
    expect(await walkCheaply(at, of, query)).toBe(Math.min(1.25 * count, 500));
    const three = `${UNSORTED}?limit=100&filter[category][]=sip&filter[category][]=mail&filter[category][]=forms`;
    expect(await walkCheaply(at, of, three)).toBe(Math.min(1.25 * count, 500));
  });

  test("of a category that is rare among them costs what it finds", async () => {
    const { at, of } = await world(count);
    await manyIncoming(of, { count: 7, category: "mail", from: START - 3 * 86_400_000, stepMs: 9_999_000 });
    expect(await walkCheaply(at, of, `${UNSORTED}?limit=5&filter[category][]=mail`)).toBe(7);
    await manyIncoming(of, { count: 3, category: "mail", stepMs: 9_999_000 });
    expect(await walkCheaply(at, of, `${UNSORTED}?filter[category][]=mail`)).toBe(10);
  });

  test("by uid costs what is named, five rows each", async () => {
    const { at, of } = await world(count);
    const uids = await manyIncoming(of, { count: 10 });
    const query = uids.map((uid) => `filter[uid][]=${uid}`).join("&");
    expect(await walkCheaply(at, of, `${UNSORTED}?${query}`, (size) => 5 * size)).toBe(10);
  });
});

test("a walk through thousands of leads of one moment reads none of them twice", async () => {
  const at = edge();
  const of = await tenant(at);
  for (const category of ["forms", "sip"] as const)
    await manyIncoming(of, { count: 2_500, category, from: START, stepMs: 0 });
  for (const filter of ["", "&filter[category]=sip", "&filter[category][]=sip&filter[category][]=forms"]) {
    for (const order of ["asc", "desc"]) {
      at.resetUsage();
      const path = `${UNSORTED}?limit=250&order[created_at]=${order}${filter}`;
      const uids = (await walk(at, path, of.agent)).flat();
      expect(new Set(uids).size).toBe(filter === "&filter[category]=sip" ? 2_500 : 5_000);
      expect(at.usage.rowsRead).toBeLessThanOrEqual(3 * uids.length + (5 * uids.length) / 250);
    }
  }
});
