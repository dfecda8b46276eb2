/** "Update organization's lead's details". What a body may be: request-bodies; who may: who-may. */
import { describe, expect, test } from "vitest";
import { edge, lead, START, tenant } from "../../support/edge.ts";
import { documentedRefusals } from "./refusals.case.ts";
import { answer, get, orgLeads, patch, put } from "./v5.ts";

for (const method of ["PUT", "PATCH"] as const) {
  documentedRefusals({ method, list: (of) => orgLeads(of), isDetail: true, show: "as it is" });
}

describe("200", () => {
  test("PATCH of assigned_user_id gives the lead to that user", async () => {
    const at = edge();
    const of = await tenant(at);
    const address = `${orgLeads(of)}/${await lead(at, of.formId)}`;
    const after = await answer(await patch(at, address, of.admin, { assigned_user_id: of.agent.id }));
    expect(after).toMatchObject({
      assigned_user_id: of.agent.id,
      is_closed: false,
      assigned_user: { id: of.agent.id },
    });
    expect(await answer(await get(at, address, of.otherAgent))).toEqual(after);
  });

  test("PATCH of is_closed closes and reopens: closed_at comes and goes, updated_at follows each change", async () => {
    const at = edge();
    const of = await tenant(at);
    const address = `${orgLeads(of)}/${await lead(at, of.formId)}`;
    at.clock.now = START + 1_000;
    const closed = await answer(await patch(at, address, of.agent, { is_closed: true }));
    const when = "2026-03-02T10:00:01.000Z";
    expect(closed).toMatchObject({ is_closed: true, closed_at: when, updated_at: when });
    expect(closed.created_at).toBe("2026-03-02T10:00:00.000Z");
    at.clock.now = START + 2_000;
    const open = await answer(await patch(at, address, of.agent, { is_closed: false }));
    expect(open).toMatchObject({ is_closed: false, closed_at: null, updated_at: "2026-03-02T10:00:02.000Z" });
  });

  test("PUT with both keys does both at once: assigned and closed", async () => {
    const at = edge();
    const of = await tenant(at);
    const address = `${orgLeads(of)}/${await lead(at, of.formId)}`;
    const body = { assigned_user_id: of.agent.id, is_closed: true };
    expect(await answer(await put(at, address, of.admin, body))).toMatchObject(body);
    const back = { assigned_user_id: null, is_closed: false };
    expect(await answer(await put(at, address, of.admin, back))).toMatchObject({ ...back, closed_at: null });
  });

  test("reassigning, also of a closed lead, moves the owner and leaves closed_at alone", async () => {
    const at = edge();
    const of = await tenant(at);
    const address = `${orgLeads(of)}/${await lead(at, of.formId)}`;
    const first = await answer(await put(at, address, of.admin, { assigned_user_id: of.agent.id, is_closed: true }));
    at.clock.now += 5_000;
    const second = await answer(await patch(at, address, of.admin, { assigned_user_id: of.otherAgent.id }));
    expect(second).toMatchObject({ assigned_user_id: of.otherAgent.id, is_closed: true, closed_at: first.closed_at });
    expect(second.updated_at).not.toBe(first.updated_at);
  });

  test("a change to what already is so is answered with the lead as it stands, untouched", async () => {
    const at = edge();
    const of = await tenant(at);
    const address = `${orgLeads(of)}/${await lead(at, of.formId)}`;
    const first = await answer(await put(at, address, of.admin, { assigned_user_id: of.agent.id, is_closed: true }));
    at.clock.now += 5_000;
    for (const body of [{}, { is_closed: true }, { assigned_user_id: of.agent.id }]) {
      expect(await answer(await patch(at, address, of.admin, body))).toEqual(first);
    }
  });
});
