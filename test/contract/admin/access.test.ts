import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem } from "../../support/asking.ts";
import { admin, type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";

let at: Edge;
let to: Tenant;
let other: Tenant;
let sourceId: number;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  other = await tenant(at);
  const path = `/organizations/${to.id}/sources`;
  sourceId = (await admin<{ results: { id: number }[] }>(at, "GET", path)).results[0]?.id as number;
});

const root = () => at.env.FOYER_ROOT_TOKEN as string;
const uuid = () => crypto.randomUUID();

/** Every route below an organization, with a body that would do. */
const routes = (): [method: string, path: string, body?: object][] => [
  ["GET", ""],
  ["PATCH", "", { name: "New" }],
  ["GET", "/users"],
  ["POST", "/users", { username: "new", role: "agent" }],
  ["PATCH", `/users/${to.agent.id}`, { first_name: "New" }],
  ["GET", "/credentials"],
  ["POST", "/credentials", { kind: "api_key" }],
  ["DELETE", "/credentials/0123456789abcdef"],
  ["GET", "/forms"],
  ["POST", "/forms", { name: "F", fields: [{ name: "a", type: "text", label: "A" }] }],
  ["GET", `/forms/${to.formId}`],
  ["PATCH", `/forms/${to.formId}`, { name: "New" }],
  ["GET", "/sources"],
  ["POST", "/sources", { key: `k${uuid()}`, name: "New" }],
  ["GET", `/sources/${sourceId}`],
  ["PATCH", `/sources/${sourceId}`, { name: "New" }],
  ["GET", "/held-leads"],
  ["POST", `/held-leads/${uuid()}/release`],
  ["POST", `/held-leads/${uuid()}/drop`],
  ["POST", "/purge", { retention: true }],
];
const ask = (method: string, path: string, token?: string, body?: object) =>
  at.send(method, `/admin/v1/organizations/${to.id}${path}`, { token, body, scheme: "Bearer" });

describe("who may administer an organization", () => {
  const WHO: [who: string, token: () => string | undefined, status: number, kind: string][] = [
    ["nobody", () => undefined, 401, "unauthenticated"],
    ["the holder of a wrong token", () => "wrong", 401, "unauthenticated"],
    ["an agent", () => to.agent.token, 403, "forbidden"],
    ["an agent of another organization", () => other.agent.token, 403, "forbidden"],
    ["an administrator of another organization", () => other.admin.token, 404, "not-found"],
  ];
  it.each(WHO)("not %s, on any route", async (_who, token, status, kind) => {
    for (const [method, path, body] of routes()) {
      const answer = await ask(method, path, token(), body);
      await expectProblem(answer, status, kind);
      expect(answer.headers.get("www-authenticate")).toBe(status === 401 ? "Bearer" : null);
    }
  });

  it.each([
    ["the root token", root],
    ["the organization's administrator", () => to.admin.token],
  ])("%s, on every route", async (_who, token) => {
    for (const [method, path, body] of routes()) {
      const { status } = await ask(method, path, token(), body);
      const isUnknown = path.includes("credentials/") || path.includes("held-leads/");
      expect([method, path, isUnknown ? status === 404 : status < 300]).toEqual([method, path, true]);
    }
  });

  it("not an organization's api key, which belongs to no person", async () => {
    const { secret } = await admin<{ secret: string }>(at, "POST", `/organizations/${to.id}/credentials`, {
      kind: "api_key",
    });
    await expectProblem(await ask("GET", "", secret), 401, "unauthenticated");
  });

  it("also while the subscription has lapsed", async () => {
    at.clock.now += 400 * 86_400_000;
    expect((await ask("GET", "", to.admin.token)).status).toBe(200);
  });

  it("the same way with Token as with Bearer, and with upper-case ids", async () => {
    const path = `/admin/v1/organizations/${to.id.toUpperCase()}`;
    expect((await at.send("GET", path, { token: to.admin.token })).status).toBe(200);
    expect((await at.send("GET", path, { token: to.admin.token, scheme: "Basic" })).status).toBe(401);
  });

  it("a foreign organization, an unknown one and what is no id look alike", async () => {
    const paths = [other.id, uuid(), "1", "%00"].map((id) => `/admin/v1/organizations/${id}/users`);
    const answers = await Promise.all(paths.map((path) => at.send("GET", path, { token: to.admin.token })));
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect([new Set(bodies).size, ...new Set(answers.map(({ status }) => status))]).toEqual([1, 404]);
  });

  it("and nothing of another organization through one's own path", async () => {
    const paths: [string, string, object][] = [
      ["PATCH", `/users/${other.agent.id}`, { first_name: "X" }],
      ["PATCH", `/forms/${other.formId}`, { name: "X" }],
      ["POST", "/purge", { lead_id: uuid() }],
    ];
    for (const [method, path, body] of paths) {
      await expectProblem(await ask(method, path, to.admin.token, body), 404, "not-found");
    }
  });
});

describe("wrong tokens", () => {
  const wrong = (address: string) => {
    const headers = { "cf-connecting-ip": address };
    return at.send("GET", "/admin/v1/organizations", { token: "wrong", headers });
  };

  it("are answered 429 past 60 a minute from one address, until the minute is over", async () => {
    const address = `2001:db8:a:${Math.floor(Math.random() * 65_535).toString(16)}::1`;
    for (let times = 0; times < 60; times += 1) expect((await wrong(address)).status).toBe(401);
    at.clock.now += 20_000;
    const refused = await wrong(address.replace("::1", "::2"));
    await expectProblem(refused, 429, "rate-limited");
    expect(refused.headers.get("retry-after")).toBe("40");
    expect((await wrong("203.0.113.240")).status).toBe(401);
    const headers = { "cf-connecting-ip": address };
    expect((await at.send("GET", "/admin/v1/organizations", { token: root(), headers })).status).toBe(200);
    at.clock.now += 40_001;
    expect((await wrong(address)).status).toBe(401);
  });
});

describe("other paths and bodies", () => {
  it("lead nowhere: 404", async () => {
    for (const path of ["", "/nothing", `/organizations/${to.id}/nothing`]) {
      const answer = await at.send("GET", `/admin/v1${path}`, { token: root() });
      await expectProblem(answer, 404, "not-found");
    }
  });

  it("that are not JSON are 400, and past 1 MiB 413", async () => {
    const post = (body: string) => at.send("POST", "/admin/v1/organizations", { token: root(), body });
    await expectProblem(await post("{"), 400, "malformed");
    await expectProblem(await post(`"${"x".repeat(1024 * 1024)}"`), 413, "payload-too-large");
  });
});
