/** Every migration runs on a database full of the data of the one before, and loses none of it. */
import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { edge, lead, tenant } from "../../../support/edge.ts";
import { fillTables } from "../../../support/filled.ts";
import { count, dump, type Row, rows, tables } from "../../../support/rows.ts";

const MIGRATIONS = env.TEST_MIGRATIONS;

/** What was there, by the columns that it had. */
function sameColumns(before: Row[], after: Row[]): Row[] {
  const columns = Object.keys(before[0] ?? {});
  return after.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? null])));
}

describe("a migration", () => {
  it.each(MIGRATIONS.map(({ name }, index) => [name, index] as const))(
    "%s keeps every row there was",
    async (_name, index) => {
      await reset();
      const known: string[] = [];
      // Each step's tables are filled when they appear, so that all that follows runs on a full database.
      for (let step = 0; step < index; step += 1) {
        await applyD1Migrations(env.DB, MIGRATIONS.slice(0, step + 1));
        await fillTables((await tables()).filter((table) => !known.includes(table)));
        known.push(...(await tables()).filter((table) => !known.includes(table)));
      }
      const before = await dump();
      expect(Object.values(before).every((found) => found.length > 0)).toBe(true);
      await applyD1Migrations(env.DB, MIGRATIONS.slice(0, index + 1));
      const after = await dump();
      for (const [table, found] of Object.entries(before))
        expect(sameColumns(found, after[table] ?? [])).toEqual(found);
      expect(await rows("PRAGMA foreign_key_check")).toEqual([]);
    },
  );

  it("is not run twice", async () => {
    await fillTables();
    const before = await dump();
    await applyD1Migrations(env.DB, MIGRATIONS);
    expect(await dump()).toEqual(before);
  });

  it("leaves a database in which a visitor's form becomes a lead", async () => {
    await fillTables();
    const at = edge();
    await lead(at, (await tenant(at)).formId);
    expect(await count("lead")).toBe(2);
  });
});
