/** GET /leads/unsorted: what waits, in order, a page at a time. */
import { describe, expect, test } from "vitest";
import { type Edge, edge, START, type Tenant, tenant } from "../../support/edge.ts";
import { manyIncoming } from "../../support/many-incoming.ts";
import { accept, get, list, nothing, ORIGIN, type Page, page, problem, UNSORTED, uids, waiting, walk } from "./v4.ts";

async function world(): Promise<{ at: Edge; of: Tenant }> {
  const at = edge();
  return { at, of: await tenant(at) };
}
const linksOf = async (at: Edge, of: Tenant, query: string): Promise<Page["_links"]> =>
  ((await page(at, `${UNSORTED}${query}`, of.agent)) as Page)._links;

describe("the list of incoming leads", () => {
  test("is 204 without a body while nothing waits, past the end, and where a filter finds nothing", async () => {
    const { at, of } = await world();
    await nothing(await get(at, UNSORTED, of.agent));
    await waiting(at, of);
    for (const query of [
      "?page=2",
      "?page=99&limit=1",
      "?filter[category][]=mail",
      "?filter[uid]=00",
      "?page=2&limit=1",
    ]) {
      await nothing(await get(at, UNSORTED + query, of.agent));
    }
  });

  test("shows what waits and not what was sorted, each with its account", async () => {
    const { at, of } = await world();
    const [first, second] = [await waiting(at, of), await waiting(at, of)];
    expect((await list(at, of)).map(({ account_id }) => account_id)).toEqual([of.accountId, of.accountId]);
    await accept(at, first, of.agent);
    expect(await uids(at, of)).toEqual([second]);
  });

  test("is one organization's own", async () => {
    const { at, of } = await world();
    await waiting(at, await tenant(at));
    await nothing(await get(at, UNSORTED, of.admin));
  });

  test("is newest first by the time of creation, ties by id; the other way round where asked", async () => {
    const { at, of } = await world();
    const times = [1_500_000_000, 1_600_000_000, 1_600_000_000, 1_400_000_000];
    const made: string[] = [];
    for (const created_at of times) made.push(await waiting(at, of, { created_at }));
    const newest = [made[2], made[1], made[0], made[3]];
    expect(await uids(at, of)).toEqual(newest);
    for (const spelt of ["order[created_at]=asc", "order%5Bcreated_at%5D=asc", "order[created_at]=ASC"]) {
      expect(await uids(at, of, `?${spelt}`)).toEqual(newest.toReversed());
    }
    expect(await uids(at, of, "?order[created_at]=desc")).toEqual(newest);
    expect(await uids(at, of, "?order[updated_at]=asc&order[id]=asc")).toEqual(newest);
  });

  test("has 50 on a page where no limit is given, and never more than 250", async () => {
    const { at, of } = await world();
    await manyIncoming(of, { count: 251 });
    expect(await list(at, of)).toHaveLength(50);
    expect(await list(at, of, "?limit=250")).toHaveLength(250);
    await problem(await get(at, `${UNSORTED}?limit=251`, of.agent), 400);
  });

  test("says where it is: `self` as it was asked for, `next` with a query but on the last page, `prev` but on the first", async () => {
    const { at, of } = await world();
    await manyIncoming(of, { count: 5 });
    const first = await linksOf(at, of, "?limit=2&filter%5Bcategory%5D%5B%5D=forms&with=contacts");
    expect(Object.keys(first)).toEqual(["self", "next"]);
    expect(first.self.href).toBe(`${ORIGIN}${UNSORTED}?limit=2&filter%5Bcategory%5D%5B%5D=forms&with=contacts`);
    const next = new URL(first.next?.href as string);
    expect(next.origin + next.pathname).toBe(ORIGIN + UNSORTED);
    expect(Object.fromEntries(next.searchParams)).toMatchObject({ page: "2", limit: "2", with: "contacts" });
    expect(Object.keys(await linksOf(at, of, "?limit=2&page=2"))).toEqual(["self", "next", "prev"]);
    const last = await linksOf(at, of, "?limit=2&page=3");
    expect(Object.keys(last)).toEqual(["self", "prev"]);
    const back = await page(at, last.prev?.href as string, of.agent);
    expect(back?._page).toBe(2);
    expect(await page(at, UNSORTED, of.agent)).not.toHaveProperty("_total_items");
    expect(Object.keys(await linksOf(at, of, "?limit=5"))).toEqual(["self"]);
  });

  test.each(["asc", "desc"])(
    "is walked by its links, %s, without a gap or a repeat, while leads come and go",
    async (order) => {
      const { at, of } = await world();
      const old = await manyIncoming(of, { count: 7, stepMs: 0 });
      const path = `${UNSORTED}?limit=3&order[created_at]=${order}`;
      const first = (await page(at, path, of.agent)) as Page;
      const seen = first._embedded.unsorted.map(({ uid }) => uid);
      await accept(at, seen[0] as string, of.agent);
      if (order === "desc") await waiting(at, of, { created_at: START / 1000 });
      const rest = await walk(at, first._links.next?.href as string, of.agent);
      expect([...seen, ...rest.flat()].sort()).toEqual(old);
      expect(rest.map((each) => each.length)).toEqual([3, 1]);
    },
  );

  test("pages by number alone show the same, and do not reach deeper than 10,000 leads", async () => {
    const { at, of } = await world();
    const made = (await manyIncoming(of, { count: 5 })).toReversed();
    const pages = [1, 2, 3].map((number) => uids(at, of, `?limit=2&page=${number}`));
    expect((await Promise.all(pages)).flat()).toEqual(made);
    await nothing(await get(at, `${UNSORTED}?limit=250&page=41`, of.agent));
    const { "validation-errors": wrong } = await problem(await get(at, `${UNSORTED}?limit=250&page=42`, of.agent), 400);
    expect(wrong?.[0]?.errors[0]).toMatchObject({ path: "page", code: "TooDeep" });
  });
});
