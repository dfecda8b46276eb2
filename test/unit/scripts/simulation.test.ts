/** What the simulation's tables rest on: nothing is lost or served twice at once, and chance can be had again. */
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { arrivalsOf } from "../../../scripts/simulation/arrivals.ts";
import { ASSUMPTIONS, NOTE_ROWS, QUEUE } from "../../../scripts/simulation/assumptions.ts";
import { exponential, lognormal, poisson, randomOf } from "../../../scripts/simulation/chance.ts";
import { growth, largest, money } from "../../../scripts/simulation/filling.ts";
import { databasesFor, fullWith, LEADS_A_DATABASE, monthsUntilFull } from "../../../scripts/simulation/growth.ts";
import { placed, placedByTurn, sharesOf, sum } from "../../../scripts/simulation/load.ts";
import { throughQueue } from "../../../scripts/simulation/queued.ts";
import { ownReads } from "../../../scripts/simulation/reads.ts";
import { queues, replicas, writers } from "../../../scripts/simulation/tables.ts";
import { type Costs, runDay } from "../../../scripts/simulation/writer.ts";
import { declaredCosts } from "../../load/costs.ts";
import { footprintOf } from "../../load/footprint.ts";

const random = (name: string) => randomOf(1, name);
const mean = (draw: () => number): number => sum(Array.from({ length: 20_000 }, draw)) / 20_000;

describe("chance", () => {
  it("is the same for the same seed and name, and another for another of either", () => {
    const first = [randomOf(1, "a"), randomOf(1, "a"), randomOf(2, "a"), randomOf(1, "b")].map((draw) => draw());
    expect(first[1]).toBe(first[0]);
    expect(new Set(first).size).toBe(3);
  });

  it("has the means that are asked for", () => {
    expect(mean(() => poisson(random("p"), 0))).toBe(0);
    const [few, many, wait, time] = [random("few"), random("many"), random("wait"), random("time")];
    expect(mean(() => poisson(few, 3)) / 3).toBeCloseTo(1, 1);
    expect(mean(() => poisson(many, 900)) / 900).toBeCloseTo(1, 1);
    expect(mean(() => exponential(wait, 40)) / 40).toBeCloseTo(1, 1);
    expect(mean(() => lognormal(time, 2, 0.5)) / (2 * Math.exp(0.125))).toBeCloseTo(1, 1);
  });
});

describe("organizations", () => {
  const shares = sharesOf({ organizations: 50, zipf: 1 });

  it("have shares that add up to one, the first twice the second's", () => {
    expect(sum(shares)).toBeCloseTo(1);
    expect((shares[0] as number) / (shares[1] as number)).toBeCloseTo(2);
  });

  it.each([
    ["by size", placed(shares, 7)],
    ["by turn", placedByTurn(shares, 7, [...shares.keys()].reverse())],
  ])("live in one database each, placed %s", (_, homes) => {
    expect(homes).toHaveLength(7);
    expect(homes.flat().sort((a, b) => b - a)).toEqual(shares);
  });

  it("fill no database past the largest of them, placed by size", () => {
    expect(Math.max(...placed(shares, 7).map(sum))).toBeCloseTo(shares[0] as number);
  });
});

