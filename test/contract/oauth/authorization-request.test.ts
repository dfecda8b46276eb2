/** What a program may ask for, and where it is answered: RFC 6749, sections 4.1.1 and 4.1.2, and RFC 7636. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Edge, Tenant } from "../../support/edge.ts";
import { type Program, REDIRECT_URI, redeem } from "./client.ts";
import { asking, CHALLENGE, replyOf, scene } from "./consent.ts";

let at: Edge;
let to: Tenant;
let by: Program;
beforeEach(async () => {
  ({ at, to, by } = await scene());
});
const { link, decide } = asking(() => ({ at, to, by }));

const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

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
