import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, wrong } from "../../support/asking.ts";
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { dump, row } from "../../support/rows.ts";
import { asAdmin } from "../../support/spam.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

interface Made {
  id: string;
  secret: string;
}
const post = (body: object) => asAdmin(at, to, "POST", "/credentials", body);
const make = async (more: object = {}): Promise<Made> => {
  const made = await post({ kind: "user_token", user_id: to.agent.id, ...more });
  expect(made.status).toBe(201);
  return made.json<Made>();
};
const revoke = (id: string, by = to) => asAdmin(at, by, "DELETE", `/credentials/${id}`);
const opens = async (secret: string) =>
  (await at.send("GET", `/api/v5/orgs/${to.id}/leads`, { token: secret })).status === 200;

describe("a credential", () => {
  it("shows its secret once, to nobody's cache, and is described without it ever after", async () => {
    const response = await post({ kind: "user_token", user_id: to.agent.id.toUpperCase(), name: "Phone" });
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { secret, ...described } = await response.json<Made>();
    expect(secret).toMatch(/^foyer_0_[0-9A-Za-z]{16}_[0-9A-Za-z]{40}$/);
    expect(described).toEqual({
      ...{ id: secret.split("_")[2], kind: "user_token", user_id: to.agent.id, name: "Phone" },
      ...{ expires_at: null, revoked_at: null, created_at: "2026-03-02T10:00:00.000Z" },
    });
    const list = await asAdmin(at, to, "GET", "/credentials");
    const { results } = await list.json<{ results: object[] }>();
    expect(results).toContainEqual(described);
    expect(JSON.stringify(results)).not.toContain("secret");
    expect(JSON.stringify(await dump())).not.toContain(secret.split("_")[3]);
  });

  it("opens the door until it is revoked, and then at once no more", async () => {
    const { id, secret } = await make();
    expect(await opens(secret)).toBe(true);
    expect((await revoke(id)).status).toBe(204);
    expect(await opens(secret)).toBe(false);
  });

  it("that is revoked twice keeps the first time", async () => {
    const { id } = await make();
    await revoke(id);
    at.clock.now += 5_000;
    expect((await revoke(id)).status).toBe(204);
    expect(await row("SELECT revoked_at FROM credential WHERE id = ?", id)).toEqual({
      revoked_at: at.clock.now - 5_000,
    });
  });

  it("expires by the clock, also where it was believed a moment ago", async () => {
    const { secret } = await make({ expires_at: new Date(at.clock.now + 30_000).toISOString() });
    at.clock.now += 29_999;
    expect(await opens(secret)).toBe(true);
    at.clock.now += 1;
    expect(await opens(secret)).toBe(false);
  });

  it("of another organization is not revoked, and looks unknown", async () => {
    const { id, secret } = await make();
    const other = await tenant(at);
    await expectProblem(await revoke(id, other), 404, "not-found");
    await expectProblem(await revoke("0000000000000000", other), 404, "not-found");
    expect(await opens(secret)).toBe(true);
  });

  it("with one character changed opens nothing", async () => {
    const { secret } = await make();
    const last = secret.at(-1) === "a" ? "b" : "a";
    for (const bad of [
      `${secret.slice(0, -1)}${last}`,
      secret.slice(0, -1),
      `${secret}a`,
      secret.replace("_0_", "_1_"),
    ]) {
      expect(await opens(bad)).toBe(false);
    }
  });

  const INVALID: [body: object, wrong: string[]][] = [
    [{}, ["kind invalid_union"]],
    [{ kind: "root" }, ["kind invalid_union"]],
    [{ kind: "user_token" }, ["user_id invalid_type"]],
    [{ kind: "user_token", user_id: "1" }, ["user_id invalid_format"]],
    [{ kind: "api_key", user_id: "0197a1b2-0000-7000-8000-0000000000aa" }, ["user_id unrecognized_keys"]],
    [{ kind: "api_key", expires_at: "tomorrow" }, ["expires_at invalid_format"]],
    [{ kind: "api_key", name: "n".repeat(65) }, ["name too_big"]],
  ];
  it.each(INVALID)("is refused as %j", async (body, expected) => {
    expect(wrong(await expectProblem(await post(body), 422, "invalid-fields"))).toEqual(expected);
  });

  it("is for the organization's own people", async () => {
    const other = await tenant(at);
    for (const user_id of [other.agent.id, crypto.randomUUID()]) {
      const refused = await expectProblem(await post({ kind: "user_token", user_id }), 422, "invalid-fields");
      expect(wrong(refused)).toEqual(["user_id unknown"]);
    }
  });
});
