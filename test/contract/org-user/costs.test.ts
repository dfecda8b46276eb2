/**
 * What a warm request costs: D1 bills round trips and rows, and both are counted exactly. A page of N reads at most
 * 3N + 5 rows, however many leads there are and however few of them the list shows.
 */
import { describe, expect, test } from "vitest";
import { type Edge, edge, lead, type Person, START, type Tenant, tenant } from "../../support/edge.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { answer, assignedLeads, get, LISTS, orgLeads, page, patch, pendingLeads, type V5Page } from "./v5.ts";

const MANY = 20_000;
/** Both lead and event are written, the incoming lead is sorted, two counts go up; claims end. */
const PICK = { roundTrips: 1, statements: 6, rowsRead: 24, rowsWritten: 16 };

/** Asks once to warm up, then counts. */
async function metered(at: Edge, address: string, by: Person): Promise<V5Page> {
  await page(at, address, by);
  at.resetUsage();
  return page(at, address, by);
}

function expectCheap(at: Edge, size: number): void {
  expect(at.usage.roundTrips).toBe(1);
  expect(at.usage.rowsRead).toBeLessThanOrEqual(3 * size + 5);
}

/** A cursor into the middle of the list: the page that starts after the lead received then. */
async function middle(at: Edge, path: string, by: Person, received: number, ordering: string): Promise<string> {
  const { next } = await page(at, `${path}?page_size=1&ordering=${ordering}`, by);
  const cursor = btoa(`n${received}.0`).replaceAll("=", "");
  return (next as string).replace("page_size=1", "").replace(/cursor=\w+/, `cursor=${cursor}`);
}

describe.each(LISTS)("a page of $list", ({ path, shown }) => {
  test.each([20, MANY])("is one round trip and reads at most 3N + 5 rows among %i leads", async (count) => {
    const at = edge();
    const of = await tenant(at);
    // Where a list can show owners, every lead has one; every lead has a company.
    const owned = path(of) === pendingLeads(of.agent) ? shown(of) : { state: "assigned" as const, owner: of.agent };
    await manyLeads(of, { count, ...owned, stepMs: 1_000 });
    for (const size of [25, 100]) {
      for (const ordering of ["created_at", "-created_at"]) {
        const start = `${path(of)}?ordering=${ordering}&page_size=${size}`;
        expect((await metered(at, start, of.agent)).results).toHaveLength(Math.min(size, count));
        expectCheap(at, Math.min(size, count));
        const mid = await middle(at, path(of), of.agent, START + (count / 2) * 1_000, ordering);
        const found = await metered(at, `${mid}&page_size=${size}`, of.agent);
        expect(found.results.length).toBeGreaterThan(Math.min(size, count / 2) - 2);
        expectCheap(at, found.results.length);
        if (found.previous) await metered(at, found.previous, of.agent);
        expectCheap(at, Math.min(size, count / 2 + 1));
      }
    }
  });
});

describe("a filter that must skip many leads to find few", () => {
  test.each([true, false])("is_processable=%s finds 10 of 20,000 at the cost of 10", async (isProcessable) => {
    const at = edge();
    const of = await tenant(at);
    await manyLeads(of, { count: MANY, isProcessable: !isProcessable });
    const few = await manyLeads(of, { count: 10, isProcessable, from: START + 500, stepMs: 1_999_000 });
    for (const ordering of ["created_at", "-created_at"]) {
      const address = `${orgLeads(of)}?is_processable=${isProcessable}&ordering=${ordering}`;
      expect((await metered(at, address, of.admin)).results.map(({ id }) => id).sort()).toEqual(few);
      expectCheap(at, few.length);
    }
  });

  test.each([assignedLeads, pendingLeads])(
    "a user's list without processable leads does not look for them",
    async (path) => {
      const at = edge();
      const of = await tenant(at);
      await manyLeads(of, { count: MANY / 2 });
      await manyLeads(of, { count: MANY / 2, state: "assigned", owner: of.agent });
      expect((await metered(at, `${path(of.agent)}?is_processable=true`, of.agent)).results).toEqual([]);
      expectCheap(at, 0);
    },
  );

  test("pending leads are found among 20,000 closed ones", async () => {
    const at = edge();
    const of = await tenant(at);
    await manyLeads(of, { count: MANY, state: "closed", owner: of.agent });
    const few = await manyLeads(of, { count: 10, from: START + 500, stepMs: 1_999_000 });
    expect((await metered(at, pendingLeads(of.agent), of.agent)).results.map(({ id }) => id)).toEqual(few);
    expectCheap(at, few.length);
  });

  test.each([
    ["deleted", { state: "deleted" as const }],
    ["processable", { state: "assigned" as const, isProcessable: true }],
  ])("a user's own leads are found among 20,000 %s ones of theirs", async (_, hidden) => {
    const at = edge();
    const of = await tenant(at);
    await manyLeads(of, { count: MANY, owner: of.agent, ...hidden });
    const wanted = { state: "assigned" as const, owner: of.agent, from: START + 500, stepMs: 1_999_000 };
    const few = await manyLeads(of, { count: 10, ...wanted });
    expect((await metered(at, assignedLeads(of.agent), of.agent)).results.map(({ id }) => id)).toEqual(few);
    expectCheap(at, few.length);
  });
});

describe("one lead", () => {
  const both = (of: Tenant) => [orgLeads(of), pendingLeads(of.agent)];

  test("is shown in one round trip and three rows, its credential included", async () => {
    const at = edge();
    const of = await tenant(at);
    const id = await lead(at, of.formId);
    await manyLeads(of, { count: MANY });
    for (const path of both(of)) {
      await answer(await get(at, `${path}/${id}`, of.agent));
      at.resetUsage();
      await answer(await get(at, `${path}/${id}`, of.agent));
      expect(at.usage).toMatchObject({ roundTrips: 1, statements: 1 });
      expect(at.usage.rowsRead).toBeLessThanOrEqual(3);
    }
  });

  test("is picked in one round trip, among 20 leads and among 20,000 at the same cost", async () => {
    const costs: object[] = [];
    for (const count of [20, MANY]) {
      const at = edge();
      const of = await tenant(at);
      const id = await lead(at, of.formId);
      await manyLeads(of, { count });
      await page(at, pendingLeads(of.agent), of.agent);
      at.resetUsage();
      await answer(await patch(at, `${pendingLeads(of.agent)}/${id}`, of.agent, { assigned_user_id: of.agent.id }));
      costs.push({ ...at.usage });
    }
    expect(costs).toEqual([PICK, PICK]);
  });
});
