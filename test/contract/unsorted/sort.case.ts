/** What accepting and declining have in common: the bodies that they take, whom they let, and what they find. */
import { expect, test } from "vitest";
import { admin, edge, type Tenant, tenant } from "../../support/edge.ts";
import { row } from "../../support/rows.ts";
import { accept, decline, hal, type Incoming, NOT_WAITING, problem, retrieve, uids, waiting, wrong } from "./v4.ts";

const SORTS = { accept, decline };

export function sortCases(verb: keyof typeof SORTS): void {
  const sort = SORTS[verb];
  const world = async () => {
    const at = edge();
    const of = await tenant(at);
    return { at, of, uid: await waiting(at, of) };
  };
  const sortedBy = async (uid: string) =>
    (await row<{ sorted_by: number }>("SELECT sorted_by FROM incoming_lead WHERE uid = ?", uid)).sorted_by;

  test.each([
    ["none", undefined],
    ["blanks", "  "],
    ["{}", {}],
    ["[]", []],
    ["null", "null"],
    ["nulls", { user_id: null }],
    ["unknown keys", { foo: 1 }],
  ])("a body of %s says nothing more", async (_, body) => {
    const { at, of, uid } = await world();
    const before = await retrieve(at, of, uid);
    at.clock.now += 1_000;
    const answer = await hal<Incoming>(await sort(at, uid, of.agent, body));
    const { pipeline_id, category, created_at } = before;
    expect(answer).toMatchObject({ uid, pipeline_id, category, created_at });
    expect(await uids(at, of)).toEqual([]);
    expect(await sortedBy(uid)).toBe(of.agent.user_id);
  });

  test("the user in the body is who sorted it, an administrator's word for anyone, an agent's for itself", async () => {
    const { at, of, uid } = await world();
    const another = await waiting(at, of);
    await hal(await sort(at, uid, of.admin, { user_id: of.agent.user_id }));
    await hal(await sort(at, another, of.agent, { user_id: of.agent.user_id }));
    expect(await sortedBy(another)).toBe(of.agent.user_id);
    expect(await sortedBy(uid)).toBe(of[verb === "accept" ? "admin" : "agent"].user_id);
  });

  test("an agent sorts in nobody else's name", async () => {
    const { at, of, uid } = await world();
    await problem(await sort(at, uid, of.agent, { user_id: of.otherAgent.user_id }), 403);
    expect(await uids(at, of)).toEqual([uid]);
  });

  test("a user who is another organization's, inactive or unknown is refused, and the lead goes on waiting", async () => {
    const { at, of, uid } = await world();
    const other: Tenant = await tenant(at);
    await admin(at, "PATCH", `/organizations/${of.id}/users/${of.otherAgent.id}`, { is_active: false });
    for (const user_id of [other.agent.user_id, of.otherAgent.user_id, 987_654_321]) {
      const response = await sort(at, uid, of.admin, { user_id });
      expect(await wrong(response)).toEqual(["user_id NotSupportedChoice"]);
    }
    for (const user_id of [0, -1, 1.5, "me", {}]) {
      expect(await wrong(await sort(at, uid, of.admin, { user_id }))).toEqual(["user_id InvalidType"]);
    }
    for (const body of [[1], "5", '"x"'])
      expect(await wrong(await sort(at, uid, of.admin, body))).toEqual([" InvalidType"]);
    expect(await uids(at, of)).toEqual([uid]);
  });

  test("what is unknown, another organization's or sorted before is 404, and the reason can be read", async () => {
    const { at, of, uid } = await world();
    const foreign = await waiting(at, await tenant(at));
    await sort(at, uid, of.agent);
    for (const gone of [uid, foreign, "00", "%00"]) {
      for (const again of Object.values(SORTS)) {
        const { detail } = await problem(await again(at, gone, of.admin), 404);
        expect(detail).toBe(NOT_WAITING);
      }
    }
  });
}
