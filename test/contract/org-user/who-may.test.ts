/** Users work on their own leads and pick pending ones for themselves; administrators do it for everyone. */
import { describe, expect, test } from "vitest";
import { admin, type Edge, edge, lead, type Tenant, tenant } from "../../support/edge.ts";
import { stand } from "../../support/standing-leads.ts";
import {
  answer,
  assignedLeads,
  get,
  ids,
  NOT_FOUND,
  NOT_PERMITTED,
  orgLeads,
  patch,
  pendingLeads,
  put,
  refused,
} from "./v5.ts";

async function scene(): Promise<{ at: Edge; of: Tenant; pending: string; mine: string; theirs: string }> {
  const at = edge();
  const of = await tenant(at);
  const [pending, mine, theirs] = [await lead(at, of.formId), await lead(at, of.formId), await lead(at, of.formId)];
  await stand(mine, "assigned", of.agent);
  await stand(theirs, "assigned", of.otherAgent);
  return { at, of, pending, mine, theirs };
}

const deactivate = (at: Edge, of: Tenant) =>
  admin(at, "PATCH", `/organizations/${of.id}/users/${of.otherAgent.id}`, { is_active: false });

describe("an agent", () => {
  test.each([assignedLeads, pendingLeads])(
    "reads and changes nothing through another user's list: 403",
    async (list) => {
      const { at, of, pending, theirs } = await scene();
      const path = list(of.otherAgent);
      await refused(await get(at, path, of.agent), 403, NOT_PERMITTED);
      for (const id of [pending, theirs]) {
        await refused(await get(at, `${path}/${id}`, of.agent), 403, NOT_PERMITTED);
        await refused(await patch(at, `${path}/${id}`, of.agent, { is_closed: true }), 403, NOT_PERMITTED);
        const body = { is_closed: true, assigned_user_id: of.agent.id };
        await refused(await put(at, `${path}/${id}`, of.agent, body), 403, NOT_PERMITTED);
      }
    },
  );

  test("sees another user's lead among the organization's and may not change it: 403", async () => {
    const { at, of, theirs } = await scene();
    const address = `${orgLeads(of)}/${theirs}`;
    const before = await answer(await get(at, address, of.agent));
    for (const body of [{ is_closed: true }, { assigned_user_id: null }, { assigned_user_id: of.agent.id }]) {
      await refused(await patch(at, address, of.agent, body), 403, NOT_PERMITTED);
    }
    expect(await answer(await get(at, address, of.agent))).toEqual(before);
  });

  test("assigns to nobody else, be it a pending lead, an own one, or to somebody unknown: 403", async () => {
    const { at, of, pending, mine } = await scene();
    const addresses = [
      ...[`${pendingLeads(of.agent)}/${pending}`, `${orgLeads(of)}/${pending}`],
      ...[`${assignedLeads(of.agent)}/${mine}`, `${orgLeads(of)}/${mine}`],
    ];
    for (const address of addresses) {
      for (const assigned_user_id of [of.otherAgent.id, of.admin.id, crypto.randomUUID()]) {
        await refused(await patch(at, address, of.agent, { assigned_user_id }), 403, NOT_PERMITTED);
      }
    }
    const unknown = `${orgLeads(of)}/${crypto.randomUUID()}`;
    await refused(await patch(at, unknown, of.agent, { assigned_user_id: of.admin.id }), 404, NOT_FOUND);
  });

  test("picks, closes, reopens and gives back through the organization's leads too", async () => {
    const { at, of, pending, mine } = await scene();
    const change = async (id: string, body: object) =>
      expect(await answer(await patch(at, `${orgLeads(of)}/${id}`, of.agent, body))).toMatchObject(body);
    await change(pending, { assigned_user_id: of.agent.id });
    await change(mine, { is_closed: true });
    await change(mine, { is_closed: false });
    await change(mine, { assigned_user_id: null });
    expect(await ids(at, assignedLeads(of.agent), of.agent)).toEqual([pending]);
    expect(await ids(at, pendingLeads(of.agent), of.agent)).toEqual([mine]);
  });
});

describe("an administrator", () => {
  test("reads and edits everyone's lists in the organization", async () => {
    const { at, of, pending, mine, theirs } = await scene();
    expect(await ids(at, assignedLeads(of.agent), of.admin)).toEqual([mine]);
    expect(await ids(at, pendingLeads(of.otherAgent), of.admin)).toEqual([pending]);
    const address = `${assignedLeads(of.otherAgent)}/${theirs}`;
    await answer(await patch(at, address, of.admin, { is_closed: true }));
    const moved = await answer(await patch(at, address, of.admin, { assigned_user_id: of.agent.id }));
    expect(moved).toMatchObject({ assigned_user_id: of.agent.id, is_closed: true });
  });

  test("assigns pending leads to anyone in the organization, themselves included", async () => {
    const { at, of, pending } = await scene();
    const address = `${pendingLeads(of.agent)}/${pending}`;
    await answer(await patch(at, address, of.admin, { assigned_user_id: of.otherAgent.id }));
    const again = `${orgLeads(of)}/${pending}`;
    const own = await answer(await patch(at, again, of.admin, { assigned_user_id: of.admin.id }));
    expect(own.assigned_user).toMatchObject({ id: of.admin.id });
  });

  test("assigns to nobody outside: unknown, foreign and deactivated users are the same 400", async () => {
    const { at, of, pending } = await scene();
    const other = await tenant(at);
    await deactivate(at, of);
    for (const id of [crypto.randomUUID(), other.agent.id, of.otherAgent.id]) {
      for (const list of [orgLeads(of), pendingLeads(of.agent)]) {
        const response = await patch(at, `${list}/${pending}`, of.admin, { assigned_user_id: id });
        await refused(response, 400, { assigned_user_id: [`Invalid pk "${id}" - object does not exist.`] });
      }
    }
    expect(await ids(at, pendingLeads(of.agent), of.agent)).toContain(pending);
  });

  test("still reads what a deactivated user has closed; their open leads are pending again", async () => {
    const { at, of, pending, theirs } = await scene();
    const closed = await lead(at, of.formId);
    await stand(closed, "closed", of.otherAgent);
    await deactivate(at, of);
    expect(await ids(at, assignedLeads(of.otherAgent), of.admin)).toEqual([closed]);
    expect((await ids(at, pendingLeads(of.agent), of.agent)).sort()).toEqual([pending, theirs].sort());
  });
});
