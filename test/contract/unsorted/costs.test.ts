/** What a warm request costs, counted by the database: summaries, bulk POSTs, sorting. Lists: costs-list.test.ts. */
import { describe, expect, test } from "vitest";
import { type Edge, edge, START, type Tenant, tenant } from "../../support/edge.ts";
import { anotherPipeline, manyIncoming } from "../../support/many-incoming.ts";
import { call, request } from "./bodies.ts";
import { accept, added, decline, hal, post, summary, waiting } from "./v4.ts";

const MANY = 20_000;

async function world(count: number): Promise<{ at: Edge; of: Tenant; other: number }> {
  const at = edge();
  const of = await tenant(at);
  const other = await anotherPipeline(of);
  await manyIncoming(of, { count: count / 2, category: "forms" });
  await manyIncoming(of, { count: count / 4, category: "chats", stepMs: 2_000 });
  await manyIncoming(of, { count: count / 4, category: "sip", pipelineId: other, stepMs: 2_000 });
  return { at, of, other };
}

describe("a summary", () => {
  test("reads rollups only: as many rows for 20,000 leads as for 100, of all and of a pipeline", async () => {
    const read: number[][] = [];
    for (const count of [100, MANY]) {
      const { at, of, other } = await world(count);
      const usage: number[] = [];
      for (const query of ["", `?filter[pipeline_id]=${other}`]) {
        await summary(at, of, query);
        at.resetUsage();
        const { total } = await summary(at, of, query);
        expect(total).toBe(query === "" ? count : count / 4);
        expect(at.usage).toMatchObject({ roundTrips: 1, statements: 1 });
        usage.push(at.usage.rowsRead);
      }
      read.push(usage);
    }
    expect(read[1]).toEqual(read[0]);
    expect(Math.max(...read.flat())).toBeLessThanOrEqual(20);
  });

  test("of a range reads its whole days from rollups, and only the days that it cuts from leads", async () => {
    const { at, of } = await world(100);
    const day = 86_400_000;
    await manyIncoming(of, { count: MANY / 2, from: START - 9 * day, stepMs: 8 });
    const range = (from: number) => `?filter[created_at][from]=${from / 1000}&filter[created_at][to]=${START / 1000}`;
    const midnight = Math.floor((START - 9 * day) / day) * day;
    await summary(at, of, range(midnight));
    at.resetUsage();
    expect((await summary(at, of, range(midnight))).total).toBe(MANY / 2 + 100);
    expect(at.usage.roundTrips).toBe(1);
    expect(at.usage.rowsRead).toBeLessThan(400);
  });
});

describe("a POST of 250", () => {
  test.each([
    ["sip", call],
    ["forms", request],
  ] as const)("%s leads is one batch of at most a dozen statements, and one read of pipelines", async (kind, make) => {
    const { at, of } = await world(20);
    await added(at, of, kind, [make()]);
    at.resetUsage();
    await hal(
      await post(
        at,
        of,
        kind,
        Array.from({ length: 250 }, () => make()),
        { "idempotency-key": "k" },
      ),
    );
    expect(at.usage.roundTrips).toBe(2);
    expect(at.usage.statements).toBeLessThanOrEqual(13);
    expect(at.usage.rowsRead / 250).toBeLessThan(30);
    expect(at.usage.rowsWritten / 250).toBeLessThan(30);
  });

  test("costs no more a lead among 20,000 than among 20", async () => {
    const read: number[] = [];
    for (const count of [20, MANY]) {
      const { at, of } = await world(count);
      await added(at, of, "forms", [request()]);
      at.resetUsage();
      await hal(
        await post(
          at,
          of,
          "forms",
          Array.from({ length: 250 }, () => request()),
        ),
      );
      read.push(at.usage.rowsRead);
    }
    expect(read[1]).toBe(read[0]);
  });
});

describe("sorting one", () => {
  test.each([accept, decline])(
    "is one round trip where no ids are given, and two where they are checked",
    async (sort) => {
      const { at, of } = await world(MANY);
      const [one, two] = [await waiting(at, of), await waiting(at, of)];
      at.resetUsage();
      await hal(await sort(at, one, of.agent));
      expect(at.usage.roundTrips).toBe(1);
      expect(at.usage.rowsRead).toBeLessThan(40);
      at.resetUsage();
      await hal(await sort(at, two, of.agent, { user_id: of.agent.user_id }));
      expect(at.usage.roundTrips).toBe(2);
      expect(at.usage.rowsRead).toBeLessThan(60);
    },
  );
});
