/** A room's lead is born once, with everything that a lead has, as soon as somebody can be answered and may be. */
import { beforeEach, describe, expect, it, test } from "vitest";
import { saveRoom } from "../../../../worker/services/save-room.ts";
import { CONTACT_FIELDS, type Edge, edge, form, START, type Tenant, tenant } from "../../../support/edge.ts";
import { count, dump, eventKinds, row } from "../../../support/rows.ts";
import { type Opened, opened, visiting } from "../../../support/talks.ts";

const FIELDS = [...CONTACT_FIELDS, { name: "colour", type: "text", label: "Colour" }];
const CONSENT = { version: "7", text: "We keep what you say." };
const ADA = { name: "Ada Lovelace", email: "Ada@Example.com" };

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at, { form: { mode: "chat", fields: FIELDS } });
});

const save = (room: Opened) => saveRoom(visiting(at), room);
const chatForm = (settings: object) => form(at, to.id, { mode: "chat", fields: FIELDS, ...settings });
const json = async (sql: string) => JSON.parse((await row<{ value: string }>(`SELECT ${sql}`)).value) as unknown;

describe("a room without a lead", () => {
  it("is known by its status and operator, and nothing else is kept", async () => {
    const room = await opened(at, to.formId, "the-visitor");
    const state = room.next({ status: "talking", operatorId: to.agent.user_id });
    expect(await save(state)).toEqual({ lead: null, isEmptied: false });
    expect(await row("SELECT status, operator_id, version, lead_id, closed_at, transcript FROM room")).toEqual({
      ...{ status: "talking", operator_id: to.agent.user_id, version: 2, lead_id: null },
      ...{ closed_at: null, transcript: null },
    });
    expect([await count("lead"), await count("contact"), await count("claim")]).toEqual([0, 0, 0]);
  });

  it("keeps nothing of the visitor when it ends", async () => {
    const room = await opened(at, to.formId, "the-visitor");
    const transcript = [
      { kind: "system" as const, seq: 1, at: START, visibility: "all" as const, text: "x", type: "y" },
    ];
    await save(room.next({ status: "closed", closedAt: START + 5, transcript, said: {} }));
    expect(await row("SELECT status, closed_at, transcript, visitor_id FROM room")).toEqual({
      ...{ status: "closed", closed_at: START + 5, transcript: null, visitor_id: null },
    });
  });

  it("was opened, or nothing is saved", async () => {
    const room = await opened(at, to.formId);
    await expect(save(room.next({ roomId: "another" }))).rejects.toThrow("never opened");
  });
});

