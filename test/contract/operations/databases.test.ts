/** Several databases at work: what is not there is unknown, each is cleared, and one that fails takes no other along. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { runHourly } from "../../../worker/hourly.ts";
import { opens, PASSWORD, setUser, signedIn } from "../../contract/crm/login.ts";
import { withKey } from "../../contract/crm/v1.ts";
import { connect, doors, program, redeem, SHUT } from "../../contract/oauth/client.ts";
import { orgLeads } from "../../support/asking.ts";
import { newToken } from "../../support/chat-visitor.ts";
import { capture, type Edge, edge, lead, type Tenant } from "../../support/edge.ts";
import { asRoot, inDatabase, twoDatabases } from "../../support/shards.ts";
import { asAdmin } from "../../support/spam.ts";

let at: Edge;
let zero: Tenant;
let one: Tenant;
beforeEach(async () => {
  ({ at, zero, one } = await twoDatabases());
});

const root = (method: string, path: string, body?: unknown) => asRoot(at, method, path, body);
const atHour = (hour: number) =>
  runHourly({ now: () => at.clock.now, newId: () => crypto.randomUUID() }, at.env, Date.UTC(2026, 10, 22, hour, 17));
const person = (name: string) => ({ data: { name, email: "same@person.test", message: `I am ${name}.` } });

describe("a number that is not configured", () => {
  it("names nothing that there is", async () => {
    const v5 = (start: string) =>
      at.send("GET", `/api/v5/orgs/${one.id}/leads`, { token: one.admin.token.replace("foyer_1_", start) });
    expect((await v5("foyer_2_")).status).toBe(401);
    expect((await v5("foyer_9999_")).status).toBe(401);
    expect((await capture(at, inDatabase(one.formId, 2))).status).toBe(404);
    expect((await capture(at, inDatabase(one.formId, 0))).status).toBe(404);
    const said = await at.send("POST", `/v1/forms/${inDatabase(one.formId, 2)}/chat`, {
      headers: { "content-type": "text/plain" },
      body: JSON.stringify({ token: newToken(), hello: { since: 0 }, frames: [] }),
    });
    expect(said.status).toBe(404);
    expect((await root("GET", `/organizations/${inDatabase(one.id, 2)}`)).status).toBe(404);
    expect((await root("GET", `/organizations/${inDatabase(one.id, 0)}`)).status).toBe(404);
    for (const number of [2, 1, 0]) {
      const by = { id: inDatabase(crypto.randomUUID(), number), secret: "x" };
      expect((await redeem(at, by, "foyer_code_x_x")).status, String(number)).toBe(400);
      expect((await at.send("GET", `/oauth2/authorize?client_id=${by.id}&response_type=code`)).status).toBe(400);
    }
  });

  it("is what a database is that is bound no longer: whatever was given out for it opens nothing", async () => {
    const of = await withKey(at, one);
    await setUser(at, of, of.admin, { password: PASSWORD });
    const [tokens, granted] = [await signedIn(at, of, of.admin), await connect(at, of, await program(at, of))];
    const alone = edge();
    // What this isolate believes for a minute is over.
    alone.clock.now += 61_000;
    expect(await opens(alone, of, tokens.access)).toBe(false);
    expect(await doors(alone, of, granted.access_token)).toEqual(SHUT);
    const [own, root] = [{ token: of.admin.token }, { token: at.env.FOYER_ROOT_TOKEN as string }];
    const path = `/admin/v1/organizations/${of.id}`;
    expect([(await alone.send("GET", path, own)).status, (await alone.send("GET", path, root)).status]).toEqual([
      401, 404,
    ]);
    expect((await capture(alone, of.formId)).status).toBe(404);
    expect((await alone.send("GET", `/api/v5/orgs/${zero.id}/leads`, { token: zero.admin.token })).status).toBe(200);
  });
});

it("a person is erased where they are asked to be, and each database is cleared in its own hour", async () => {
  const [ann, bob] = [await lead(at, zero.formId, person("Ann")), await lead(at, one.formId, person("Bob"))];
  const erased = await asAdmin(at, one, "POST", "/purge", { email: "same@person.test" });
  expect(await erased.json()).toEqual({ purged: 1 });
  const purged = async (of: Tenant) =>
    (await orgLeads(at, of)).map((each) => [each.id, each.sensitive_data_purged_at !== null]);
  expect([await purged(zero), await purged(one)]).toEqual([[[ann, false]], [[bob, true]]]);
  const cyd = await lead(at, one.formId, { data: { name: "Cyd", email: "cyd@person.test" } });
  for (const of of [zero, one]) await root("PATCH", `/organizations/${of.id}`, { retention_days: 1 });
  at.clock.now += 9 * 86_400_000;
  const keys = () =>
    Promise.all(
      [at.env.DB, at.env.DB_1 as D1Database].map((db) => db.prepare("SELECT count(*) AS n FROM idempotency").first()),
    );
  await atHour(3);
  expect(await keys()).toEqual([{ n: 0 }, { n: 2 }]);
  await atHour(4);
  expect(await keys()).toEqual([{ n: 0 }, { n: 0 }]);
  expect([await purged(zero), new Map((await purged(one)) as [string, boolean][])]).toEqual([
    [[ann, true]],
    new Map([
      [cyd, true],
      [bob, true],
    ]),
  ]);
});

it.each([
  ["DB", 0],
  ["DB_1", 1],
] as const)("where %s fails the other goes on, and it is named", async (name, number) => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  for (const door of ["prepare", "withSession"] as const) {
    vi.spyOn(at.env[name] as D1Database, door).mockImplementation(() => {
      throw new Error("D1 is on fire");
    });
  }
  const [well, ill] = number === 0 ? [one, zero] : [zero, one];
  const statuses = async (of: Tenant) => [
    (await capture(at, of.formId)).status,
    (await at.send("GET", `/api/v5/orgs/${of.id}/leads`, { token: of.agent.token })).status,
    (await root("GET", `/organizations/${of.id}`)).status,
  ];
  expect(await statuses(well)).toEqual([201, 200, 200]);
  for (const status of await statuses(ill)) expect([500, 503]).toContain(status);
  const health = await at.send("GET", "/healthz");
  const states = [0, 1].map((each) => ({ number: each, status: each === number ? "failing" : "ok" }));
  expect([health.status, (await health.json<{ databases: object[] }>()).databases]).toEqual([503, states]);
  await expect(atHour(3)).rejects.toThrow("1 of 2 databases failed");
  vi.restoreAllMocks();
});
