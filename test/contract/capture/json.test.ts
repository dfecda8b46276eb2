import { beforeEach, describe, expect, it } from "vitest";
import { patched } from "../../support/asking.ts";
import { CONTACT_FIELDS, capture, type Edge, edge, form, lead, type Tenant, tenant } from "../../support/edge.ts";
import { eventKinds, type Row, row } from "../../support/rows.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const kept = (id: string): Promise<Row> => row("SELECT * FROM lead WHERE uuid = ?", id);

describe("a capture", () => {
  it("is answered 201 with its id and time, and nothing that the form does not say", async () => {
    const response = await capture(at, to.formId);
    expect(response.status).toBe(201);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("idempotent-replayed")).toBeNull();
    const body = await response.json<{ id: string }>();
    expect(body).toEqual({ id: expect.stringMatching(UUID_V7), created_at: "2026-03-02T10:00:00.000Z" });
    expect(await eventKinds(body.id)).toEqual(["created"]);
  });

  it("is answered with the form's own thanks and the next address", async () => {
    const texts = { thanks_title: "Thanks!", thanks_text: "We call today." };
    const id = await form(at, to.id, { texts, thank_you_url: "https://shop.example/thanks?x=1" });
    expect(await (await capture(at, id)).json()).toMatchObject({
      thanks: { title: "Thanks!", text: "We call today." },
      redirect_url: "https://shop.example/thanks?x=1",
    });
  });

  it("may come as text/plain, as a closing page sends it without a preflight", async () => {
    const response = await capture(at, to.formId, {}, { "content-type": "text/plain;charset=UTF-8" });
    expect(response.status).toBe(201);
  });

  it("is a pending lead of everybody at once", async () => {
    const data = { name: "Ann Lee", email: "Ann@Example.org", phone: "+358 40 1234567", message: "  Hi.  " };
    const id = await lead(at, to.formId, { data });
    const path = `/api/v5/users/${to.agent.id}/pending_leads/${id}`;
    const seen = await at.send("GET", path, { token: to.agent.token });
    expect(await seen.json()).toMatchObject({ id, data: { ...data, message: "Hi." }, lead_form_id: to.formId });
  });

  it("of a processable form is nobody's to pick, and accepted at once", async () => {
    const id = await form(at, to.id, { is_processable: true });
    expect(await kept(await lead(at, id))).toMatchObject({ state: "pending", is_processable: 1 });
  });

  it("needs no subscription: nothing is lost", async () => {
    at.clock.now += 400 * 86_400_000;
    expect((await capture(at, to.formId)).status).toBe(201);
  });

  it("keeps the person once, in the contact, with the keys to be found by", async () => {
    const company = [...CONTACT_FIELDS, { name: "firm", type: "text", label: "Firm", maps_to: "company" }];
    const id = await form(at, to.id, { fields: company });
    const data = { name: "Ann Mary Lee", email: " Ann@Example.org ", phone: "+358 (0)40-1234567", firm: "Acme" };
    const uuid = await lead(at, id, { data });
    expect(
      await row("SELECT * FROM contact WHERE id = (SELECT contact_id FROM lead WHERE uuid = ?)", uuid),
    ).toMatchObject({
      name: "Ann Mary Lee",
      first_name: "Ann Mary",
      last_name: "Lee",
      email: "Ann@Example.org",
      email_key: "ann@example.org",
      phone: "+358 (0)40-1234567",
      phone_key: "+358401234567",
      company_name: "Acme",
    });
    expect((await kept(uuid)).answers).not.toMatch(/Ann|Acme|358/);
  });

  it("has its place in the queue of incoming leads, with its source", async () => {
    const uuid = await lead(at, to.formId);
    const incoming = await row(
      "SELECT * FROM incoming_lead WHERE lead_id = (SELECT id FROM lead WHERE uuid = ?)",
      uuid,
    );
    expect(incoming).toMatchObject({
      category: "forms",
      source_uid: to.formId,
      source_name: "Contact us",
      outcome: null,
    });
    expect(incoming.uid).toMatch(/^[0-9a-f]{60}$/);
    expect(JSON.parse(incoming.metadata as string)).toMatchObject({
      form_id: to.formId,
      form_name: "Contact us",
      form_page: "https://giosg.com",
      form_sent_at: at.clock.now / 1000,
    });
    await patched(at, to, uuid, { assigned_user_id: to.agent.id });
    const sorted = "SELECT outcome, sorted_at FROM incoming_lead WHERE uid = ?";
    expect(await row(sorted, incoming.uid)).toEqual({ outcome: "accepted", sorted_at: at.clock.now });
  });

  it("keeps the consent that was given, with its version and time", async () => {
    const id = await form(at, to.id, { consent: { version: "v9", text: "I agree." } });
    const uuid = await lead(at, id, { consent: { version: "v8", given: true } });
    const consent = JSON.parse((await kept(uuid)).consent as string);
    expect(consent).toEqual({ version: "v8", given: true, at: at.clock.now });
  });

  it("keeps null where nothing was said", async () => {
    const { submission_id, data } = { submission_id: crypto.randomUUID(), data: { email: "a@b.example" } };
    const sent = { body: { submission_id, data } };
    const { id } = await (await at.send("POST", `/v1/forms/${to.formId}/leads`, sent)).json<{ id: string }>();
    const empty = {
      visitor_id: null,
      page_url: null,
      page_title: null,
      referrer: null,
      utm: null,
      ip: null,
      geo: null,
    };
    expect(await kept(id)).toMatchObject({ ...empty, browser: null, consent: null, name: null, message: null });
  });
});
