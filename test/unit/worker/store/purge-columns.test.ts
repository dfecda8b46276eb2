/** Every column is declared purged or kept, and a purge does just that. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { purgeLeads } from "../../../../worker/store/purge.ts";
import { columnsOf, fillTables, LEAD_UUID, mark } from "../../../support/filled.ts";
import { dump, rows, tables } from "../../../support/rows.ts";
import { declaredColumns } from "../../../support/schema-document.ts";

const purge = () => {
  const change = { changeId: "change", actor: { kind: "system", id: null }, now: 99 };
  return env.DB.batch(purgeLeads(env.DB, { organizationId: 1, leadUuids: [LEAD_UUID], ...change }));
};
/** What a purge writes itself. */
const ITS_OWN = ["lead.change_id", "lead.version", "lead.updated_at", "lead.purged_at", "room.status"];

describe("SCHEMA.md", () => {
  it("names every table and column that there is, and none that is not", async () => {
    const declared = declaredColumns();
    expect([...declared.keys()].sort()).toEqual(await tables());
    for (const table of await tables()) {
      const columns = (await columnsOf(table)).map(({ name }) => name);
      expect([table, ...[...(declared.get(table)?.keys() ?? [])].sort()]).toEqual([table, ...columns.sort()]);
    }
  });

  it("says purged or kept of each column, and nothing else", () => {
    const fates = [...declaredColumns().values()].flatMap((columns) => [...columns.values()]);
    expect([...new Set(fates)].sort()).toEqual(["kept", "purged"]);
  });
});

describe("a purge", () => {
  beforeEach(() => fillTables());

  it("finds a mark in every column that is declared purged", async () => {
    const before = await dump();
    for (const [table, columns] of declaredColumns()) {
      for (const [column, fate] of columns) {
        if (fate !== "purged" || table === "claim") continue;
        const found = before[table]?.map((row) => row[column]).join();
        expect([table, column, found?.includes(mark(table, column))]).toEqual([table, column, true]);
      }
    }
  });

  it("leaves no mark in a column that is declared purged, anywhere in the database", async () => {
    await purge();
    const declared = declaredColumns();
    for (const [table, found] of Object.entries(await dump())) {
      for (const [column, value] of found.flatMap((row) => Object.entries(row))) {
        const isMarked = String(value).includes("mark-");
        expect([table, column, isMarked && declared.get(table)?.get(column)]).not.toEqual([table, column, "purged"]);
      }
    }
    const whole = JSON.stringify(await dump());
    for (const [table, columns] of declared) {
      for (const [column, fate] of columns) {
        if (fate === "purged") expect(whole).not.toContain(`${mark(table, column)}"`);
      }
    }
    expect(whole).not.toContain("mark-ip");
  });

  it("leaves every column that is declared kept as it was, except what it writes itself", async () => {
    const before = await dump();
    await purge();
    const after = await dump();
    for (const [table, columns] of declaredColumns()) {
      if (table === "claim" || table === "lead_event") continue;
      for (const [column, fate] of columns) {
        if (fate === "purged" || ITS_OWN.includes(`${table}.${column}`)) continue;
        const values = (of: typeof before) => [table, column, ...(of[table] ?? []).map((row) => row[column])];
        expect(values(after)).toEqual(values(before));
      }
    }
  });

  it("ends the claims, empties the earlier events and adds its own", async () => {
    await purge();
    expect(await rows("SELECT 1 FROM claim")).toEqual([]);
    const events = await rows("SELECT version, payload, kind, actor_kind, at FROM lead_event ORDER BY version");
    expect(events.map(({ payload }) => payload)).toEqual([null, null]);
    expect(events[1]).toMatchObject({ version: 2, kind: "purge", actor_kind: "system", at: 99 });
  });

  it("keeps the times of how a lead came in, and its category", async () => {
    await purge();
    expect(await rows("SELECT metadata, category FROM incoming_lead")).toEqual([
      { metadata: '{"form_name":null,"form_sent_at":1234,"ip":null}', category: "forms" },
    ]);
  });

  it("of one lead touches no other, of whatever organization", async () => {
    const others = [
      "SELECT * FROM contact WHERE id > 1",
      "SELECT * FROM lead WHERE id > 1",
      "SELECT * FROM note WHERE lead_id > 1",
    ];
    await copyLead();
    const before = await Promise.all(others.map((sql) => rows(sql)));
    await purge();
    expect(await Promise.all(others.map((sql) => rows(sql)))).toEqual(before);
    expect(before.map(({ length }) => length)).toEqual([2, 2, 2]);
  });
});

/** The filled lead twice more: of the same organization, and, with the same uuid, of another. */
async function copyLead(): Promise<void> {
  const copy = async (table: string, changed: Record<string, string>) => {
    const names = (await columnsOf(table)).map(({ name }) => name);
    const values = names.map((name) => changed[name] ?? `"${name}"`);
    return env.DB.prepare(`INSERT INTO ${table} (${names.join()}) SELECT ${values.join()} FROM ${table} WHERE
      ${table === "note" ? "lead_id" : "id"} = 1`);
  };
  await env.DB.prepare(
    "INSERT INTO organization (id, uuid, name, created_at, updated_at) VALUES (2, 'o', 'o', 1, 1)",
  ).run();
  const one = { id: "2", uuid: "'u2'", slug: "'s2'", contact_id: "2", lead_id: "2" };
  const two = { id: "3", slug: "'s3'", contact_id: "3", lead_id: "3", organization_id: "2" };
  for (const changed of [one, two]) {
    for (const table of ["lead", "contact"]) await (await copy(table, changed)).run();
    await (await copy("note", { ...changed, id: "NULL" })).run();
  }
}
