/** What an access token opens, for how long, and how soon no more. */

import { SignJWT } from "jose/jwt/sign";
import { beforeEach, describe, expect, it } from "vitest";
import { CREDENTIALS_OF } from "../../../worker/domain/credentials.ts";
import { parseKeyRing } from "../../../worker/services/parse-keys.ts";
import { admin, type Edge, edge, lead, START, type Tenant, tenant } from "../../support/edge.ts";
import {
  claimsOf,
  connect,
  doors,
  OPEN,
  type Program,
  program,
  refresh,
  SHUT,
  type Tokens,
  tokensOf,
} from "./client.ts";

let at: Edge;
let to: Tenant;
let by: Program;
let tokens: Tokens;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  by = await program(at, to);
  tokens = await connect(at, to, by);
});

const base64url = (value: object): string =>
  btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

describe("the table of credentials", () => {
  it("is kept: an access token opens v4 and v5, an administrator's does not administer", async () => {
    expect(await doors(at, to, tokens.access_token)).toEqual(OPEN);
    const answer = await at.send("GET", `/admin/v1/organizations/${to.id}`, {
      token: tokens.access_token,
      scheme: "Bearer",
    });
    expect(answer.status).toBe(401);
    expect(CREDENTIALS_OF.admin).toEqual(["user_token"]);
  });

  it("is kept for organizations' own keys: they open neither", async () => {
    const credential = { kind: "api_key" };
    const path = `/organizations/${to.id}/credentials`;
    const { secret } = await admin<{ secret: string }>(at, "POST", path, credential);
    expect(await doors(at, to, secret)).toEqual(SHUT);
  });

  it("holds the other way round: no refresh token, code or client secret opens anything", async () => {
    for (const secret of [tokens.refresh_token, by.secret]) expect(await doors(at, to, secret)).toEqual(SHUT);
  });

  it("an access token acts as its user, with that user's rights", async () => {
    const id = await lead(at, to.formId);
    const theirs = await connect(at, to, by, to.agent);
    const own = `/api/v5/users/${to.agent.id}/pending_leads`;
    const bearer = { token: theirs.access_token, scheme: "Bearer" };
    const body = { assigned_user_id: to.agent.id };
    expect((await at.send("PATCH", `${own}/${id}`, { ...bearer, body })).status).toBe(200);
    expect((await at.send("GET", `/api/v5/users/${to.admin.id}/assigned_leads`, bearer)).status).toBe(403);
    const other = await tenant(at);
    expect((await at.send("GET", `/api/v5/orgs/${other.id}/leads`, bearer)).status).toBe(403);
  });

  it("a lapsed subscription shuts the doors to it as well", async () => {
    await admin(at, "PATCH", `/organizations/${to.id}`, { subscription_until: null });
    expect(await doors(at, to, tokens.access_token)).toEqual([402, 403]);
  });
});

