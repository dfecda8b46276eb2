/** The drill: a server with data is backed up while it runs, its backup restored elsewhere, and nobody can tell them apart. */
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backup, restore } from "../../../scripts/lib/backup.ts";
import { serve } from "../../../scripts/lib/edge.ts";
import { freePort } from "../../../scripts/lib/port.ts";
import { secretsFile } from "../../../scripts/lib/secrets.ts";
import { npmRun } from "../../support/command.ts";
import { newFormId, type Server, startServer } from "../../support/server.ts";

vi.setConfig({ testTimeout: 120_000 });
/** Quotes, both line ends, what looks like them, a null's neighbour, and letters beyond the plane. */
const HARD = "It's \"C:\\new\\road\"\nsecond\r\nthird; -- no comment\t\u{1F600} \\r \\n';DROP TABLE lead;";

let old: Server;
let folder: string;
const ends: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  old = await startServer();
  folder = realpathSync(mkdtempSync(join(tmpdir(), "foyer-drill-")));
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await old.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Scene {
  organization: string;
  form: string;
  token: string;
  submission: Record<string, unknown>;
}

async function fill(): Promise<Scene> {
  const call = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${old.rootToken}`, "content-type": "application/json" };
    const answer = await fetch(`${old.url}/admin/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<{ id: string; secret: string }>;
  };
  const { id: organization } = await call("/organizations", {
    name: HARD.slice(0, 60),
    subscription_until: "2099-12-31T00:00:00Z",
  });
  const path = `/organizations/${organization}`;
  const user = await call(`${path}/users`, { username: "ada", role: "admin", password: "correct horse" });
  const { secret: token } = await call(`${path}/credentials`, { kind: "user_token", user_id: user.id });
  const fields = [
    { name: "email", type: "email", label: "E-mail", maps_to: "email" },
    { name: "message", type: "textarea", label: "Message", maps_to: "message" },
  ];
  const form = newFormId();
  await call(`${path}/forms`, { id: form, name: "Contact", fields, allowed_origins: ["*"], allow_null_origin: true });
  await call(`${path}/customers`, { name: "Archer & Sons" });
  const submission = { submission_id: crypto.randomUUID(), data: { email: "ada@example.org", message: HARD } };
  for (const body of [
    submission,
    { submission_id: crypto.randomUUID(), data: { email: "bob@example.org", message: "Hi" } },
  ]) {
    expect((await capture(old.url, form, body)).status).toBe(201);
  }
  return { organization, form, token, submission };
}

const capture = (url: string, form: string, body: object) =>
  fetch(`${url}/v1/forms/${form}/leads`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** Every table with its rows, in the order of all of their columns, and everything of the schema. */
function contentOf(state: string): { schema: unknown[]; tables: Record<string, unknown[]> } {
  const databases = join(state, "v3", "d1", "miniflare-D1DatabaseObject");
  const name = readdirSync(databases).find((one) => /^[0-9a-f]{64}\.sqlite$/.test(one)) as string;
  const db = new DatabaseSync(join(databases, name), { readOnly: true });
  const own = "name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_autoindex*'";
  const schema = db.prepare(`SELECT type, name, tbl_name FROM sqlite_schema WHERE ${own} ORDER BY 1, 2`).all();
  const names = schema.filter(({ type }) => type === "table").map(({ name }) => String(name));
  const rowsOf = (table: string) =>
    db
      .prepare(`SELECT * FROM "${table}"`)
      .all()
      .map((row) => JSON.stringify(row))
      .sort();
  const tables = Object.fromEntries(names.map((table) => [table, rowsOf(table)]));
  db.close();
  return { schema, tables };
}

test("a backup of a running server, restored into an empty one: every row, index and trigger, and it answers", async () => {
  const { organization, form, token, submission } = await fill();
  const file = join(folder, "backup.sql");
  await backup({ state: old.state }, file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const state = join(folder, "state");
  await restore({ state }, file);
  const [before, after] = [contentOf(old.state), contentOf(state)];
  expect(after).toEqual(before);
  expect(JSON.parse(String(before.tables.lead?.find((row) => String(row).includes("DROP")))).message).toBe(HARD);
  expect(Object.keys(before.tables).length).toBeGreaterThan(25);

  copyFileSync(secretsFile(old.state), secretsFile(state));
  const edge = serve({ port: await freePort(), state, envFile: secretsFile(state) });
  ends.push(() => edge.stop());
  await edge.ready();
  const leads = async (url: string) => {
    const headers = { authorization: `Token ${token}` };
    return (await (await fetch(`${url}/api/v5/orgs/${organization}/leads`, { headers })).text()).replaceAll(url, "");
  };
  expect(await leads(edge.url)).toBe(await leads(old.url));
  // Keys, claims and numbers go on where they stood.
  const again = await capture(edge.url, form, submission);
  expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
  expect((await capture(edge.url, form, { ...submission, submission_id: crypto.randomUUID() })).status).toBe(201);
  const other = { submission_id: crypto.randomUUID(), data: { email: "new@example.org", message: "New" } };
  expect((await capture(edge.url, form, other)).status).toBe(201);
  expect(contentOf(state).tables.lead).toHaveLength(3);
});

test("neither overwrites anything: not a file, not a database", async () => {
  const file = join(folder, "backup.sql");
  writeFileSync(file, "mine");
  await expect(backup({ state: old.state }, file)).rejects.toThrow("exists");
  expect(readFileSync(file, "utf8")).toBe("mine");
  const before = contentOf(old.state);
  await expect(restore({ state: old.state }, file)).rejects.toThrow("not empty");
  expect(contentOf(old.state)).toEqual(before);
  await expect(restore({ state: join(folder, "new") }, join(folder, "none.sql"))).rejects.toThrow("There is no");
});

test("the commands do it, and say what they want", async () => {
  const file = join(folder, "backup.sql");
  const saved = npmRun(["backup", "--", file], { FOYER_STATE: old.state });
  expect([(await saved.ended).code, saved.stderr()]).toEqual([0, ""]);
  const restored = npmRun(["restore", "--", file], { FOYER_STATE: join(folder, "state") });
  expect([(await restored.ended).code, restored.stderr()]).toEqual([0, ""]);
  expect(contentOf(join(folder, "state"))).toEqual(contentOf(old.state));
  const wrong = npmRun(["backup"], { FOYER_STATE: old.state });
  const usage = "Say where: npm run backup -- FILE [--database NUMBER] [--remote]\n";
  expect([(await wrong.ended).code, wrong.stderr()]).toEqual([1, usage]);
});
