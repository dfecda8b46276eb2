/** Codes for tokens: RFC 6749, sections 4.1.3, 4.1.4 and 5. */
import { beforeEach, describe, expect, it } from "vitest";
import { type Edge, edge, START, type Tenant, tenant } from "../../support/edge.ts";
import {
  askForTokens,
  claimsOf,
  codeFor,
  connect,
  doors,
  OPEN,
  type Program,
  program,
  REDIRECT_URI,
  redeem,
  refresh,
  SHUT,
  tokensOf,
} from "./client.ts";

let at: Edge;
let to: Tenant;
let by: Program;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  by = await program(at, to);
});

/** The answer has to be a refusal in the words that clients know. @returns its hint. */
async function hintOf(response: Response): Promise<string> {
  expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
  expect(response.headers.get("date")).toBe(new Date(at.clock.now).toUTCString());
  const body = await response.json<Record<string, unknown>>();
  expect(body).toMatchObject({ title: "Bad Request", type: "https://httpstatus.es/400", status: 400 });
  expect([typeof body.detail, typeof body.error]).toEqual(["string", "string"]);
  return body.hint as string;
}

describe("the answer", () => {
  it("is exactly what clients read, and nobody may keep it", async () => {
    const response = await redeem(at, by, await codeFor(at, to, by));
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("date")).toBe("Mon, 02 Mar 2026 10:00:00 GMT");
    expect(await response.json()).toEqual({
      token_type: "Bearer",
      expires_in: 86_400,
      server_time: START / 1000,
      access_token: expect.any(String),
      refresh_token: expect.stringMatching(/^\w+$/),
    });
  });

  it("has an access token that says whose it is and until when", async () => {
    const { access_token: token } = await connect(at, to, by, to.agent);
    expect(claimsOf(token, 0)).toEqual({ alg: "HS256", kid: "j1", typ: "at+jwt" });
    expect(claimsOf(token)).toEqual({
      aud: by.id,
      sub: String(to.agent.user_id),
      jti: expect.any(String),
      iat: START / 1000,
      nbf: START / 1000,
      exp: START / 1000 + 86_400,
      account_id: to.accountId,
      user_id: to.agent.user_id,
      scopes: ["crm"],
      family: expect.any(String),
    });
  });
});

describe("the request", () => {
  it("comes as JSON or as a form, with or without a trailing slash", async () => {
    for (const path of ["/oauth2/access_token", "/oauth2/access_token/"]) {
      for (const form of [true, false]) {
        const code = await codeFor(at, to, by);
        const sent = { client_id: by.id, client_secret: by.secret, grant_type: "authorization_code", code };
        const parameters = { ...sent, redirect_uri: REDIRECT_URI };
        const response = await at.send("POST", path, { body: form ? new URLSearchParams(parameters) : parameters });
        expect(response.status).toBe(200);
      }
    }
  });

  it("may carry the secret in the header, where a wrong one is 401", async () => {
    const body = new URLSearchParams({ grant_type: "authorization_code", code: await codeFor(at, to, by) });
    const wrong = await at.send("POST", "/oauth2/access_token", { body, scheme: "Basic", token: btoa(`${by.id}:no`) });
    expect([wrong.status, wrong.headers.get("www-authenticate")]).toEqual([401, "Basic"]);
    const token = btoa(`${by.id}:${by.secret}`);
    expect((await at.send("POST", "/oauth2/access_token", { body, scheme: "Basic", token })).status).toBe(200);
  });

  it("is refused in one form, whatever is wrong with it", async () => {
    const grant = { grant_type: "authorization_code", code: await codeFor(at, to, by) };
    const other = await program(at, await tenant(at));
    const post = (body: unknown) => at.send("POST", "/oauth2/access_token", { body });
    expect(await hintOf(await post("{"))).toMatch(/not JSON/);
    expect(await hintOf(await post([]))).toMatch(/object/);
    expect(await hintOf(await post({}))).toMatch(/client_id/);
    expect(await hintOf(await post({ ...grant, client_id: by.id }))).toMatch(/client_secret/);
    expect(await hintOf(await post(new URLSearchParams("code=a&code=b")))).toMatch(/more than once/);
    for (const client_secret of [other.secret, "x", `${by.secret}x`]) {
      expect(await hintOf(await askForTokens(at, by, { ...grant, client_secret }))).toMatch(/Client authentication/);
    }
    const unknown = { ...grant, client_id: crypto.randomUUID() };
    expect(await hintOf(await askForTokens(at, by, unknown))).toMatch(/Client authentication/);
    expect(await hintOf(await askForTokens(at, by, { code: "x" }))).toMatch(/grant_type/);
    expect(await hintOf(await askForTokens(at, by, { grant_type: "password" }))).toMatch(/grant_type/);
    expect(await hintOf(await askForTokens(at, by, { grant_type: "refresh_token" }))).toMatch(/missing/);
    expect((await at.send("GET", "/oauth2/access_token")).status).toBe(405);
    expect((await post({ ...grant, client_id: "x".repeat(40_000) })).status).toBe(413);
    expect((await redeem(at, by, grant.code)).status).toBe(200);
  });
});