describe("a writer", () => {
  const costs: Costs = { writeMs: 10, readMs: 2, spread: 0, patienceMs: 15 };
  const captures = (...times: number[]) => times.map((at) => ({ kind: "capture" as const, at }));

  it("does one thing after the other", () => {
    const arrivals = [...captures(0, 1), { kind: "read" as const, at: 5 }, ...captures(100)];
    const day = runDay(arrivals, { ...costs, patienceMs: 1_000 }, random("w"));
    expect(day.answered).toEqual([10, 19, 10]);
    expect(day.busiestMinute).toBeCloseTo(32 / 60_000);
  });

  it("refuses what would wait too long, and takes its retry, not before the widget sends it", () => {
    const day = runDay(captures(0, 1, 2), costs, random("w"));
    expect(day).toMatchObject({ attempts: 4, refused: 1, answered: [10, 19, 10] });
    expect(day.stands[2]).toBeGreaterThanOrEqual(1_000 + 10);
    expect(day.stands[2]).toBeLessThanOrEqual(2_000 + 10);
  });

  it("has every lead after an outage, each retry in its turn", () => {
    const rates = { captures: () => 20, changes: 5, reads: 50 };
    const arrivals = [...arrivalsOf(60, rates, random("outage"))];
    const sent = arrivals.filter(({ kind }) => kind === "capture");
    const outage = { from: 20_000, to: 40_000 };
    const day = runDay(arrivals, { ...costs, patienceMs: 5_000, outage }, random("w"));
    expect(day.stands).toHaveLength(sent.length);
    const within = sent.filter(({ at }) => at >= outage.from && at < outage.to).length;
    expect(within).toBeGreaterThan(200);
    expect(day.refused).toBeGreaterThanOrEqual(within);
    expect(day.attempts).toBe(sent.length + day.refused);
    // One that was passed over by a later one would have waited for it.
    expect(Math.max(...day.answered)).toBeLessThan(500);
  });

  it("hears arrivals in their order", () => {
    const times = [...arrivalsOf(5, { captures: () => 9, changes: 9, reads: 9 }, random("o"))].map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

describe("a queue before the writer", () => {
  const times = Array.from({ length: 1_000 }, (_, index) => index * 10);
  const writer = { writeMs: 2, spread: 0.5 };

  it("brings every lead in batches, and waits no longer for one than is set", () => {
    const { stands, thanked, batches } = throughQueue(times, writer, random("q"));
    expect([stands.length, thanked.length]).toEqual([1_000, 1_000]);
    expect(batches).toBeGreaterThanOrEqual(1_000 / QUEUE.batch);
    expect(Math.max(...stands)).toBeLessThan(2 * QUEUE.batchWaitMs);
  });

  it("thanks visitors in an outage as ever, and tries whole batches again", () => {
    const outage = { from: 2_000, to: 30_000 };
    const [calm, down] = [
      throughQueue(times, writer, random("q")),
      throughQueue(times, { ...writer, outage }, random("q")),
    ];
    expect(down.thanked).toEqual(calm.thanked);
    expect(down.stands).toHaveLength(1_000);
    expect(down.twice).toBeGreaterThan(calm.twice);
    expect(Math.max(...down.stands)).toBeGreaterThan(10_000);
  });
});

it("finds fewer replicas behind on the reader's own continent", () => {
  const [near, far] = [ownReads(5_000, true, random("n")), ownReads(5_000, false, random("n"))];
  expect(near.late).toBeLessThan(far.late);
  expect(far.late).toBeLessThan(0.5);
});

it("fills a database in proportion", () => {
  expect(monthsUntilFull(2e6)).toBeCloseTo(monthsUntilFull(1e6) / 2);
  expect(fullWith(1e6, monthsUntilFull(1e6))).toBeCloseTo(1);
  expect(databasesFor(12 * LEADS_A_DATABASE, 12)).toBe(12);
  expect(databasesFor(12 * LEADS_A_DATABASE + 12, 12)).toBe(13);
});

describe("the tables", () => {
  const campaign = { minutes: 1, capturesPerSecond: 50 };
  const small = {
    ...ASSUMPTIONS,
    organizations: 70,
    leadsPerYear: 1e7,
    minutes: 3,
    campaign,
    agents: 300,
    outageMinutes: 1,
  };
  const all = (seed: number) => {
    const a = { ...small, seed };
    return [growth(a), largest(a), ...writers(a), ...replicas(a), queues(a), money(a)];
  };

  it("are the same for the same seed, and others for another", () => {
    const first = all(1);
    expect(all(1)).toEqual(first);
    expect(all(2)).not.toEqual(first);
    for (const { rows } of first) expect(rows.length).toBeGreaterThan(0);
  });

  it("price the rows that SCHEMA.md declares", () => {
    const written = (name: string) => declaredCosts().find((cost) => cost.name === name)?.rowsWritten as number;
    const life = NOTE_ROWS + written("capture") + 2 * written("pick") + written("close") + written("purge");
    expect(money(small).notes?.[0]).toContain(`${life} rows written`);
  });
});

it("counts a table with its indexes, and no page that was freed", () => {
  const db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE lead (id INTEGER PRIMARY KEY, text TEXT UNIQUE); CREATE INDEX lead_text ON lead (text, id)");
  const empty = footprintOf(db).bytes;
  db.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
    INSERT INTO lead SELECT i, hex(randomblob(200)) FROM n`);
  const full = footprintOf(db);
  const lead = full.tables.get("lead");
  expect(lead?.rows).toBeGreaterThan(200_000);
  expect(lead?.indexes).toBeGreaterThan(2 * 200_000);
  expect(full.bytes - empty).toBeLessThanOrEqual((lead?.rows ?? 0) + (lead?.indexes ?? 0));
  db.exec("DELETE FROM lead");
  expect(footprintOf(db).bytes).toBe(empty);
});
