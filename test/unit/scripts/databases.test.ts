/** More than one database on this machine: wrangler.toml's own lines for a second one, switched on. */
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { backup, restore } from "../../../scripts/lib/backup.ts";
import { databaseBindings, readTarget } from "../../../scripts/lib/databases.ts";
import { ROOT } from "../../../scripts/lib/paths.ts";
import { migrate } from "../../../scripts/lib/wrangler.ts";

vi.setConfig({ testTimeout: 120_000 });
let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "foyer-databases-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As somebody does it who adds a database. */
function withSecond(): string {
  const path = join(folder, "wrangler.toml");
  const text = readFileSync(join(ROOT, "wrangler.toml"), "utf8");
  const on = text.replace(
    /^# (?=\[\[d1_databases\]\]|(binding = "DB_1"|database_name|database_id|migrations_dir) ?)/gm,
    "",
  );
  // Wrangler takes the folder from where its configuration is.
  writeFileSync(path, on.replaceAll('"worker/', `"${join(ROOT, "worker")}/`));
  return path;
}

/** The files of the local databases. */
function files(state: string): string[] {
  const place = join(state, "v3", "d1", "miniflare-D1DatabaseObject");
  return readdirSync(place)
    .filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))
    .map((name) => join(place, name));
}

it("wrangler.toml binds one, and two with the lines in it that are there to be switched on", () => {
  expect(databaseBindings()).toEqual(["DB"]);
  expect(databaseBindings(withSecond())).toEqual(["DB", "DB_1"]);
});

it("each is made and migrated, and backed up by itself", async () => {
  const config = withSecond();
  await migrate(folder, undefined, config);
  const made = files(folder).sort((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs);
  expect(made).toHaveLength(2);
  for (const [number, file] of made.entries()) {
    const db = new DatabaseSync(file);
    db.prepare("INSERT INTO organization (uuid, name, created_at, updated_at) VALUES (?1, 'O', 1, 1)").run(
      `own ${number}`,
    );
    db.close();
  }
  const saved = join(folder, "second.sql");
  await backup({ state: folder, binding: "DB_1", config }, saved);
  expect(readFileSync(saved, "utf8")).toContain("'own 1'");
  expect(readFileSync(saved, "utf8")).not.toContain("'own 0'");
  // Its ids would be nobody's in the first.
  await expect(restore({ state: join(folder, "new"), config }, saved)).rejects.toThrow(
    "is of database number 1, and this is number 0: say --database 1.",
  );
});

it("a database that wrangler.toml does not have is no target, and whatever is misspelt is answered with the usage", () => {
  const target = (...args: string[]) => readTarget(args, "state", "usage");
  expect(target("a.sql")).toEqual({ file: "a.sql", where: { state: "state", binding: "DB" } });
  expect(target("a.sql", "--remote", "--database", "0").where).toEqual({ state: null, binding: "DB" });
  expect(() => target("a.sql", "--database", "1")).toThrow("wrangler.toml has no database number 1.");
  for (const args of [[], ["a", "b"], ["a", "--far"], ["a", "--database"]])
    expect(() => target(...args)).toThrow("usage");
});
