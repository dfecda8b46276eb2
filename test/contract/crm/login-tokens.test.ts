/** What the tokens of a sign-in are good for, how long, and what ends them. */
import { env } from "cloudflare:workers";
import { SignJWT } from "jose/jwt/sign";
import { beforeEach, describe, expect, test } from "vitest";
import { CACHE_TTL_MS } from "../../../shared/limits.ts";
import { parseKeyRing } from "../../../worker/services/parse-keys.ts";
import { type Edge, edge, START, tenant } from "../../support/edge.ts";
import { claimsOf, connect, doors, program, SHUT } from "../oauth/client.ts";
import { ENDED, type LoginTokens, opens, PASSWORD, refresh, setUser, signedIn, signInScene } from "./login.ts";
import { type CrmTenant, data, failed, withKey } from "./v1.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let at: Edge;
let of: CrmTenant;
let tokens: LoginTokens;
beforeEach(async () => {
  ({ at, of } = await signInScene());
  tokens = await signedIn(at, of, of.admin);
});
const renewed = async (on = at, by = tokens.refresh) =>
  (await data<{ access: string; expires_in: number }>(await refresh(on, of, by))).access;

describe("an access token", () => {
  test("opens the CRM and nothing else, while it lasts and also when it is warm", async () => {
    expect(await opens(at, of, tokens.access)).toBe(true);
    expect(await doors(at, of, tokens.access)).toEqual(SHUT);
    // From an address of its own: who fails often at admin's door has to wait.
    const bearer = { token: tokens.access, scheme: "Bearer", headers: { "cf-connecting-ip": "192.0.2.77" } };
    expect((await at.send("GET", `/admin/v1/organizations/${of.id}`, bearer)).status).toBe(401);
    expect(await opens(at, of, tokens.access)).toBe(true);
  });

  test("lasts an hour, and not a moment longer", async () => {
    at.clock.now = START + HOUR_MS - 1;
    expect(await opens(at, of, tokens.access)).toBe(true);
    at.clock.now = START + HOUR_MS;
    expect(await opens(at, of, tokens.access)).toBe(false);
    at.clock.now += CACHE_TTL_MS;
    expect(await opens(at, of, tokens.access)).toBe(false);
  });

  test("makes no other, and opens no other organization", async () => {
    await failed(await refresh(at, of, tokens.access), ENDED);
    const other = await withKey(at, await tenant(at));
    expect(await opens(at, other, tokens.access)).toBe(false);
  });

  test("costs no query when it is warm", async () => {
    await opens(at, of, tokens.access);
    const bearer = { token: tokens.access, scheme: "Bearer", headers: { apikey: of.apiKey } };
    at.resetUsage();
    await at.send("GET", "/api/v1/leads/view/lead/", bearer);
    expect(at.usage.roundTrips).toBe(0);
  });
});

describe("a refresh token", () => {
  test("opens no door itself", async () => {
    expect(await opens(at, of, tokens.refresh)).toBe(false);
    expect(await doors(at, of, tokens.refresh)).toEqual(SHUT);
  });

  test("makes access tokens for its 14 days, each of an hour", async () => {
    at.clock.now = START + 14 * DAY_MS - 1;
    const access = await renewed();
    expect(claimsOf(access)).toMatchObject({ user_id: of.admin.user_id, exp: START / 1000 + 14 * 86_400 - 1 + 3_600 });
    expect(await opens(at, of, access)).toBe(true);
    at.clock.now = START + 14 * DAY_MS;
    await failed(await refresh(at, of, tokens.refresh), ENDED);
    expect(await opens(at, of, access)).toBe(true);
  });

  test("is refused of another organization, of a program, and where it is none", async () => {
    const other = await withKey(at, await tenant(at));
    await failed(await refresh(at, other, tokens.refresh), ENDED);
    const theirs = await connect(at, of, await program(at, of));
    for (const token of [theirs.access_token, theirs.refresh_token, of.admin.token, of.apiKey, "x", "a.b.c"]) {
      await failed(await refresh(at, of, token), ENDED);
    }
  });
});

