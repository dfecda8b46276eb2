/** What runs by itself, beside retention: what expires goes, and somebody hears of a database that fills. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Env } from "../../../worker/env.ts";
import { runHourly } from "../../../worker/hourly.ts";
import { edge } from "../../support/edge.ts";

const GB = 1_000_000_000;
let lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines = [];
  for (const level of ["info", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((text: string) => void lines.push(JSON.parse(text)));
  }
});
afterEach(() => vi.restoreAllMocks());

/** A database that says that it is so large. */
function sized(bytes: number): D1Database {
  const prepare = (sql: string) =>
    sql === "SELECT 1"
      ? { run: async () => ({ results: [], success: true, meta: { size_after: bytes } }) }
      : env.DB.prepare(sql);
  return { prepare, batch: (statements: D1PreparedStatement[]) => env.DB.batch(statements) } as unknown as D1Database;
}
const atHour = (hour: number, db: D1Database) => {
  const deps = { now: () => Date.now(), newId: () => crypto.randomUUID() };
  return runHourly(deps, { ...edge().env, FOYER_LOG: "all", DB: db } as Env, Date.UTC(2026, 10, 22, hour, 17));
};
const daily = (db: D1Database) => atHour(3, db);
const warnings = () => lines.filter(({ level }) => level === "warn");

it.each([
  [7.999, null],
  [8, 80],
  [8.999, 80],
  [9, 90],
  [11, 90],
])("of a database of %d GB it warns with %s per cent", async (size, share) => {
  await daily(sized(size * GB));
  const warning = { route: "daily", warning: "database-nearly-full", database: 0, bytes: size * GB, share };
  expect(warnings()).toEqual(share === null ? [] : [expect.objectContaining(warning)]);
});

it("says what it did, under one id", async () => {
  await daily(env.DB);
  expect(lines).toEqual([
    {
      level: "info",
      request_id: expect.any(String),
      method: "CRON",
      route: "daily",
      database: 0,
      leads_purged: 0,
      bytes: expect.any(Number),
      ms: expect.any(Number),
    },
  ]);
  expect(lines[0]?.bytes).toBeGreaterThan(4_096);
});

it("says nothing in the other hours, where nobody is behind", async () => {
  for (const hour of [2, 4, 23]) await atHour(hour, env.DB);
  expect(lines).toEqual([]);
});

it("fails in the platform's eyes where a database does, and the log says why", async () => {
  const broken = { prepare: () => ({ bind: () => ({ all: () => Promise.reject(new Error("gone")) }) }) };
  await expect(daily(broken as unknown as D1Database)).rejects.toThrow("1 of 1 databases failed");
  expect(lines).toMatchObject([{ level: "error", route: "daily", message: "gone" }]);
});
