/** Standing appointments of one user, and of one lead, never overlap: the database itself refuses it. */
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { brokenRule } from "../../worker/store/d1.ts";
import { MEETINGS, MEETINGS_RECOUNT } from "../support/recounts.ts";
import { count, rows, sorted } from "../support/rows.ts";

interface Appointment {
  id: number;
  lead: number;
  user: number;
  from: number;
  to: number;
  status: string;
}

beforeEach(async () => {
  const n = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)";
  await env.DB.batch([
    env.DB.prepare("INSERT INTO organization (id, uuid, name, created_at, updated_at) VALUES (1, 'o', 'O', 1, 1)"),
    env.DB.prepare(`${n} INSERT INTO user (id, organization_id, uuid, username, role, created_at, updated_at)
      SELECT i, 1, i, i, 'agent', 1, 1 FROM n`),
    env.DB.prepare(`${n} INSERT INTO lead (id, organization_id, uuid, slug, state, change_id, contact_id, pipeline_id,
      status_id, category, received_at, updated_at) SELECT i, 1, i, i, 'pending', '', i, 1, 2, 'forms', 1, 1 FROM n`),
  ]);
});

const insert = (a: Appointment) =>
  env.DB.prepare(`INSERT INTO appointment (id, organization_id, lead_id, user_id, starts_at, ends_at, status, created_at,
    updated_at) VALUES (?, 1, ?, ?, ?, ?, ?, 1, 1)`).bind(a.id, a.lead, a.user, a.from, a.to, a.status);
const update = (a: Appointment) =>
  env.DB.prepare(
    "UPDATE appointment SET lead_id = ?, user_id = ?, starts_at = ?, ends_at = ?, status = ? WHERE id = ?",
  ).bind(...[a.lead, a.user, a.from, a.to, a.status, a.id]);

/** @returns whether the database took it. @throws for any other reason than an overlap. */
async function takes(statement: D1PreparedStatement): Promise<boolean> {
  try {
    await statement.run();
    return true;
  } catch (error) {
    if (brokenRule(error) !== "overlap") throw error;
    return false;
  }
}

const clash = (a: Appointment, b: Appointment): boolean =>
  a.id !== b.id &&
  (a.user === b.user || a.lead === b.lead) &&
  a.status !== "cancelled" &&
  b.status !== "cancelled" &&
  a.from < b.to &&
  b.from < a.to;

const small = fc.record({
  lead: fc.integer({ min: 1, max: 3 }),
  user: fc.integer({ min: 1, max: 3 }),
  from: fc.integer({ min: 0, max: 40 }),
  length: fc.integer({ min: 1, max: 9 }),
  status: fc.constantFrom("pending", "pending", "confirmed", "fullfilled", "rescheduled", "cancelled"),
  target: fc.integer({ min: 0, max: 30 }),
});

describe("overlapping appointments", () => {
  it("are refused just where brute force says so, in some hundred random changes", async () => {
    let changes = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(small, { minLength: 40, maxLength: 60 }), async (steps) => {
        await env.DB.prepare("DELETE FROM appointment").run();
        const standing: Appointment[] = [];
        for (const { from, length, target, ...rest } of steps) {
          const known = standing[target];
          const wanted: Appointment = { ...rest, id: known?.id ?? standing.length + 1, from, to: from + length };
          const isLegal = !standing.some((other) => clash(wanted, other));
          expect([wanted, await takes(known ? update(wanted) : insert(wanted))]).toEqual([wanted, isLegal]);
          if (isLegal) standing[known ? target : standing.length] = wanted;
          expect(await sorted(MEETINGS)).toEqual(await sorted(MEETINGS_RECOUNT));
          changes += 1;
        }
      }),
      { numRuns: 10 },
    );
    expect(changes).toBeGreaterThanOrEqual(400);
  });

  it("of 40 equal ones at once make one, for one user and for one lead", async () => {
    const at = { from: 10, to: 20, status: "pending" };
    const ids = Array.from({ length: 40 }, (_, index) => index + 1);
    await Promise.all(ids.map((id) => takes(insert({ ...at, id, user: 1, lead: id }))));
    expect(await count("appointment")).toBe(1);
    await Promise.all(ids.map((id) => takes(insert({ ...at, id: id + 100, from: 30, to: 40, user: id, lead: 1 }))));
    expect(await count("appointment")).toBe(2);
  });

  it("may touch, and may lie in what was cancelled; to stand again it must be free", async () => {
    const first = { id: 1, lead: 1, user: 1, from: 10, to: 20, status: "cancelled" };
    expect(await takes(insert(first))).toBe(true);
    for (const [id, from] of [
      [2, 10],
      [3, 20],
      [4, 0],
    ] as const) {
      expect(await takes(insert({ ...first, id, from, to: from + 10, status: "pending" }))).toBe(true);
    }
    expect(await takes(update({ ...first, status: "confirmed" }))).toBe(false);
    expect(await takes(update({ ...first, status: "confirmed", from: 30, to: 31 }))).toBe(true);
  });

  it("of another organization are nobody's business, and an end before the start is refused", async () => {
    const one = { id: 1, lead: 1, user: 1, from: 10, to: 20, status: "pending" };
    await insert(one).run();
    await env.DB.prepare(
      `INSERT INTO organization (id, uuid, name, created_at, updated_at) VALUES (2, 'p', 'P', 1, 1)`,
    ).run();
    await env.DB.prepare(`INSERT INTO appointment SELECT 9, 2, lead_id, user_id, starts_at, ends_at, status, note, 1, 1
      FROM appointment`).run();
    expect(await rows("SELECT id FROM appointment ORDER BY id")).toHaveLength(2);
    await expect(insert({ ...one, id: 5, from: 30, to: 30 }).run()).rejects.toThrow(
      "CHECK constraint failed: ends_at > starts_at",
    );
  });
});