describe("checking", () => {
  it("costs no query when warm", async () => {
    const bearer = { token: tokens.access_token, scheme: "Bearer" };
    const cold = async () => {
      at.resetUsage();
      await at.send("GET", `/api/v5/users/${to.admin.id}/nothing`, bearer);
      return at.usage.roundTrips;
    };
    expect([await cold(), await cold()]).toEqual([1, 0]);
  });

  it("costs none for whatever is not ours", async () => {
    const [header, , signature] = tokens.access_token.split(".") as [string, string, string];
    const claims = claimsOf(tokens.access_token);
    const ring = parseKeyRing(at.env.FOYER_JWT_KEYS, "FOYER_JWT_KEYS");
    const key = ring.keys.get("j1") as Uint8Array;
    const signed = (typ: string, kid: string, more: object = {}) =>
      new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg: "HS256", kid, typ }).sign(key);
    at.resetUsage();
    const forgeries = [
      `${header}.${base64url({ ...claims, user_id: to.agent.user_id })}.${signature}`,
      `${base64url({ alg: "none", typ: "at+jwt" })}.${base64url(claims)}.`,
      `${base64url({ alg: "none", typ: "at+jwt", kid: "j1" })}.${base64url(claims)}.x`,
      `${base64url({ alg: "HS512", typ: "at+jwt", kid: "j1" })}.${base64url(claims)}.${signature}`,
      `${header}.${header}.${signature}`,
      "a.b.c",
      await signed("JWT", "j1"),
      await signed("at+jwt", "j9"),
      await signed("at+jwt", "j1", { exp: START / 1000 }),
      await signed("at+jwt", "j1", { nbf: START / 1000 + 60 }),
      await signed("at+jwt", "j1", { family: 7 }),
      await signed("at+jwt", "j1", { exp: undefined }),
    ];
    for (const [index, forged] of forgeries.entries()) {
      expect([index, ...(await doors(at, to, forged))]).toEqual([index, ...SHUT]);
    }
    expect(at.usage.roundTrips).toBe(0);
  });

  it("asks whose grant it is: signed claims that fit no family open nothing", async () => {
    const claims = claimsOf(tokens.access_token);
    const ring = parseKeyRing(at.env.FOYER_JWT_KEYS, "FOYER_JWT_KEYS");
    const other = await tenant(at);
    for (const more of [
      { family: crypto.randomUUID() },
      { user_id: to.agent.user_id },
      { account_id: other.accountId },
      { aud: (await program(at, to)).id },
      { aud: crypto.randomUUID() },
      { scopes: [] },
    ]) {
      const forged = await new SignJWT({ ...claims, ...more })
        .setProtectedHeader({ alg: "HS256", kid: "j1", typ: "at+jwt" })
        .sign(ring.keys.get("j1") as Uint8Array);
      expect(await doors(at, to, forged)).toEqual(SHUT);
    }
  });

  it("ends after a day, also where the token is warm", async () => {
    at.clock.now = START + 86_400_000 - 1;
    expect(await doors(at, to, tokens.access_token)).toEqual(OPEN);
    at.clock.now = START + 86_400_000;
    expect(await doors(at, to, tokens.access_token)).toEqual(SHUT);
  });
});

describe("keys", () => {
  const FRESH = `j2:${btoa("another key of 32 bytes, or more").replaceAll("=", "")}`;

  it("rotate: the new one signs, the old one is still recognised, until it is taken away", async () => {
    at.clock.now += 60_000;
    const both = edge({ FOYER_JWT_KEYS: `${FRESH},${at.env.FOYER_JWT_KEYS}` });
    const only = edge({ FOYER_JWT_KEYS: FRESH });
    both.clock.now = at.clock.now;
    only.clock.now = at.clock.now;
    expect(await doors(only, to, tokens.access_token)).toEqual(SHUT);
    expect(await doors(both, to, tokens.access_token)).toEqual(OPEN);
    const next = await tokensOf(await refresh(both, by, tokens.refresh_token));
    expect(claimsOf(next.access_token, 0).kid).toBe("j2");
    expect(await doors(only, to, next.access_token)).toEqual(OPEN);
  });

  it.each([undefined, "", "j1", "j1:c2hvcnQ"])("are needed to start at all, and long: %s", async (keys) => {
    const bare = edge({ FOYER_JWT_KEYS: keys as string });
    expect((await bare.send("GET", "/healthz")).status).toBe(500);
  });
});

describe("revocation", () => {
  /** What happens in another isolate is seen in the database only. */
  it.each([
    ["the integration", "UPDATE oauth_integration SET revoked_at = 1"],
    ["the family", "UPDATE oauth_family SET revoked_at = 1"],
    ["the user", "UPDATE user SET is_active = 0"],
  ])("of %s, made elsewhere, counts here within a minute", async (_, sql) => {
    expect(await doors(at, to, tokens.access_token)).toEqual(OPEN);
    await at.env.DB.prepare(sql).run();
    at.clock.now += 59_999;
    expect(await doors(at, to, tokens.access_token)).toEqual(OPEN);
    at.clock.now += 1;
    expect(await doors(at, to, tokens.access_token)).toEqual(SHUT);
  });

  it("of the user, made here, counts here at once", async () => {
    const theirs = await connect(at, to, by, to.agent);
    expect(await doors(at, to, theirs.access_token)).toEqual(OPEN);
    await admin(at, "PATCH", `/organizations/${to.id}/users/${to.agent.id}`, { is_active: false });
    expect(await doors(at, to, theirs.access_token)).toEqual(SHUT);
  });
});
