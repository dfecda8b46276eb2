/** One line a request, by which a complaint can be looked up, and in which nobody can be recognised. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { logError } from "../../../worker/api/http/log.ts";
import { createApp } from "../../../worker/index.ts";
import { capture, type Edge, edge, lead, type Tenant, tenant } from "../../support/edge.ts";

type Line = Record<string, unknown>;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
let at: Edge;
let to: Tenant;
let lines: string[] = [];
const parsed = () => lines.map((line) => JSON.parse(line) as Line);

beforeEach(async () => {
  at = edge({ FOYER_LOG: "all" });
  to = await tenant(edge());
  lines = [];
  for (const level of ["info", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((text: string) => void lines.push(text));
  }
});
afterEach(() => vi.restoreAllMocks());

it("tells of a request by its route, and the answer carries the same id", async () => {
  const uuid = await lead(edge(), to.formId);
  const answer = await at.send("GET", `/api/v5/orgs/${to.id}/leads/${uuid}?x=secret`, { token: to.agent.token });
  expect(parsed()).toEqual([
    {
      level: "info",
      request_id: answer.headers.get("x-request-id"),
      method: "GET",
      route: "/api/v5/orgs/:organization/leads/:lead",
      dialect: "org-user",
      status: 200,
      ms: expect.any(Number),
      ...{ d1_round_trips: at.usage.roundTrips, d1_rows_read: at.usage.rowsRead, d1_rows_written: 0 },
      organization: to.accountId,
    },
  ]);
  expect(answer.headers.get("x-request-id")).toMatch(UUID);
  expect(at.usage.roundTrips).toBeGreaterThan(0);
});

it.each([
  ["org-user", "GET", () => `/api/v5/orgs/${to.id}/leads`, 401],
  ["unsorted", "GET", () => "/api/v4/account", 401],
  ["crm", "GET", () => "/api/v1/leads/list/", 401],
  ["lead-summary", "GET", () => "/leads/summary/1", 401],
  ["get-leads", "GET", () => "/api/v1/get-leads", 401],
  ["oauth", "POST", () => "/oauth2/access_token", 400],
  ["capture", "GET", () => `/v1/forms/${to.formId}`, 200],
  ["admin", "GET", () => `/admin/v1/organizations/${to.id}`, 401],
  ["operators", "GET", () => "/admin/v1/rooms", 401],
  ["demo", "GET", () => "/demo", 404],
])("names the dialect %s, also where nobody was let in", async (dialect, method, path, status) => {
  await at.send(method, path());
  expect(parsed()).toMatchObject([{ dialect, status, level: "info" }]);
  expect(lines.join()).not.toContain(to.id);
  expect((parsed()[0] as { route: string }).route).not.toContain("*");
});

it("writes nothing that a visitor sent, and no credential", async () => {
  const secrets = [
    "Grace Hopper",
    "grace@example.org",
    "192.0.2.77",
    "lovely-page",
    "Mozilla/5.0 (Odd)",
    "visitor-of-old",
  ];
  const [name, email, address, page, browser, visitor_id] = secrets as [string, string, string, string, string, string];
  const body = { data: { name, email, message: "Hello!" }, visitor_id, page: { url: `https://x.test/${page}` } };
  await capture(at, to.formId, body, { "cf-connecting-ip": address, "user-agent": browser });
  await capture(at, to.formId, { data: { email: "no address: Grace Hopper" } });
  await at.send("GET", `/api/v4/leads?query=${encodeURIComponent(email)}`, { token: to.agent.token });
  await at.send("POST", "/oauth2/access_token", { body: "{ Grace Hopper" });
  await at.send("GET", `/nowhere/${page}`);
  expect(lines.length).toBe(5);
  for (const secret of [...secrets, to.agent.token, "Hello!", to.formId])
    expect(lines.join("\n")).not.toContain(secret);
});

it("counts what the database was asked, of a refused batch too, and apart for requests at the same moment", async () => {
  const same = { data: { email: "a@b.example" }, visitor_id: "v" };
  at.resetUsage();
  await Promise.all([capture(at, to.formId, same), at.send("GET", "/healthz"), at.send("GET", "/demo")]);
  await capture(at, to.formId, same);
  const trips = parsed().map(({ dialect, d1_round_trips: count }) => [dialect, count]);
  expect(trips).toEqual(
    expect.arrayContaining([
      ["demo", 0],
      [undefined, 1],
    ]),
  );
  const sum = (name: string) => parsed().reduce((all, line) => all + Number(line[name]), 0);
  expect([sum("d1_round_trips"), sum("d1_rows_read"), sum("d1_rows_written")]).toEqual([
    at.usage.roundTrips,
    at.usage.rowsRead,
    at.usage.rowsWritten,
  ]);
  expect(sum("d1_rows_written")).toBeGreaterThan(10);
});

it("takes no id over from the caller: two answers never share one", async () => {
  const id = crypto.randomUUID();
  const ask = async () =>
    (await at.send("GET", "/healthz", { headers: { "x-request-id": id } })).headers.get("x-request-id");
  const ids = [await ask(), await ask(), id];
  expect(new Set(ids).size).toBe(3);
});

it("pages of other origins may read the id of what they sent", async () => {
  const answer = await capture(at, to.formId, {}, { origin: "https://shop.test" });
  expect(answer.headers.get("access-control-expose-headers")).toContain("X-Request-Id");
});

it("an exception and the request that it ended are found under one id, and the answer says no more", async () => {
  const act = () => Promise.reject(new Error("out of order"));
  const source = { prepare: () => ({ bind: () => ({ all: act }) }) };
  const broken = { withSession: () => source } as unknown as D1Database;
  const app = createApp({ now: () => at.clock.now, newId: () => crypto.randomUUID() });
  const url = "https://foyer.test/v1/forms/00000000-0000-8000-8000-000000000000";
  const failed = await app.fetch(new Request(url), { ...at.env, FOYER_LOG: "errors", DB: broken });
  expect([failed.status, await failed.text()]).toEqual([500, expect.not.stringContaining("order")]);
  const id = failed.headers.get("x-request-id");
  expect(parsed()).toMatchObject([
    { level: "error", request_id: id, name: "Error", message: "out of order", route: expect.any(String) },
    { level: "error", request_id: id, status: 500, dialect: "capture" },
  ]);
});

it("a deployment that asks for errors alone is told nothing else", async () => {
  await edge({ FOYER_LOG: "errors" }).send("GET", "/healthz");
  expect(lines).toEqual([]);
  const { FOYER_LOG: _, ...silent } = env;
  await edge({ ...silent, FOYER_LOG: undefined }).send("GET", "/healthz");
  expect(lines.length).toBe(1);
});

it("a parser's words, which quote what it could not read, are left out", () => {
  try {
    JSON.parse("Grace Hopper");
  } catch (error) {
    logError(error, { method: "GET", route: "/" });
  }
  expect(parsed()).toMatchObject([{ level: "error", name: "SyntaxError", message: "" }]);
  expect(lines.join()).not.toContain("Grace");
});