describe("a lead is born", () => {
  test.each([
    ["name", "Ada"],
    ["email", "a@b.example"],
    ["phone", "+358 40 1234567"],
  ])("of a %s", async (name, value) => {
    const formId = await chatForm({ fields: FIELDS.map((field) => ({ ...field, required: false })) });
    const room = await opened(at, formId);
    const saved = await save(room.next({ said: { [name]: value } }));
    expect(saved).toEqual({
      lead: { uuid: room.leadUuid, person: { name: null, email: null, phone: null, [name]: value } },
      isEmptied: false,
    });
    expect(await count("lead")).toBe(1);
  });

  it("of nothing else", async () => {
    const formId = await chatForm({ fields: FIELDS.map((field) => ({ ...field, required: false })) });
    const room = await opened(at, formId);
    expect((await save(room.next({ said: { message: "Help!", colour: "Red" } }))).lead).toBeNull();
    expect(await count("lead")).toBe(0);
  });

  it("with where the visitor came from and what was answered, by the organization's policy", async () => {
    const room = await opened(at, to.formId, "the-visitor");
    const visit = {
      ...{
        visitorId: "the-visitor",
        pageUrl: "https://a.example/p?utm_source=ad",
        pageTitle: "P",
        referrer: "https://b.example",
      },
      ...{ ip: "203.0.113.7", geography: { country: "FI" }, browser: "Firefox" },
    };
    await save(room.next({ said: { ...ADA, phone: "040 1234567", message: "Two, please.", colour: "Red" }, visit }));
    const columns =
      "state, category, source, form_id, room_id, visitor_id, name, message, page_url, page_title, ip, browser";
    expect(await row(`SELECT ${columns} FROM lead`)).toEqual({
      ...{ state: "incoming", category: "chats", source: "chat", form_id: to.formId, room_id: room.roomId },
      ...{ visitor_id: "the-visitor", name: "Ada Lovelace", message: "Two, please.", page_title: "P" },
      ...{ page_url: "https://a.example/p?utm_source=ad", ip: "203.0.113.7", browser: "Firefox" },
    });
    expect(await json("json_array(json(utm), json(geo), json(answers)) AS value FROM lead")).toEqual([
      { source: "ad" },
      { country: "FI" },
      [
        ...["name", "email", "phone", "message"].map((name) => ({ name, mapsTo: name })),
        { name: "colour", value: "Red" },
      ],
    ]);
    expect(await row("SELECT name, first_name, last_name, email_key, phone_key FROM contact")).toEqual({
      ...{ name: "Ada Lovelace", first_name: "Ada", last_name: "Lovelace" },
      ...{ email_key: "ada@example.com", phone_key: "+358401234567" },
    });
    expect(await count("room", "lead_id = (SELECT id FROM lead)")).toBe(1);
    expect(await row("SELECT kind, version, actor_kind, actor_id FROM lead_event")).toEqual({
      ...{ kind: "created", version: 1, actor_kind: "visitor", actor_id: null },
    });
  });

  it("with the eight documented keys of how it came in", async () => {
    const room = await opened(at, to.formId, "the-visitor");
    at.clock.now += 60_000;
    await save(room.next({ said: ADA, lastText: "Ada@Example.com" }));
    expect(await json("metadata AS value FROM incoming_lead WHERE category = 'chats' AND outcome IS NULL")).toEqual({
      from: "Ada Lovelace",
      to: to.formId,
      received_at: START / 1_000,
      service: "onlinechat",
      client: { name: "Ada Lovelace", avatar: null },
      origin: { chat_id: room.roomId, ref: null, visitor_uid: "the-visitor" },
      last_message_text: "Ada@Example.com",
      source_name: "Contact us",
    });
  });

  it("of a form for another program without a place in the queue", async () => {
    const room = await opened(at, await chatForm({ is_processable: true }));
    await save(room.next({ said: ADA }));
    expect([await count("lead", "state = 'pending' AND is_processable"), await count("incoming_lead")]).toEqual([1, 0]);
  });

  it("with the consent that was given, and in which language", async () => {
    const room = await opened(at, await chatForm({ consent: CONSENT }));
    await save(room.next({ said: { consent: true, ...ADA }, locale: "fi" }));
    expect(await json("consent AS value FROM lead")).toEqual({ version: "7", given: true, locale: "fi", at: START });
  });

  it("not before consent that is required, whatever the page knows", async () => {
    const room = await opened(at, await chatForm({ consent: CONSENT }));
    const known = { answers: { name: "Ada", email: "a@b.example" }, skipped: [], consent: null };
    expect((await save(room.next({ talk: known }))).lead).toBeNull();
    expect((await save(room.next({ version: 3, talk: { ...known, consent: true } }))).lead).not.toBeNull();
  });

  it("also where consent is a choice that was not taken", async () => {
    const room = await opened(at, await chatForm({ consent: { ...CONSENT, required: false } }));
    await save(room.next({ said: { consent: false, ...ADA } }));
    expect(await json("consent AS value FROM lead")).toMatchObject({ given: false });
  });

  it("and ended in the same moment, with its transcript", async () => {
    const room = await opened(at, to.formId);
    await save(room.next({ said: ADA, status: "closed", closedAt: START, transcript: [] }));
    expect(await eventKinds(room.leadUuid)).toEqual(["created", "chat-ended"]);
    expect(await row("SELECT status, transcript FROM room")).toEqual({ status: "closed", transcript: "[]" });
  });
});

describe("a state of the room", () => {
  it("that was saved changes nothing again, nor does an older one", async () => {
    const room = await opened(at, to.formId);
    const named = room.next({ said: { name: "Ada" } });
    const known = named.next({ said: { email: "a@b.example" } });
    const saved = await save(known);
    const before = await dump();
    for (const state of [known, named, room, named.next({ said: { email: "c@d.example" } })]) {
      expect(await save(state)).toEqual(saved);
    }
    expect(await dump()).toEqual(before);
  });

  it("never comes after the end", async () => {
    const room = await opened(at, to.formId);
    const known = room.next({ said: ADA });
    const ended = known.next({ status: "closed", closedAt: START, transcript: [] });
    const saved = await save(ended);
    const before = await dump();
    expect(await save(ended.next({ status: "talking", said: { message: "More" } }))).toEqual(saved);
    expect(await dump()).toEqual(before);
  });

  it("of which the answer was lost is followed by the next one", async () => {
    const room = await opened(at, to.formId);
    const known = room.next({ said: ADA });
    await save(known);
    // The room has not heard that its lead stands
    const saved = await save(known.next({ said: { colour: "Red" } }));
    expect(saved.lead?.uuid).toBe(room.leadUuid);
    expect(await eventKinds(room.leadUuid)).toEqual(["created", "edit"]);
    expect(await count("lead", `answers LIKE '%Red%'`)).toBe(1);
  });

  it("that takes the whole person back keeps the lead", async () => {
    const fields = FIELDS.map((field) => ({ ...field, required: false }));
    const room = await opened(at, await chatForm({ fields }));
    const known = room.next({ said: { name: "Ada" } });
    await save(known);
    const saved = await save(known.next({ said: { name: null } }));
    expect(saved.lead).toEqual({ uuid: room.leadUuid, person: { name: null, email: null, phone: null } });
  });
});