describe("both end", () => {
  const expectEnd = async () => {
    expect(await opens(at, of, tokens.access)).toBe(false);
    await failed(await refresh(at, of, tokens.refresh), ENDED);
  };

  test("at once where the password changes here, even to the same one; the new one's go on", async () => {
    expect(await opens(at, of, tokens.access)).toBe(true);
    await setUser(at, of, of.admin, { password: PASSWORD });
    await expectEnd();
    expect(await opens(at, of, (await signedIn(at, of, of.admin)).access)).toBe(true);
  });

  test("at once where the user is deactivated here, and nobody else's do", async () => {
    const agents = await signedIn(at, of, of.agent);
    expect(await opens(at, of, tokens.access)).toBe(true);
    await setUser(at, of, of.admin, { is_active: false });
    await expectEnd();
    expect(await opens(at, of, agents.access)).toBe(true);
  });

  /** What happens in another isolate is seen in the database only. */
  test.each(["password_hash = 'scrypt$1$1$1$eA==$eA=='", "password_hash = NULL", "is_active = 0"])(
    "within a minute where this happens elsewhere: %s",
    async (change) => {
      expect(await opens(at, of, tokens.access)).toBe(true);
      await env.DB.prepare(`UPDATE user SET ${change} WHERE id = ?`).bind(of.admin.user_id).run();
      at.clock.now += CACHE_TTL_MS - 1;
      expect(await opens(at, of, tokens.access)).toBe(true);
      at.clock.now += 1;
      await expectEnd();
    },
  );

  test("not where only a name changes, or another's password", async () => {
    await setUser(at, of, of.admin, { first_name: "Grace" });
    await setUser(at, of, of.agent, { password: "another password" });
    expect(await opens(at, of, tokens.access)).toBe(true);
    expect(await opens(at, of, await renewed())).toBe(true);
  });
});

test("what is not signed by us for this use opens and makes nothing, and costs no query", async () => {
  const claims = claimsOf(tokens.access);
  const key = parseKeyRing(at.env.FOYER_JWT_KEYS).keys.get("j1") as Uint8Array;
  const other = crypto.getRandomValues(new Uint8Array(32));
  const signed = (typ: string, more: object = {}, by = key, kid = "j1") =>
    new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg: "HS256", kid, typ }).sign(by);
  const base64url = (value: object) =>
    btoa(JSON.stringify(value)).replace(/[+/=]/g, (c) => ({ "+": "-", "/": "_" })[c] ?? "");
  const none = { alg: "none", kid: "j1", typ: "login-access+jwt" };
  const [header, , signature] = tokens.access.split(".");
  const access = "login-access+jwt";
  expect(await opens(at, of, await signed(access))).toBe(true);
  at.resetUsage();
  for (const forged of [
    await signed(access, {}, other),
    await signed(access, {}, key, "j9"),
    await signed("JWT"),
    await signed("at+jwt"),
    await signed("login-refresh+jwt"),
    await signed(access, { aud: "get-leads" }),
    await signed(access, { exp: undefined }),
    await signed(access, { exp: START / 1000 }),
    await signed(access, { nbf: START / 1000 + 60 }),
    await signed(access, { user_id: "1" }),
    await signed(access, { stamp: undefined }),
    await signed(access, { database: 7 }),
    `${base64url(none)}.${base64url(claims)}.`,
    `${base64url(none)}.${base64url(claims)}.x`,
    `${header}.${base64url({ ...claims, user_id: of.agent.user_id })}.${signature}`,
  ]) {
    expect([forged, await opens(at, of, forged)]).toEqual([forged, false]);
  }
  expect(at.usage.roundTrips).toBe(0);
  const foreign = await withKey(at, await tenant(at));
  for (const more of [{ user_id: of.agent.user_id }, { account_id: foreign.accountId }, { stamp: "0".repeat(32) }]) {
    expect(await opens(at, of, await signed(access, more))).toBe(false);
    await failed(await refresh(at, of, await signed("login-refresh+jwt", more)), ENDED);
  }
});

describe("new keys", () => {
  const fresh = (id: string) => `${id}:${btoa(id.repeat(16)).replaceAll("=", "")}`;

  test("in front of either ring keep people signed in, until the old one is taken away", async () => {
    at.clock.now += CACHE_TTL_MS;
    for (const [name, id] of [
      ["FOYER_JWT_KEYS", "j2"],
      ["FOYER_HMAC_KEYS", "k2"],
    ] as const) {
      const both = edge({ [name]: `${fresh(id)},${env[name]}` });
      both.clock.now = at.clock.now;
      expect(await opens(both, of, tokens.access)).toBe(true);
      const next = await renewed(both);
      expect(await opens(both, of, next)).toBe(true);
      at.clock.now += CACHE_TTL_MS;
    }
    const both = edge({ FOYER_JWT_KEYS: `${fresh("j2")},${env.FOYER_JWT_KEYS}` });
    const next = await renewed(both);
    expect(claimsOf(next, 0).kid).toBe("j2");
    const only = edge({ FOYER_JWT_KEYS: fresh("j2") });
    expect([await opens(only, of, next), await opens(only, of, tokens.access)]).toEqual([true, false]);
    await failed(await refresh(only, of, tokens.refresh), ENDED);
  });
});
