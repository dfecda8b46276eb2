/** The consent page: RFC 6749, sections 4.1.1 and 4.1.2, and RFC 7636. */
import { beforeEach, describe, expect, it } from "vitest";
import { admin, type Edge, edge, type SendOptions, START, type Tenant, tenant } from "../../support/edge.ts";
import { doors, OPEN, type Program, program, REDIRECT_URI, redeem, tokensOf } from "./client.ts";

const PASSWORD = "correct horse battery staple";
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE = { code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256" };

/** Dozens of passwords, each of which takes its time by design. */
const PATIENCE_MS = 60_000;

let at: Edge;
let to: Tenant;
let by: Program;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  by = await program(at, to);
  await admin(at, "PATCH", `/organizations/${to.id}/users/${to.agent.id}`, { password: PASSWORD });
});

const link = (parameters: object = {}): string =>
  `/oauth2/authorize?${new URLSearchParams({ client_id: by.id, response_type: "code", state: "s t&1", ...parameters })}`;

const unescaped = (text: string): string =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** The page's form as a browser would send it. */
async function formOf(response: Response): Promise<URLSearchParams> {
  const page = await response.text();
  const fields = [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  return new URLSearchParams(fields.map(([, name, value]) => [name as string, unescaped(value as string)]));
}

const answer = (form: URLSearchParams, more: object = {}, headers: SendOptions["headers"] = {}): Promise<Response> => {
  const body = new URLSearchParams([...form, ...Object.entries({ decision: "allow", ...more })]);
  return at.send("POST", "/oauth2/authorize", { body, headers });
};

const decide = async (parameters: object = {}, more: object = {}): Promise<Response> =>
  answer(await formOf(await at.send("GET", link(parameters))), {
    username: to.agent.username,
    password: PASSWORD,
    ...more,
  });

/** Where the browser is sent, which has to be the registered address with its own query as it was. */
function replyOf(response: Response): URLSearchParams {
  expect([response.status, response.headers.get("cache-control")]).toEqual([302, "no-store"]);
  const location = response.headers.get("location") as string;
  expect(location.startsWith(`${REDIRECT_URI}&`)).toBe(true);
  return new URLSearchParams(location.slice(REDIRECT_URI.length));
}

describe("consent", () => {
  it("leads to a code for the user who gave it, with the state, the client and the host to call", async () => {
    const reply = replyOf(await decide());
    expect([...reply.keys()].sort()).toEqual(["client_id", "code", "referer", "state"]);
    expect([reply.get("state"), reply.get("client_id"), reply.get("referer")]).toEqual(["s t&1", by.id, "foyer.test"]);
    const tokens = await tokensOf(await redeem(at, by, reply.get("code") as string));
    expect(await doors(at, to, tokens.access_token)).toEqual(OPEN);
    const bearer = { token: tokens.access_token, scheme: "Bearer" };
    expect((await at.send("GET", `/api/v5/users/${to.agent.id}/assigned_leads`, bearer)).status).toBe(200);
  });

  it("refused, is told to the program", async () => {
    const reply = replyOf(await decide({}, { decision: "deny", username: "", password: "" }));
    expect([reply.get("error"), reply.get("state"), reply.has("code")]).toEqual(["access_denied", "s t&1", false]);
  });

  it("for a request that named the redirect URI makes a code that wants it named again", async () => {
    const code = replyOf(await decide({ redirect_uri: REDIRECT_URI })).get("code") as string;
    expect((await redeem(at, by, code)).status).toBe(400);
    expect((await redeem(at, by, code, { redirect_uri: REDIRECT_URI })).status).toBe(200);
  });

  it("is not given by users of another organization", async () => {
    const other = await tenant(at);
    await admin(at, "PATCH", `/organizations/${other.id}/users/${other.agent.id}`, { password: PASSWORD });
    expect((await decide({}, { username: other.agent.username })).status).toBe(403);
  });
});

describe("PKCE", () => {
  it("takes the verifier of the challenge, and no other", async () => {
    const code = replyOf(await decide(CHALLENGE)).get("code") as string;
    expect((await redeem(at, by, code)).status).toBe(400);
    for (const code_verifier of [`${VERIFIER}x`, CHALLENGE.code_challenge, "short"]) {
      expect((await redeem(at, by, code, { code_verifier })).status).toBe(400);
    }
    expect((await redeem(at, by, code, { code_verifier: VERIFIER })).status).toBe(200);
  });

  it("is not taken away on the way: a verifier without a challenge is refused", async () => {
    const code = replyOf(await decide()).get("code") as string;
    expect((await redeem(at, by, code, { code_verifier: VERIFIER })).status).toBe(400);
    expect((await redeem(at, by, code)).status).toBe(200);
  });
});

describe("a request", () => {
  it.each([
    ["unknown program", { client_id: crypto.randomUUID() }],
    ["no program", { client_id: "" }],
    ["another address", { redirect_uri: "https://evil.example/" }],
    ["a longer address", { redirect_uri: `${REDIRECT_URI}/x` }],
    ["an address in other letters", { redirect_uri: REDIRECT_URI.replace("client", "CLIENT") }],
    ["no address", { redirect_uri: "" }],
  ])("with %s is answered here and redirects nobody", async (_, parameters) => {
    for (const method of ["GET", "POST"]) {
      const response = await at.send(
        method,
        method === "GET" ? link(parameters) : "/oauth2/authorize",
        method === "GET" ? {} : { body: new URLSearchParams(link(parameters).split("?")[1]) },
      );
      expect([response.status, response.headers.get("location")]).toEqual([400, null]);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    }
  });

  it("names its redirect URI once", async () => {
    const twice = `${link({ redirect_uri: REDIRECT_URI })}&redirect_uri=https://evil.example/`;
    expect((await at.send("GET", twice)).status).toBe(400);
    expect((await at.send("GET", `${link()}&client_id=${by.id}`)).status).toBe(400);
  });

  it.each([
    ["unsupported_response_type", { response_type: "token" }],
    ["invalid_scope", { scope: "crm everything" }],
    ["invalid_request", { code_challenge: CHALLENGE.code_challenge }],
    ["invalid_request", { ...CHALLENGE, code_challenge_method: "plain" }],
    ["invalid_request", { ...CHALLENGE, code_challenge: "short" }],
    ["invalid_request", { code_challenge_method: "S256" }],
  ])("is answered %s at the registered address for %o", async (error, parameters) => {
    const reply = replyOf(await at.send("GET", link(parameters)));
    expect([reply.get("error"), reply.get("state")]).toEqual([error, "s t&1"]);
  });

  it("is answered invalid_request without a response type, with one parameter twice, or with too long a state", async () => {
    const bare = `/oauth2/authorize?client_id=${by.id}`;
    for (const path of [
      bare,
      `${link()}&scope=crm&scope=crm`,
      `${link()}&state=other`,
      link({ state: "x".repeat(2_049) }),
    ]) {
      expect(replyOf(await at.send("GET", path)).get("error")).toBe("invalid_request");
    }
  });
});

describe("the page", () => {
  it("escapes every word that came from elsewhere", async () => {
    const evil = `"><script>alert('1')</script>&`;
    by = await program(at, to, { name: evil });
    await admin(at, "PATCH", `/organizations/${to.id}`, { name: evil });
    const first = await at.send("GET", link({ state: evil }));
    const second = await answer(await formOf(first.clone()), { username: evil, password: "x" });
    for (const page of [await first.text(), await second.text()]) {
      expect(page).not.toContain("<script");
      expect(page).toContain("&lt;script&gt;");
      expect(page.match(/"[^"]*><script/)).toBeNull();
    }
    expect((await formOf(await at.send("GET", link({ state: evil })))).get("state")).toBe(evil);
  });

  it("loads nothing, runs nothing, stands in no frame and is kept by nobody", async () => {
    const { headers } = await at.send("GET", link());
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self' https:; frame-ancestors 'none'; base-uri 'none'$/,
    );
    expect([headers.get("x-frame-options"), headers.get("cache-control")]).toEqual(["DENY", "no-store"]);
    expect([headers.get("referrer-policy"), headers.get("x-content-type-options")]).toEqual(["same-origin", "nosniff"]);
  });

  it("lets a program on the user's own machine be led to, which has no https", async () => {
    by = await program(at, to, { redirect_uri: "http://127.0.0.1:9000/callback" });
    const policy = (await at.send("GET", link())).headers.get("content-security-policy");
    expect(policy).toContain("form-action 'self' https: http://localhost:* http://127.0.0.1:*; ");
  });

  it("never shows the password again", async () => {
    expect(await (await decide({}, { password: "not-it-at-all" })).text()).not.toContain("not-it-at-all");
  });
});

