import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, wrong } from "../../support/asking.ts";
import { admin, type Edge, edge, tenant } from "../../support/edge.ts";
import { rows } from "../../support/rows.ts";
import { asAdmin } from "../../support/spam.ts";

let at: Edge;
beforeEach(() => {
  at = edge();
});

const root = (method: string, path: string, body?: unknown) =>
  at.send(method, `/admin/v1${path}`, { token: at.env.FOYER_ROOT_TOKEN as string, body });

describe("an organization", () => {
  const id = "0197a1b2-0000-7000-8000-00000000000a";

  it("is made with an id of the caller's and sensible settings, and found again", async () => {
    const made = await root("POST", "/organizations", { id: id.toUpperCase(), name: " Acme " });
    expect(made.status).toBe(201);
    const body = await made.json<Record<string, unknown>>();
    expect(body).toEqual({
      id,
      account_id: expect.any(Number),
      name: "Acme",
      subscription_until: null,
      subscription: "lapsed",
      time_zone: "UTC",
      retention_days: null,
      ip_policy: "full",
      chat_hours: null,
      created_at: "2026-03-02T10:00:00.000Z",
    });
    expect(await (await root("GET", `/organizations/${id}`)).json()).toEqual(body);
  });

  it("starts with a pipeline of every stage", async () => {
    await root("POST", "/organizations", { name: "Acme" });
    const statuses = await rows<{ key: string; role: string }>("SELECT key, role FROM status ORDER BY sort");
    expect(statuses.map(({ key }) => key)).toEqual([
      "incoming",
      "prospect",
      "tentative",
      "potential",
      "contact",
      "customer",
      "closed",
    ]);
    expect(statuses.filter(({ role }) => role !== "between").map(({ role }) => role)).toEqual([
      "incoming",
      "first",
      "closed",
    ]);
  });

  it("of a taken id is 409, and the first one stays as it was", async () => {
    await root("POST", "/organizations", { id, name: "First" });
    await expectProblem(await root("POST", "/organizations", { id, name: "Second" }), 409, "conflict");
    expect(await rows("SELECT name FROM organization")).toEqual([{ name: "First" }]);
  });

  const INVALID: [what: string, body: object, wrong: string[]][] = [
    ["no name", {}, ["name invalid_type"]],
    ["an empty name", { name: " " }, ["name too_small"]],
    ["an id that is no UUID", { id: "1", name: "A" }, ["id invalid_format"]],
    [
      "a time without a zone",
      { name: "A", subscription_until: "2026-01-01T00:00:00" },
      ["subscription_until invalid_format"],
    ],
    ["a time zone that is none", { name: "A", time_zone: "Mars/Base" }, ["time_zone custom"]],
    ["an abbreviation of several time zones", { name: "A", time_zone: "BST" }, ["time_zone custom"]],
    ["no days of retention", { name: "A", retention_days: 0 }, ["retention_days too_small"]],
    ["a policy that is none", { name: "A", ip_policy: "half" }, ["ip_policy invalid_value"]],
    [
      "hours that overlap",
      {
        name: "A",
        chat_hours: {
          days: {
            mon: [
              ["09:00", "12:00"],
              ["11:00", "13:00"],
            ],
          },
        },
      },
      ["chat_hours.days.mon custom"],
    ],
    ["keys that are none", { name: "A", account_id: 1, x: 1 }, ["account_id unrecognized_keys", "x unrecognized_keys"]],
  ];
  it.each(INVALID)("is refused with %s", async (_what, body, expected) => {
    const problem = await expectProblem(await root("POST", "/organizations", body), 422, "invalid-fields");
    expect(wrong(problem)).toEqual(expected);
    expect(await rows("SELECT 1 FROM organization")).toEqual([]);
  });

  it("changes just what is given", async () => {
    const to = await tenant(at);
    const patch = { time_zone: "Europe/Helsinki", retention_days: 30, ip_policy: "none" };
    const before = await admin<object>(at, "GET", `/organizations/${to.id}`);
    const changed = await root("PATCH", `/organizations/${to.id}`, patch);
    expect(await changed.json()).toEqual({ ...before, ...patch });
    expect(await admin(at, "PATCH", `/organizations/${to.id}`, { retention_days: null })).toMatchObject({
      retention_days: null,
    });
  });

  it("keeps the hours of its chats, until they are taken back", async () => {
    const hours = { days: { mon: [["09:00", "17:00"]] }, closed_days: ["2026-12-25"], away_text: "Back soon." };
    const { id } = await admin<{ id: string }>(at, "POST", "/organizations", { name: "Acme", chat_hours: hours });
    expect(await admin(at, "PATCH", `/organizations/${id}`, { name: "Acne" })).toMatchObject({ chat_hours: hours });
    expect(await admin(at, "GET", `/organizations/${id}`)).toMatchObject({ name: "Acne", chat_hours: hours });
    expect(await admin(at, "PATCH", `/organizations/${id}`, { chat_hours: null })).toMatchObject({ chat_hours: null });
    expect(await rows("SELECT chat_hours FROM organization")).toEqual([{ chat_hours: null }]);
  });

  it("does not extend its own subscription, and is not made or listed by tenants", async () => {
    const to = await tenant(at);
    const body = { subscription_until: "2099-01-01T00:00:00Z" };
    await expectProblem(await asAdmin(at, to, "PATCH", "", body), 403, "forbidden");
    await expectProblem(await asAdmin(at, to, "PATCH", "", { ...body, name: "X" }), 403, "forbidden");
    expect((await asAdmin(at, to, "PATCH", "", { name: "Renamed" })).status).toBe(200);
    for (const [method, sent] of [["GET"], ["POST", { name: "Mine" }]] as [string, object?][]) {
      const answer = await at.send(method, "/admin/v1/organizations", { token: to.admin.token, body: sent });
      await expectProblem(answer, 403, "forbidden");
    }
    expect(await rows("SELECT name FROM organization")).toEqual([{ name: "Renamed" }]);
  });

  it("loses and gains its reading doors with the subscription, at once", async () => {
    const to = await tenant(at);
    const read = async () => (await at.send("GET", `/api/v5/orgs/${to.id}/leads`, { token: to.agent.token })).status;
    expect(await read()).toBe(200);
    await admin(at, "PATCH", `/organizations/${to.id}`, { subscription_until: null });
    expect(await read()).toBe(403);
    await admin(at, "PATCH", `/organizations/${to.id}`, { subscription_until: "2027-01-01T00:00:00+02:00" });
    expect(await read()).toBe(200);
  });
});
