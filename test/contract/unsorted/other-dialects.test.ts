/** The same leads through other doors: what happens there is true here at once, and the other way round. */
import { describe, expect, test } from "vitest";
import { admin, capture, type Edge, edge, lead, somebody, type Tenant, tenant } from "../../support/edge.ts";
import { accept, decline, get, hal, list, nothing, problem, retrieve, summary, UNSORTED, uids } from "./v4.ts";

interface Told {
  is_closed: boolean;
  assigned_user_id: string | null;
  closed_at: string | null;
}

async function sent(form: object = {}) {
  const at = edge();
  const of = await tenant(at, { form });
  const data = somebody();
  const id = await lead(at, of.formId, { data });
  const uid = (await uids(at, of))[0] as string;
  return { at, of, id, uid, data };
}
const v5 = (at: Edge, path: string, of: Tenant, body?: object): Promise<Response> =>
  at.send(body ? "PATCH" : "GET", `/api/v5${path}`, { token: of.agent.token, body });
const pending = (of: Tenant, id: string): string => `/users/${of.agent.id}/pending_leads/${id}`;
const told = async (at: Edge, of: Tenant, id: string): Promise<Told> =>
  (await at.send("GET", `/api/v5/orgs/${of.id}/leads/${id}`, { token: of.admin.token })).json<Told>();

describe("a form that a visitor sends in the widget", () => {
  test("is in the list at once, with the answers of its person", async () => {
    const { at, of, uid, data } = await sent();
    const { _embedded, created_at } = await retrieve(at, of, uid);
    expect(created_at).toBe(at.clock.now / 1000);
    const contact = await hal(await get(at, `/api/v4/contacts/${_embedded.contacts[0]?.id}`, of.agent));
    const values = [{ value: data.email }];
    const email = expect.objectContaining({
      field_code: "EMAIL",
      values: [expect.objectContaining(values[0] as object)],
    });
    expect(contact).toMatchObject({ name: data.name, is_unsorted: true, custom_fields_values: [email] });
  });

  test("is not there while it is held as spam, and is once it is released", async () => {
    const at = edge();
    const of = await tenant(at);
    const id = await lead(at, of.formId, { elapsed_ms: 5 });
    await nothing(await get(at, UNSORTED, of.agent));
    await admin(at, "POST", `/organizations/${of.id}/held-leads/${id}/release`);
    expect(await list(at, of)).toHaveLength(1);
  });

  test("is never there where another program processes its form's leads", async () => {
    const at = edge();
    const of = await tenant(at, { form: { is_processable: true } });
    await lead(at, of.formId);
    await nothing(await get(at, UNSORTED, of.agent));
    expect((await summary(at, of)).total).toBe(0);
    expect(
      (await hal<{ _embedded: { leads: object[] } }>(await get(at, "/api/v4/leads", of.agent)))._embedded.leads,
    ).toHaveLength(1);
  });
});

describe("sorted here, seen there", () => {
  test("accepted for nobody it stays everybody's", async () => {
    const { at, of, id, uid } = await sent();
    await hal(await accept(at, uid, of.agent));
    expect((await v5(at, pending(of, id), of)).status).toBe(200);
    expect(await told(at, of, id)).toMatchObject({ is_closed: false, assigned_user_id: null });
  });

  test("accepted for a user it is theirs, and out of everybody's pending leads", async () => {
    const { at, of, id, uid } = await sent();
    await hal(await accept(at, uid, of.admin, { user_id: of.otherAgent.user_id }));
    expect((await v5(at, pending(of, id), of)).status).toBe(404);
    expect(await told(at, of, id)).toMatchObject({ is_closed: false, assigned_user_id: of.otherAgent.id });
  });

  test("declined it is closed, and nothing changes it any more", async () => {
    const { at, of, id, uid } = await sent();
    at.clock.now += 1_000;
    await hal(await decline(at, uid, of.agent));
    const closed_at = new Date(at.clock.now).toISOString();
    expect(await told(at, of, id)).toMatchObject({ is_closed: true, closed_at });
    expect((await v5(at, pending(of, id), of)).status).toBe(404);
    const reopened = await v5(at, `/orgs/${of.id}/leads/${id}`, of, { is_closed: false });
    expect(reopened.status).toBe(404);
  });
});

describe("done there, seen here", () => {
  test.each([
    ["picked", (of: Tenant) => ({ assigned_user_id: of.agent.id })],
    ["closed", () => ({ is_closed: true })],
  ])("%s it is accepted, and waits here no more", async (_, body) => {
    const { at, of, id, uid } = await sent();
    expect((await v5(at, `/orgs/${of.id}/leads/${id}`, of, body(of))).status).toBe(200);
    await nothing(await get(at, UNSORTED, of.agent));
    expect(await summary(at, of)).toMatchObject({ total: 1, accepted: 1, declined: 0 });
    for (const sort of [accept, decline]) await problem(await sort(at, uid, of.agent), 404);
    expect((await retrieve(at, of, uid)).uid).toBe(uid);
  });

  test("given back there, it does not wait here again", async () => {
    const { at, of, id } = await sent();
    const path = `/orgs/${of.id}/leads/${id}`;
    for (const assigned_user_id of [of.agent.id, null]) await v5(at, path, of, { assigned_user_id });
    await nothing(await get(at, UNSORTED, of.agent));
  });

  test("purged it still waits, without what it said: times and counts stay", async () => {
    const { at, of, id, uid } = await sent();
    const before = await retrieve(at, of, uid);
    await admin(at, "POST", `/organizations/${of.id}/purge`, { lead_id: id });
    const after = await retrieve(at, of, uid);
    const { form_sent_at } = before.metadata;
    const emptied = Object.fromEntries(Object.keys(before.metadata).map((key) => [key, null]));
    expect(after.metadata).toEqual({ ...emptied, form_sent_at });
    expect(after).toMatchObject({ created_at: before.created_at, category: "forms" });
    expect((await summary(at, of)).total).toBe(1);
    await hal(await accept(at, uid, of.agent));
  });
});

describe("the same request again, from the widget", () => {
  test("where a form takes each person once: not while their lead is open, and again once it was declined here", async () => {
    const at = edge();
    const of = await tenant(at, { form: { duplicate_policy: "contact" } });
    const again = async (): Promise<number> => {
      const data = { ...somebody(), email: "ada@example.com" };
      return (await capture(at, of.formId, { visitor_id: "v", data })).status;
    };
    expect(await again()).toBe(201);
    await hal(await decline(at, (await uids(at, of))[0] as string, of.agent));
    expect(await again()).toBe(201);
    await hal(await accept(at, (await uids(at, of))[0] as string, of.agent));
    expect(await again()).toBe(409);
  });

  test.each([accept, decline])("may come once the first was sorted here", async (sort) => {
    const at = edge();
    const of = await tenant(at);
    const request = { visitor_id: "v", data: somebody() };
    await lead(at, of.formId, request);
    expect((await capture(at, of.formId, request)).status).toBe(409);
    await hal(await sort(at, (await uids(at, of))[0] as string, of.agent));
    expect((await capture(at, of.formId, request)).status).toBe(201);
  });
});
