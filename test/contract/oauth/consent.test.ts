/** The consent page, and what the program is told: RFC 6749, sections 4.1.1 and 4.1.2. */
import { beforeEach, describe, expect, it } from "vitest";
import { admin, type Edge, type Tenant, tenant } from "../../support/edge.ts";
import { doors, OPEN, type Program, program, REDIRECT_URI, redeem, tokensOf } from "./client.ts";
import { asking, formOf, PASSWORD, replyOf, scene } from "./consent.ts";

let at: Edge;
let to: Tenant;
let by: Program;
beforeEach(async () => {
  ({ at, to, by } = await scene());
});
const { link, answer, decide } = asking(() => ({ at, to, by }));

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
