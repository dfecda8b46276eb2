/** What a page costs: two rows for each lead that it shows or skips, and one where the leads end before it does. */
import { expect, test } from "vitest";
import { type Edge, edge, START, type Tenant } from "../../support/edge.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { chatTenant, ids, numbers } from "./get-leads.ts";

const DAY_MS = 86_400_000;

/** Asks once to warm up, then counts. */
async function cost(at: Edge, of: Tenant, parameters: Record<string, string | number>) {
  const warm = await ids(at, of, parameters);
  at.resetUsage();
  expect(await ids(at, of, parameters)).toEqual(warm);
  return { leads: warm.length, ...at.usage };
}
const read = (leads: number, rowsRead: number) => ({ leads, roundTrips: 1, statements: 1, rowsRead, rowsWritten: 0 });

test.each([20, 20_000])("the first page reads its own leads only, among %i", async (count) => {
  const at = edge();
  const of = await chatTenant(at);
  await manyLeads(of, { count, category: "chats" });
  await manyLeads(of, { count });
  await manyLeads(of, { count, category: "chats", state: "declined" });
  expect(await cost(at, of, {})).toEqual(read(10, 20));
  expect(await cost(at, of, { size: 20 })).toEqual(read(20, 40));
});

test("a deep page reads what is before it as well, and a day its own leads only, among 20,000", async () => {
  const at = edge();
  const of = await chatTenant(at);
  await manyLeads(of, { count: 20_000, category: "chats", from: START - 20 * DAY_MS, stepMs: DAY_MS / 1_000 });
  expect(await cost(at, of, { page: 10, size: 1_000 })).toEqual(read(1_000, 20_000));
  expect(await cost(at, of, { page: 500 })).toEqual(read(10, 10_000));
  const day = { startDate: "2026-02-20", endDate: "2026-02-20" };
  expect(await cost(at, of, { ...day, size: 1_000 })).toEqual(read(1_000, 2_000));
  expect(await cost(at, of, { ...day, page: 2, size: 1_000 })).toEqual(read(0, 2));
});

test("who reads page after page skips nothing: each lead is read once, by leads of one moment as well", async () => {
  const at = edge();
  const of = await chatTenant(at);
  await manyLeads(of, { count: 10_500, category: "chats", stepMs: 0 });
  await ids(at, of);
  const seen: number[] = [];
  for (let page = 1; page <= 10; page += 1) {
    at.resetUsage();
    seen.push(...(await ids(at, of, { page, size: 1_000 })));
    // From the second page on, the place where it starts is a row, too
    expect(at.usage).toMatchObject({ roundTrips: 1, rowsRead: page === 1 ? 2_000 : 2_001 });
  }
  expect(seen).toEqual((await numbers()).slice(0, 10_000));
  // From the nearest page before it; and a minute later from the start
  const other = { startDate: "2026-03-02" };
  await ids(at, of, { ...other, size: 1_000 });
  at.resetUsage();
  await ids(at, of, { ...other, size: 1_000, page: 3 });
  expect(at.usage.rowsRead).toBe(4_001);
  at.clock.now += 60_000;
  await ids(at, of);
  at.resetUsage();
  expect(await ids(at, of, { page: 3, size: 1_000 })).toEqual(seen.slice(2_000, 3_000));
  expect(at.usage.rowsRead).toBe(6_000);
});

test("leads of another chat, and those of no chat, cost nothing: a page that ends early reads one row to know", async () => {
  const at = edge();
  const [of, other] = [await chatTenant(at), await chatTenant(at)];
  await manyLeads(other, { count: 5_000, category: "chats" });
  await manyLeads(of, { count: 5_000, isProcessable: true });
  expect(await cost(at, of, { size: 1_000 })).toEqual(read(0, 1));
});

test("a form that the isolate does not know yet is one round trip more", async () => {
  const at = edge();
  const of = await chatTenant(at);
  await ids(at, of);
  at.clock.now += 60_000;
  at.resetUsage();
  await ids(at, of);
  // The credential is asked for again, too
  expect(at.usage.roundTrips).toBe(3);
});
