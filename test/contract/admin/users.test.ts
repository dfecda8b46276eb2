import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, pick, wrong } from "../../support/asking.ts";
import { type Edge, edge, lead, type Tenant, tenant } from "../../support/edge.ts";
import { eventKinds, row, rows } from "../../support/rows.ts";
import { asAdmin } from "../../support/spam.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const id = "0197a1b2-0000-7000-8000-0000000000aa";
const post = (body: object, into = to) => asAdmin(at, into, "POST", "/users", body);
const patch = (user: string, body: object) => asAdmin(at, to, "PATCH", `/users/${user}`, body);
const leads = async (token: string) => (await at.send("GET", `/api/v5/orgs/${to.id}/leads`, { token })).status;

describe("a user", () => {
  it("is made with an id of the caller's, and never shows a password", async () => {
    const names = { username: "ann.lee+1@acme", first_name: "Ann", last_name: "Lee" };
    const made = await post({ id: id.toUpperCase(), ...names, role: "agent", password: "correct horse" });
    expect(made.status).toBe(201);
    expect(await made.json()).toEqual({
      ...{ id, user_id: expect.any(Number), ...names, full_name: "Ann Lee", role: "agent", is_active: true },
      created_at: "2026-03-02T10:00:00.000Z",
    });
    const list = await (await asAdmin(at, to, "GET", "/users")).text();
    expect(list).toContain(id);
    expect(list).not.toMatch(/password|horse|scrypt/);
  });

  it("has a password that is stored as salted scrypt, and that a change of anything else keeps", async () => {
    for (const username of ["a", "b"]) await post({ username, role: "agent", password: "correct horse" });
    const hashes = await rows<{ password_hash: string; uuid: string }>(
      "SELECT password_hash, uuid FROM user WHERE password_hash IS NOT NULL",
    );
    expect(new Set(hashes.map(({ password_hash }) => password_hash)).size).toBe(2);
    for (const { password_hash } of hashes) {
      expect(password_hash).toMatch(/^scrypt\$16384\$8\$5\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
    }
    const [first] = hashes;
    const stored = async () => (await row("SELECT password_hash FROM user WHERE uuid = ?", first?.uuid)).password_hash;
    await patch(first?.uuid as string, { last_name: "New" });
    expect(await stored()).toBe(first?.password_hash);
    await patch(first?.uuid as string, { password: "battery staple" });
    expect(await stored()).not.toBe(first?.password_hash);
  });

  it("of a taken id or username is 409; another organization may use the name", async () => {
    expect((await post({ id, username: "ann", role: "agent" })).status).toBe(201);
    await expectProblem(await post({ id, username: "bob", role: "agent" }), 409, "conflict");
    await expectProblem(await post({ username: "ann", role: "agent" }), 409, "conflict");
    await expectProblem(await patch(to.agent.id, { username: "ann" }), 409, "conflict");
    const other = await tenant(at);
    await expectProblem(await post({ id, username: "ann", role: "agent" }, other), 409, "conflict");
    expect((await post({ username: "ann", role: "agent" }, other)).status).toBe(201);
  });

  const INVALID: [body: object, wrong: string[]][] = [
    [{}, ["username invalid_type", "role invalid_value"]],
    [{ username: "with space", role: "agent" }, ["username invalid_format"]],
    [{ username: "a", role: "root" }, ["role invalid_value"]],
    [{ username: "a", role: "agent", password: "short" }, ["password too_small"]],
    [{ username: "a", role: "agent", first_name: "x".repeat(65) }, ["first_name too_big"]],
    [{ username: "a", role: "agent", is_active: "yes" }, ["is_active invalid_type"]],
    [{ username: "a", role: "agent", organization_id: 1 }, ["organization_id unrecognized_keys"]],
  ];
  it.each(INVALID)("is refused as %j", async (body, expected) => {
    expect(wrong(await expectProblem(await post(body), 422, "invalid-fields"))).toEqual(expected);
  });

  it("that is unknown is 404", async () => {
    for (const user of [crypto.randomUUID(), "1"]) await expectProblem(await patch(user, {}), 404, "not-found");
  });

  it("has another role at once", async () => {
    const read = () => at.send("GET", `/admin/v1/organizations/${to.id}`, { token: to.agent.token });
    expect((await read()).status).toBe(403);
    await patch(to.agent.id, { role: "admin" });
    expect((await read()).status).toBe(200);
  });
});

describe("a deactivated user", () => {
  it("is refused at once, and gives the open leads back to everyone, each with its event", async () => {
    const [open, closed, others] = [await lead(at, to.formId), await lead(at, to.formId), await lead(at, to.formId)];
    for (const uuid of [open, closed]) await pick(at, to, uuid);
    const close = { token: to.agent.token, body: { is_closed: true } };
    await at.send("PATCH", `/api/v5/users/${to.agent.id}/assigned_leads/${closed}`, close);
    const body = { assigned_user_id: to.otherAgent.id };
    await at.send("PATCH", `/api/v5/orgs/${to.id}/leads/${others}`, { token: to.admin.token, body });
    expect(await leads(to.agent.token)).toBe(200);

    expect(await (await patch(to.agent.id, { is_active: false })).json()).toMatchObject({ is_active: false });
    expect(await leads(to.agent.token)).toBe(401);
    const stand = "SELECT state, owner_id, version FROM lead WHERE uuid = ?";
    expect(await row(stand, open)).toEqual({ state: "pending", owner_id: null, version: 3 });
    expect(await row(stand, closed)).toEqual({ state: "closed", owner_id: to.agent.user_id, version: 3 });
    expect(await row(stand, others)).toEqual({ state: "assigned", owner_id: to.otherAgent.user_id, version: 2 });
    expect(await eventKinds(open)).toEqual(["created", "assign", "unassign"]);
    expect(await eventKinds(closed)).toEqual(["created", "assign", "close"]);
  });

  it("is given no leads and no credentials, and comes back with the old ones", async () => {
    await patch(to.agent.id, { is_active: false });
    const credential = { kind: "user_token", user_id: to.agent.id };
    const refused = await asAdmin(at, to, "POST", "/credentials", credential);
    expect(wrong(await expectProblem(refused, 422, "invalid-fields"))).toEqual(["user_id unknown"]);
    const body = { assigned_user_id: to.agent.id };
    const path = `/api/v5/orgs/${to.id}/leads/${await lead(at, to.formId)}`;
    expect((await at.send("PATCH", path, { token: to.admin.token, body })).status).toBe(400);
    await patch(to.agent.id, { is_active: true });
    expect(await leads(to.agent.token)).toBe(200);
  });

  it("leaves no lead behind that is picked at the same moment", async () => {
    const uuids = await Promise.all(Array.from({ length: 10 }, () => lead(at, to.formId)));
    const body = { assigned_user_id: to.agent.id };
    await Promise.all([
      ...uuids
        .slice(0, 5)
        .map((uuid) => at.send("PATCH", `/api/v5/orgs/${to.id}/leads/${uuid}`, { token: to.admin.token, body })),
      patch(to.agent.id, { is_active: false }),
      ...uuids
        .slice(5)
        .map((uuid) => at.send("PATCH", `/api/v5/orgs/${to.id}/leads/${uuid}`, { token: to.admin.token, body })),
    ]);
    expect(await rows("SELECT 1 FROM lead WHERE owner_id IS NOT NULL")).toEqual([]);
    for (const uuid of uuids) await eventKinds(uuid);
  });
});
