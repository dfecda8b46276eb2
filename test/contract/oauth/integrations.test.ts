/** Programs as administrators see them: made, listed, revoked, given codes. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { admin, type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { codeFor, connect, doors, OPEN, program, REDIRECT_URI, redeem, refresh, SHUT } from "./client.ts";

let at: Edge;
let to: Tenant;
let path: string;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  path = `/organizations/${to.id}/integrations`;
});

const send = (method: string, where: string, body?: unknown, token = to.admin.token) =>
  at.send(method, `/admin/v1${where}`, { token, scheme: "Bearer", body });

describe("an integration", () => {
  it("shows its secret once, and the database never has it", async () => {
    const made = await send("POST", path, { name: "Sync", redirect_uri: REDIRECT_URI });
    expect([made.status, made.headers.get("cache-control")]).toEqual([201, "no-store"]);
    const { secret, ...shown } = await made.json<{ id: string; secret: string }>();
    expect(secret).toMatch(/^[0-9A-Za-z]{40}$/);
    expect(shown).toMatchObject({ name: "Sync", redirect_uri: REDIRECT_URI, revoked_at: null });
    expect(await admin(at, "GET", path)).toEqual({ results: [shown], next: null });
    const { results } = await env.DB.prepare("SELECT * FROM oauth_integration").all();
    expect(JSON.stringify(results)).not.toContain(secret);
  });

  it("takes an id of the caller's, so that a retry makes no second one", async () => {
    const id = "7f9c2ba4-e88f-827d-8a1c-3f5b1e2d0000";
    expect((await send("POST", path, { id, name: "A", redirect_uri: REDIRECT_URI })).status).toBe(201);
    expect((await send("POST", path, { id, name: "A", redirect_uri: REDIRECT_URI })).status).toBe(409);
    const foreign = { id: "7f9c2ba4-e88f-427d-8a1c-3f5b1e2d9c10", name: "A", redirect_uri: REDIRECT_URI };
    expect((await send("POST", path, foreign)).status).toBe(422);
  });

  it.each([
    "http://client.example/callback",
    "https://client.example/#part",
    "https://client.example/#",
    "https://user:password@client.example/",
    "javascript:alert(1)",
    "/callback",
    "https://client.example/ x",
    "http://localhost.evil.example/",
    "http://[::1]:9000/",
    `https://client.example/${"x".repeat(2_048)}`,
  ])("sends codes only where they are safe, not to %s", async (redirect_uri) => {
    expect((await send("POST", path, { name: "A", redirect_uri })).status).toBe(422);
  });

  it.each(["http://127.0.0.1:9000/callback", "http://localhost/callback"])(
    "may be a program on the user's own machine: %s",
    async (redirect_uri) => {
      expect((await send("POST", path, { name: "A", redirect_uri })).status).toBe(201);
    },
  );

  it("is the business of the organization's administrators and of root alone", async () => {
    const made = await program(at, to);
    const other = await tenant(at);
    for (const [method, where, body] of [
      ["POST", path, { name: "A", redirect_uri: REDIRECT_URI }],
      ["GET", path, undefined],
      ["DELETE", `${path}/${made.id}`, undefined],
      ["POST", `${path}/${made.id}/codes`, { user_id: to.agent.id }],
    ] as const) {
      expect((await send(method, where, body, to.agent.token)).status).toBe(403);
      expect((await send(method, where, body, other.admin.token)).status).toBe(404);
    }
    const foreign = `/organizations/${other.id}/integrations/${made.id}`;
    expect((await send("DELETE", foreign, undefined, other.admin.token)).status).toBe(404);
    expect((await send("POST", `${foreign}/codes`, { user_id: other.admin.id }, other.admin.token)).status).toBe(404);
    expect((await redeem(at, made, await codeFor(at, to, made))).status).toBe(200);
  });

  it("gives codes for active users of its organization only", async () => {
    const made = await program(at, to);
    const other = await tenant(at);
    await admin(at, "PATCH", `/organizations/${to.id}/users/${to.agent.id}`, { is_active: false });
    for (const user_id of [other.admin.id, to.agent.id, crypto.randomUUID()]) {
      expect((await send("POST", `${path}/${made.id}/codes`, { user_id })).status).toBe(422);
    }
  });

  it("revoked, takes all that it was granted along", async () => {
    const made = await program(at, to);
    const tokens = await connect(at, to, made);
    const code = await codeFor(at, to, made);
    expect(await doors(at, to, tokens.access_token)).toEqual(OPEN);
    expect((await send("DELETE", `${path}/${made.id}`)).status).toBe(204);
    expect((await send("DELETE", `${path}/${made.id}`)).status).toBe(204);
    expect(await doors(at, to, tokens.access_token)).toEqual(SHUT);
    expect((await redeem(at, made, code)).status).toBe(400);
    expect((await refresh(at, made, tokens.refresh_token)).status).toBe(400);
    expect((await send("POST", `${path}/${made.id}/codes`, { user_id: to.admin.id })).status).toBe(404);
    expect((await at.send("GET", `/oauth2/authorize?client_id=${made.id}&response_type=code`)).status).toBe(400);
  });
});