describe("a forged consent", () => {
  const right = () => ({ username: to.agent.username, password: PASSWORD });
  const show = async (parameters: object = {}) => formOf(await at.send("GET", link(parameters)));

  it("is refused without the page's field, with a made-up one, and after twenty minutes", async () => {
    const form = await show();
    const csrf = form.get("csrf") as string;
    for (const forged of [
      null,
      "",
      "x",
      csrf.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
      csrf.replace(/^\d/, "9"),
    ]) {
      const sent = new URLSearchParams(form);
      sent.delete("csrf");
      if (forged !== null) sent.set("csrf", forged);
      expect((await answer(sent, right())).status).toBe(403);
    }
    at.clock.now = START + 20 * 60_000;
    expect((await answer(form, right())).status).toBe(403);
    at.clock.now -= 1;
    expect((await answer(form, right())).status).toBe(302);
  });

  it("is refused for another request than the one that was shown", async () => {
    const form = await show(CHALLENGE);
    const other = await program(at, to);
    for (const [name, value] of [
      ["client_id", other.id],
      ["state", "another"],
      ["code_challenge", "A".repeat(43)],
      ["redirect_uri", REDIRECT_URI],
      ["scope", "crm"],
    ] as const) {
      const sent = new URLSearchParams(form);
      sent.set(name, value);
      expect([name, (await answer(sent, right())).status]).toEqual([name, 403]);
    }
  });

  it.each([
    [{ origin: "https://evil.example" }],
    [{ origin: "null" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site", origin: "https://foyer.test" }],
  ])("is refused from another page: %o", async (headers) => {
    expect((await answer(await show(), right(), headers as Record<string, string>)).status).toBe(403);
  });

  it("is told from one of our page's", async () => {
    const headers = { origin: "https://foyer.test", "sec-fetch-site": "same-origin" };
    expect((await answer(await show(), right(), headers)).status).toBe(302);
  });
});

describe("a password", () => {
  it("that is wrong, of nobody, of one who left or has none is one answer, and no redirect", async () => {
    await admin(at, "PATCH", `/organizations/${to.id}/users/${to.otherAgent.id}`, {
      password: PASSWORD,
      is_active: false,
    });
    const form = await formOf(await at.send("GET", link()));
    const pages = new Set<string>();
    for (const [username, password] of [
      [to.agent.username, "wrong"],
      ["nobody.at.all", PASSWORD],
      [to.otherAgent.username, PASSWORD],
      [to.admin.username, ""],
      [to.admin.username, PASSWORD],
    ] as const) {
      const response = await answer(form, { username, password });
      expect([response.status, response.headers.get("location")]).toEqual([403, null]);
      pages.add((await response.text()).replaceAll(username, "NAME"));
    }
    expect(pages.size).toBe(1);
  });

  it("takes as long to check for nobody as for somebody", async () => {
    const form = await formOf(await at.send("GET", link()));
    const time = async (username: string) => {
      const start = performance.now();
      await answer(form, { username, password: "wrong" });
      return performance.now() - start;
    };
    const [nobody, somebody] = [[] as number[], [] as number[]];
    for (let round = 0; round < 5; round += 1) {
      nobody.push(await time(`nobody.${round}`));
      somebody.push(await time(to.agent.username));
    }
    // The quickest of each: without the same work, nobody would be known within a few milliseconds of over fifty.
    expect(Math.min(...nobody)).toBeGreaterThan(Math.min(...somebody) / 2);
  });

  it(
    "may be tried ten times in ten minutes, also of a user who is not there",
    async () => {
      const form = await formOf(await at.send("GET", link()));
      for (const username of [to.agent.username, "nobody.at.all"]) {
        for (let attempt = 0; attempt < 10; attempt += 1) {
          const headers = { "cf-connecting-ip": `192.0.2.${attempt}` };
          expect((await answer(form, { username, password: "wrong" }, headers)).status).toBe(403);
        }
        const refused = await answer(form, { username, password: PASSWORD });
        expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "600"]);
      }
      at.clock.now += 600_000;
      expect((await decide()).status).toBe(302);
    },
    PATIENCE_MS,
  );

  it(
    "may be tried thirty times in ten minutes from one address, whoever's",
    async () => {
      const form = await formOf(await at.send("GET", link()));
      const from = (address: string, username: string) =>
        answer(form, { username, password: PASSWORD }, { "cf-connecting-ip": address });
      for (let attempt = 0; attempt < 30; attempt += 1) await from("2001:db8::1", `nobody.${attempt}`);
      expect((await from("2001:db8::2", to.agent.username)).status).toBe(429);
      expect((await from("2001:db8:1::1", to.agent.username)).status).toBe(302);
    },
    PATIENCE_MS,
  );
});
