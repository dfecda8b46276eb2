/** "A lead object has the following attributes": each of them, its type, and when it is null. */
import { describe, expect, test } from "vitest";
import { admin, edge, lead, START, tenant } from "../../support/edge.ts";
import { stand } from "../../support/standing-leads.ts";
import { answer, get, orgLeads, patch } from "./v5.ts";

const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

test("a lead of which everything is known has every attribute, with its type", async () => {
  const at = edge();
  const of = await tenant(at, { form: { is_processable: true } });
  const id = await lead(at, of.formId, { visitor_id: "08119566026a4e1194a7a3244c90f925" });
  await patch(at, `${orgLeads(of)}/${id}`, of.admin, { assigned_user_id: of.agent.id, is_closed: true });
  expect(await answer(await get(at, `${orgLeads(of)}/${id}`, of.agent))).toEqual({
    id: UUID,
    lead_form_id: of.formId,
    organization_id: of.id,
    room_id: null,
    legacy_room_id: null,
    assigned_user_id: of.agent.id,
    assigned_user: {
      id: of.agent.id,
      full_name: "bob Doe",
      first_name: "bob",
      last_name: "Doe",
      organization_id: of.id,
      avatar_id: null,
      avatar: null,
      is_bot: false,
      is_staff: false,
    },
    visitor_id: "08119566026a4e1194a7a3244c90f925",
    is_closed: true,
    is_processable: true,
    page_url: "https://giosg.com",
    page_title: "Giosg - intelligent conversion marketing platform",
    data: { name: expect.any(String), email: expect.any(String), message: expect.any(String) },
    created_at: TIME,
    updated_at: TIME,
    closed_at: TIME,
    sensitive_data_purged_at: null,
  });
});

test("what is not known is null, and data has only the fields that the visitor filled", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId, { visitor_id: null, page: {}, data: { email: "a@b.example", phone: "" } });
  expect(await answer(await get(at, `${orgLeads(of)}/${id}`, of.agent))).toMatchObject({
    assigned_user_id: null,
    assigned_user: null,
    visitor_id: null,
    page_url: null,
    page_title: null,
    closed_at: null,
    data: { email: "a@b.example" },
  });
  const { data } = await answer(await get(at, `${orgLeads(of)}/${id}`, of.agent));
  expect(Object.keys(data)).toEqual(["email"]);
});

describe("times", () => {
  test("created_at stays, updated_at follows changes, closed_at is when the lead was closed", async () => {
    const at = edge();
    const of = await tenant(at);
    const id = await lead(at, of.formId);
    const at_ = (seconds: number) => new Date(START + seconds * 1_000).toISOString();
    const change = async (seconds: number, body: object) => {
      at.clock.now = START + seconds * 1_000;
      const { created_at, updated_at, closed_at } = await answer(
        await patch(at, `${orgLeads(of)}/${id}`, of.admin, body),
      );
      return [created_at, updated_at, closed_at];
    };
    expect(await change(1, { assigned_user_id: of.agent.id })).toEqual([at_(0), at_(1), null]);
    expect(await change(2, { is_closed: true })).toEqual([at_(0), at_(2), at_(2)]);
    expect(await change(3, { assigned_user_id: null })).toEqual([at_(0), at_(3), at_(2)]);
    expect(await change(4, { is_closed: false })).toEqual([at_(0), at_(4), null]);
  });

  test("a clock that was set back does not set updated_at back", async () => {
    const at = edge();
    const of = await tenant(at);
    const id = await lead(at, of.formId);
    at.clock.now = START - 5_000;
    const after = await answer(await patch(at, `${orgLeads(of)}/${id}`, of.admin, { is_closed: true }));
    expect(after.updated_at).toBe(new Date(START).toISOString());
  });
});

test("a purge empties data and says when; who and when stay", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  await stand(id, "assigned", of.agent);
  at.clock.now = START + 60_000;
  await admin(at, "POST", `/organizations/${of.id}/purge`, { lead_id: id });
  expect(await answer(await get(at, `${orgLeads(of)}/${id}`, of.agent))).toMatchObject({
    data: {},
    sensitive_data_purged_at: "2026-03-02T10:01:00.000Z",
    assigned_user_id: of.agent.id,
    created_at: "2026-03-02T10:00:00.000Z",
    visitor_id: null,
    page_url: null,
    page_title: null,
  });
});
