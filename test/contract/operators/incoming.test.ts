/** Leads that wait, as operators sort them. */
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem } from "../../support/asking.ts";
import { type Edge, edge, lead, type Tenant, tenant } from "../../support/edge.ts";
import { row } from "../../support/rows.ts";
import { ask, type Page, pathOf } from "./operators.ts";

interface Waiting {
  uid: string;
  lead_id: string;
  category: string;
  name: string | null;
  outcome: string | null;
}

let at: Edge;
let of: Tenant;
beforeEach(async () => {
  at = edge();
  of = await tenant(at);
});

const list = async (path = "/incoming"): Promise<Page<Waiting>> => (await ask(at, of.agent, "GET", path)).json();
const sort = (uid: string, verb: string, body?: object, who = of.agent) =>
  ask(at, who, "POST", `/incoming/${uid}/${verb}`, { body });
const stateOf = (uuid: string) =>
  row<{ state: string; owner: string | null }>(
    "SELECT state, (SELECT uuid FROM user WHERE id = owner_id) AS owner FROM lead WHERE uuid = ?",
    uuid,
  );

describe("leads that wait", () => {
  it("are listed the newest first, by the person's name", async () => {
    const first = await lead(at, of.formId, { data: { name: "Grace Hopper", email: "grace@navy.example" } });
    at.clock.now += 1_000;
    const second = await lead(at, of.formId, { data: { name: "Ada", email: "ada@navy.example" } });
    const { results, next } = await list();
    expect(next).toBeNull();
    expect(results).toMatchObject([
      { lead_id: second, category: "forms", name: "Ada", outcome: null, created_at: at.clock.now },
      { lead_id: first, name: "Grace Hopper" },
    ]);
  });

  it("are walked by pages, each once", async () => {
    const made = new Set<string>();
    for (let n = 0; n < 103; n += 1) made.add(await lead(at, of.formId));
    const first = await list();
    const second = await list(pathOf(first.next));
    expect([first.results.length, second.results.length, second.next]).toEqual([100, 3, null]);
    expect(new Set([...first.results, ...second.results].map(({ lead_id }) => lead_id))).toEqual(made);
  });

  it("are accepted for nobody, for oneself, or declined; then they wait no longer", async () => {
    const outcomes: [verb: string, body: object | undefined, outcome: string, state: object][] = [
      ["accept", {}, "accepted", { state: "pending", owner: null }],
      ["accept", { user_id: of.agent.id }, "accepted", { state: "assigned", owner: of.agent.id }],
      ["pick", undefined, "accepted", { state: "assigned", owner: of.agent.id }],
      ["decline", undefined, "declined", { state: "declined", owner: null }],
    ];
    for (const [verb, body, outcome, state] of outcomes) {
      const uuid = await lead(at, of.formId);
      const uid = (await list()).results[0]?.uid as string;
      const sorted = await sort(uid, verb, body);
      expect([sorted.status, await sorted.json()]).toMatchObject([200, { uid, lead_id: uuid, outcome }]);
      expect(await stateOf(uuid)).toEqual(state);
      expect((await list()).results).toEqual([]);
      await expectProblem(await sort(uid, verb, body), 404, "not-found");
    }
  });

  it("are given to a colleague by administrators alone", async () => {
    const uuid = await lead(at, of.formId);
    const uid = (await list()).results[0]?.uid as string;
    await expectProblem(await sort(uid, "accept", { user_id: of.otherAgent.id }), 403, "forbidden");
    await expectProblem(await sort(uid, "accept", { user_id: crypto.randomUUID() }), 422, "invalid-fields");
    expect((await sort(uid, "accept", { user_id: of.otherAgent.id }, of.admin)).status).toBe(200);
    expect(await stateOf(uuid)).toEqual({ state: "assigned", owner: of.otherAgent.id });
  });

  it("of another organization are not found", async () => {
    await lead(at, (await tenant(at)).formId);
    const { uid } = await row<{ uid: string }>("SELECT uid FROM incoming_lead");
    expect((await list()).results).toEqual([]);
    for (const verb of ["accept", "pick", "decline"]) await expectProblem(await sort(uid, verb, {}), 404, "not-found");
  });

  it("go to one of two who pick them at once", async () => {
    await lead(at, of.formId);
    const uid = (await list()).results[0]?.uid as string;
    const both = await Promise.all([sort(uid, "pick"), sort(uid, "pick", undefined, of.otherAgent)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
  });
});

describe("the people of the organization", () => {
  it("are listed while they are active, for agents too", async () => {
    await tenant(at);
    const names = async () =>
      (await (await ask(at, of.agent, "GET", "/users")).json<Page<{ id: string; name: string }>>()).results;
    expect(await names()).toMatchObject([
      { id: of.admin.id, name: "ada Doe", role: "admin" },
      { id: of.agent.id, name: "bob Doe", role: "agent" },
      { id: of.otherAgent.id, name: "cyd Doe" },
    ]);
    await at.send("PATCH", `/admin/v1/organizations/${of.id}/users/${of.otherAgent.id}`, {
      token: of.admin.token,
      body: { is_active: false },
    });
    expect((await names()).map(({ id }) => id)).toEqual([of.admin.id, of.agent.id]);
  });

  it("know who they are", async () => {
    expect(await (await ask(at, of.agent, "GET", "/me")).json()).toMatchObject({
      user: { id: of.agent.id, role: "agent" },
      organization: { id: of.id },
    });
  });
});
