/** The session of the operators' page: how it begins and ends, and what it takes to write by it. */
import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it, test } from "vitest";
import { CACHE_TTL_MS } from "../../../shared/limits.ts";
import { forgetCredentials } from "../../../worker/services/credentials.ts";
import { SESSION_TTL_SECONDS } from "../../../worker/services/login-tokens.ts";
import { expectProblem } from "../../support/asking.ts";
import { admin, type Edge, type SendOptions, tenant } from "../../support/edge.ts";
import { PASSWORD, setUser, signInScene } from "../crm/login.ts";
import type { CrmTenant } from "../crm/v1.ts";
import { COOKIE, OPERATORS, SESSION, signedIn, signIn } from "./operators.ts";

/** What browsers say of requests that another site makes. */
const FOREIGN: Record<string, string>[] = [
  { origin: "https://evil.example" },
  { origin: "null" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
];

let at: Edge;
let of: CrmTenant;
beforeEach(async () => {
  ({ at, of } = await signInScene());
});

const who = () => ({ organization: of.id as string | number, username: of.agent.username, password: PASSWORD });
const withCookie = (cookie: string, path = SESSION, method = "GET", headers: SendOptions["headers"] = {}) =>
  at.send(method, path, { headers: { cookie, ...headers } });

describe("a session", () => {
  it("begins with a password, in a cookie that no script and no other site has", async () => {
    const answer = await signIn(at, who());
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toMatch(
      new RegExp(`^${COOKIE}=[\\w.-]+; Max-Age=43200; Path=/; HttpOnly; Secure; SameSite=Strict$`),
    );
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toEqual({
      user: { id: of.agent.id, name: "bob Doe", username: of.agent.username, role: "agent" },
      organization: { id: of.id, account_id: of.accountId, name: "Acme", time_zone: "UTC" },
      csrf: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("is read again as it began, and opens the operators' doors", async () => {
    const { cookie, ...session } = await signedIn(at, of);
    expect(await (await withCookie(cookie)).json()).toEqual(session);
    expect((await withCookie(cookie, `${OPERATORS}/rooms`)).status).toBe(200);
    expect(await (await withCookie(cookie, `${OPERATORS}/me`)).json()).toMatchObject({ user: session.user });
  });

  it("begins with the account id as well, as a number or as text", async () => {
    for (const organization of [of.accountId, String(of.accountId), of.id.toUpperCase()]) {
      expect((await signIn(at, { ...who(), organization })).status).toBe(200);
    }
  });

  it("does not begin for whoever does not fit, all told alike", async () => {
    const other = await tenant(at);
    const wrong = [
      { ...who(), password: "wrong" },
      { ...who(), username: "nobody" },
      { ...who(), username: of.otherAgent.username },
      { ...who(), organization: other.id },
      { ...who(), organization: "nowhere" },
      { ...who(), organization: 999_999 },
    ];
    const told = new Set<string>();
    for (const body of wrong) {
      const answer = await signIn(at, body, { "cf-connecting-ip": "192.0.2.1" });
      expect([body, answer.status, answer.headers.get("set-cookie")]).toEqual([body, 401, null]);
      told.add(await answer.text());
    }
    expect(told.size).toBe(1);
  });

  it("is tried ten times by a user in ten minutes, also at organizations that are none", async () => {
    for (const organization of [of.id, "nowhere"]) {
      for (let tries = 0; tries < 10; tries += 1) {
        expect((await signIn(at, { ...who(), organization, password: "wrong" })).status).toBe(401);
      }
      const refused = await signIn(at, { ...who(), organization });
      expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
    }
  });

  it("does not begin without a subscription, which only who has the password hears", async () => {
    await admin(at, "PATCH", `/organizations/${of.id}`, { subscription_until: null });
    await expectProblem(await signIn(at, who()), 403, "forbidden");
    await expectProblem(await signIn(at, { ...who(), password: "wrong" }), 401, "unauthenticated");
  });

  it("does not begin on another site's word", async () => {
    for (const headers of FOREIGN) {
      await expectProblem(await signIn(at, who(), headers), 403, "forbidden");
    }
    expect((await signIn(at, who(), { origin: "https://foyer.test", "sec-fetch-site": "same-origin" })).status).toBe(
      200,
    );
  });

  it("ends after its hours", async () => {
    const { cookie } = await signedIn(at, of);
    at.clock.now += SESSION_TTL_SECONDS * 1_000 - 1;
    expect((await withCookie(cookie)).status).toBe(200);
    at.clock.now += 1;
    await expectProblem(await withCookie(cookie), 401, "unauthenticated");
  });

  it("ends with the password, with the user and with the subscription", async () => {
    const ends: (() => Promise<unknown>)[] = [
      () => setUser(at, of, of.agent, { password: "another one — 43" }),
      () => setUser(at, of, of.admin, { is_active: false }),
    ];
    for (const [index, end] of ends.entries()) {
      const { cookie } = await signedIn(at, of, index === 0 ? of.agent : of.admin);
      await end();
      await expectProblem(await withCookie(cookie), 401, "unauthenticated");
    }
  });

  it("ends with the subscription", async () => {
    const { cookie } = await signedIn(at, of);
    await admin(at, "PATCH", `/organizations/${of.id}`, { subscription_until: null });
    await expectProblem(await withCookie(cookie), 403, "forbidden");
  });

  it("takes its cookie back when it is ended", async () => {
    const { cookie, csrf } = await signedIn(at, of);
    const ended = await withCookie(cookie, SESSION, "DELETE", { "x-csrf-token": csrf });
    expect(ended.status).toBe(204);
    expect(ended.headers.get("set-cookie")).toMatch(new RegExp(`^${COOKIE}=; Max-Age=0; Path=/; HttpOnly; Secure`));
    await expectProblem(await withCookie(`${COOKIE}=`), 401, "unauthenticated");
  });

  it("is none where there is only a token, and no token where it is shown as one", async () => {
    const { cookie } = await signedIn(at, of);
    const token = cookie.slice(COOKIE.length + 1);
    for (const path of [SESSION, `${OPERATORS}/rooms`, "/api/v1/leads/list/", "/api/v4/leads/unsorted"]) {
      expect([path, (await at.send("GET", path, { token, headers: { apikey: of.apiKey } })).status]).toEqual([
        path,
        401,
      ]);
    }
    await expectProblem(await at.send("GET", SESSION, { token: of.agent.token }), 401, "unauthenticated");
    await expectProblem(await withCookie(`foyer_session=${token}`), 401, "unauthenticated");
  });
});

describe("what the page writes", () => {
  const WRITES = [
    ["POST", `${OPERATORS}/rooms/x/join`],
    ["POST", `${OPERATORS}/incoming/x/pick`],
    ["DELETE", SESSION],
  ] as const;

  test.each(WRITES)("%s %s needs the session's own CSRF token", async (method, path) => {
    const { cookie, csrf } = await signedIn(at, of);
    const others = await signedIn(at, of, of.admin);
    for (const sent of [undefined, "", csrf.slice(1), others.csrf, "0".repeat(64)]) {
      const headers: Record<string, string> = sent === undefined ? {} : { "x-csrf-token": sent };
      await expectProblem(await withCookie(cookie, path, method, headers), 403, "forbidden");
    }
    expect((await withCookie(cookie, path, method, { "x-csrf-token": csrf })).status).not.toBe(403);
  });

  test.each(WRITES)("%s %s comes from our own page", async (method, path) => {
    const { cookie, csrf } = await signedIn(at, of);
    for (const word of FOREIGN) {
      const headers = { "x-csrf-token": csrf, ...word };
      await expectProblem(await withCookie(cookie, path, method, headers), 403, "forbidden");
    }
    const ours = { "x-csrf-token": csrf, origin: "https://foyer.test", "sec-fetch-site": "same-origin" };
    expect((await withCookie(cookie, path, method, ours)).status).not.toBe(403);
  });
});

test("over plain http, as on one's own machine, the cookie has a name that is allowed there", async () => {
  await admin(at, "PATCH", `/organizations/${of.id}`, { subscription_until: "2999-01-01T00:00:00Z" });
  const local = (init: RequestInit) => exports.default.fetch(`http://127.0.0.1:8787${SESSION}`, init);
  const answer = await local({ method: "POST", body: JSON.stringify(who()) });
  const cookie = answer.headers.get("set-cookie") as string;
  expect(cookie).toMatch(/^foyer_session=[\w.-]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
  expect((await local({ headers: { cookie: cookie.split(";")[0] as string } })).status).toBe(200);
});

test("a session is believed for a minute without asking, and no longer", async () => {
  const { cookie } = await signedIn(at, of);
  forgetCredentials(of.accountId);
  at.resetUsage();
  await withCookie(cookie);
  await withCookie(cookie);
  expect(at.usage.roundTrips).toBe(1);
  at.clock.now += CACHE_TTL_MS;
  await withCookie(cookie);
  expect(at.usage.roundTrips).toBe(2);
});
