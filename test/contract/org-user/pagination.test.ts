/** "A paginated collection": cursors that stay true while leads arrive, forth and back. */
import { describe, expect, test } from "vitest";
import { edge, lead, START, tenant } from "../../support/edge.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { get, ids, idsOf, LISTS, orgLeads, page, refused, walk } from "./v5.ts";

describe.each(LISTS)("$list", ({ path, shown }) => {
  test.each(["created_at", "-created_at"])(
    "by %s: next to the end and previous back to the start tell each lead once",
    async (ordering) => {
      const at = edge();
      const of = await tenant(at);
      const made = await manyLeads(of, { count: 23, ...shown(of) });
      const wanted = ordering === "created_at" ? made : made.toReversed();
      const start = await page(at, `${path(of)}?page_size=5&ordering=${ordering}`, of.agent);
      expect(start.previous).toBeNull();
      const forth = await walk(at, start, of.agent, "next");
      expect(forth.map((found) => found.length)).toEqual([5, 5, 5, 5, 3]);
      expect(forth.flat()).toEqual(wanted);
      let last = start;
      while (last.next !== null) last = await page(at, last.next, of.agent);
      expect(await walk(at, last, of.agent, "previous")).toEqual(forth.toReversed());
    },
  );

  test("leads of the same moment are told once each, in one order both ways", async () => {
    const at = edge();
    const of = await tenant(at);
    const made = await manyLeads(of, { count: 12, stepMs: 0, ...shown(of) });
    const up = await walk(at, await page(at, `${path(of)}?page_size=5`, of.agent), of.agent, "next");
    expect(up.flat()).toEqual(made);
    const down = await page(at, `${path(of)}?page_size=5&ordering=-created_at`, of.agent);
    expect((await walk(at, down, of.agent, "next")).flat()).toEqual(made.toReversed());
  });

  test("leads that arrive between two pages are neither skipped nor told twice", async () => {
    const at = edge();
    const of = await tenant(at);
    const early = await manyLeads(of, { count: 6, ...shown(of) });
    const oldest = await page(at, `${path(of)}?page_size=4`, of.agent);
    const newest = await page(at, `${path(of)}?page_size=4&ordering=-created_at`, of.agent);
    const late = await manyLeads(of, { count: 3, ...shown(of), from: START + 60_000 });
    expect((await walk(at, oldest, of.agent, "next")).flat()).toEqual([...early, ...late]);
    // Newest first: what arrived is before the first page, never within those that follow.
    expect((await walk(at, newest, of.agent, "next")).flat()).toEqual(early.toReversed());
    const second = await page(at, newest.next as string, of.agent);
    expect((await walk(at, second, of.agent, "previous")).flat()).toContain(late[0]);
  });
});

test("a page holds 25 leads where none asks otherwise, page_size of them up to 100", async () => {
  const at = edge();
  const of = await tenant(at);
  await manyLeads(of, { count: 101 });
  expect((await page(at, orgLeads(of), of.agent)).results).toHaveLength(25);
  expect((await page(at, `${orgLeads(of)}?page_size=1`, of.agent)).results).toHaveLength(1);
  expect((await page(at, `${orgLeads(of)}?page_size=5000`, of.agent)).results).toHaveLength(100);
});

test("a list without leads, and one that just fills its page, have no further page", async () => {
  const at = edge();
  const of = await tenant(at);
  expect(await page(at, orgLeads(of), of.agent)).toEqual({ next: null, previous: null, results: [] });
  await manyLeads(of, { count: 25 });
  expect(await page(at, orgLeads(of), of.agent)).toMatchObject({ next: null, previous: null });
});

test("links are whole addresses of this server that keep the other parameters", async () => {
  const at = edge();
  const of = await tenant(at);
  await manyLeads(of, { count: 7, isProcessable: true });
  await manyLeads(of, { count: 7 });
  const start = `${orgLeads(of)}?ordering=-created_at&is_processable=true&page_size=2&further=1`;
  const { next } = await page(at, start, of.agent);
  const address = new URL(next as string);
  expect(address.origin + address.pathname).toBe(`https://foyer.test${orgLeads(of)}`);
  const { cursor, ...others } = Object.fromEntries(address.searchParams);
  expect(cursor).toMatch(/^\w+$/);
  expect(others).toEqual({ ordering: "-created_at", is_processable: "true", page_size: "2", further: "1" });
});

test("a lead that arrives at the very moment at which a page ended is on the next one", async () => {
  const at = edge();
  const of = await tenant(at);
  const first = [await lead(at, of.formId), await lead(at, of.formId)];
  const start = await page(at, `${orgLeads(of)}?page_size=1`, of.agent);
  const second = await page(at, start.next as string, of.agent);
  const third = await lead(at, of.formId);
  expect(idsOf((await page(at, start.next as string, of.agent)).results)).toEqual([first[1]]);
  expect(second.next).toBeNull();
  expect(await ids(at, orgLeads(of), of.agent)).toEqual([...first, third]);
});

test.each(["x", "%00", "bjE", "===", btoa("q1.1"), "n1.1", "a".repeat(500)])(
  "a cursor that we did not make (%s) is 404",
  async (cursor) => {
    const at = edge();
    const of = await tenant(at);
    const response = await get(at, `${orgLeads(of)}?cursor=${cursor}`, of.agent);
    await refused(response, 404, { detail: "Invalid cursor" });
  },
);

test("another tenant's cursor opens nothing of theirs", async () => {
  const at = edge();
  const [of, other] = [await tenant(at), await tenant(at)];
  await manyLeads(other, { count: 30 });
  const mine = await manyLeads(of, { count: 3, from: START + 3_600_000 });
  const theirs = new URL((await page(at, orgLeads(other), other.agent)).next as string).searchParams.get("cursor");
  expect(await ids(at, `${orgLeads(of)}?cursor=${theirs}`, of.agent)).toEqual(mine);
});