describe("a code", () => {
  it("lives twenty minutes", async () => {
    const [first, second] = [await codeFor(at, to, by), await codeFor(at, to, by)];
    at.clock.now = START + 20 * 60_000 - 1;
    expect((await redeem(at, by, first)).status).toBe(200);
    at.clock.now = START + 20 * 60_000;
    expect(await hintOf(await redeem(at, by, second))).toMatch(/expired/);
  });

  it("is its program's alone, and a foreign one does not spend it", async () => {
    const code = await codeFor(at, to, by);
    for (const other of [await program(at, to), await program(at, await tenant(at))]) {
      expect(await hintOf(await redeem(at, other, code))).toMatch(/no such/);
    }
    for (const forged of [
      "x",
      `${code}x`,
      code.slice(0, -1),
      code.replace(/.$/, (last) => (last === "a" ? "b" : "a")),
    ]) {
      expect(await hintOf(await redeem(at, by, forged))).toMatch(/no such/);
    }
    expect((await redeem(at, by, code)).status).toBe(200);
  });

  it("goes to its redirect URI and to no other, to the letter", async () => {
    const code = await codeFor(at, to, by);
    for (const redirect_uri of [`${REDIRECT_URI}/`, "https://client.example/callback", REDIRECT_URI.toUpperCase()]) {
      expect(await hintOf(await redeem(at, by, code, { redirect_uri }))).toMatch(/redirect_uri/);
    }
    expect((await redeem(at, by, code, { redirect_uri: REDIRECT_URI })).status).toBe(200);
  });

  it("used twice, revokes what it was used for, at once", async () => {
    const code = await codeFor(at, to, by);
    const tokens = await tokensOf(await redeem(at, by, code));
    const next = await tokensOf(await refresh(at, by, tokens.refresh_token));
    expect(await doors(at, to, next.access_token)).toEqual(OPEN);
    expect(await hintOf(await redeem(at, by, code))).toMatch(/revoked/);
    expect(await doors(at, to, tokens.access_token)).toEqual(SHUT);
    expect(await doors(at, to, next.access_token)).toEqual(SHUT);
    expect(await hintOf(await refresh(at, by, next.refresh_token))).toMatch(/revoked/);
  });

  it("used twice by somebody else, harms nobody", async () => {
    const code = await codeFor(at, to, by);
    const tokens = await tokensOf(await redeem(at, by, code));
    await redeem(at, await program(at, to), code);
    await redeem(at, { ...by, secret: "guessed" }, code);
    expect(await doors(at, to, tokens.access_token)).toEqual(OPEN);
  });

  it("redeemed a hundred times at once, is redeemed once, and the rest end that grant", async () => {
    const code = await codeFor(at, to, by);
    const answers = await Promise.all(Array.from({ length: 100 }, () => redeem(at, by, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(99);
    const counts = await at.env.DB.prepare(`SELECT (SELECT count(*) FROM oauth_family) AS families,
      (SELECT count(*) FROM oauth_refresh_token) AS tokens, (SELECT count(revoked_at) FROM oauth_family) AS revoked`).all();
    expect(counts.results).toEqual([{ families: 1, tokens: 1, revoked: 1 }]);
    const won = answers.find(({ status }) => status === 200) as Response;
    expect(await doors(at, to, (await tokensOf(won)).access_token)).toEqual(SHUT);
  });

  it("of a user who left meanwhile is worth nothing", async () => {
    const code = await codeFor(at, to, by, to.agent);
    const bearer = { token: at.env.FOYER_ROOT_TOKEN, scheme: "Bearer", body: { is_active: false } };
    await at.send("PATCH", `/admin/v1/organizations/${to.id}/users/${to.agent.id}`, bearer);
    await hintOf(await redeem(at, by, code));
  });
});
