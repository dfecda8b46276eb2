/** What is said later: edits of the lead as long as it takes them, a second room of the same visitor, and the end. */
import { beforeEach, describe, expect, it, test } from "vitest";
import { openRoom } from "../../../../worker/services/open-room.ts";
import { saveRoom } from "../../../../worker/services/save-room.ts";
import { accept, decline } from "../../../contract/unsorted/v4.ts";
import { CONTACT_FIELDS, type Edge, edge, form, START, type Tenant, tenant } from "../../../support/edge.ts";
import { count, dump, eventKinds, row, rows } from "../../../support/rows.ts";
import { asAdmin } from "../../../support/spam.ts";
import { stand } from "../../../support/standing-leads.ts";
import { type Opened, opened, visiting } from "../../../support/talks.ts";

const FIELDS = [
  ...CONTACT_FIELDS.map((field) => ({ ...field, required: false })),
  { name: "colour", type: "text", label: "Colour" },
  { name: "size", type: "text", label: "Size" },
];
const TRANSCRIPT = [{ kind: "system" as const, seq: 1, at: START, visibility: "all" as const, text: "x", type: "y" }];
const VISITOR = "the-visitor";

let at: Edge;
let to: Tenant;
let room: Opened;
beforeEach(async () => {
  at = edge();
  to = await tenant(at, { form: { mode: "chat", fields: FIELDS } });
  room = await opened(at, to.formId, VISITOR);
});

/** Saves as a room does: it remembers its lead. @returns the room after that. */
async function save(state: Opened): Promise<Opened> {
  const { lead } = await saveRoom(visiting(at), state);
  return state.next({ version: state.version, lead: lead?.uuid ?? null, savedTalk: true });
}
const then = (state: Opened, change: Parameters<Opened["next"]>[0] = {}) =>
  save(state.next({ savedTalk: change.said === undefined, ...change }));
const lead = () =>
  row<{ name: string; message: string; answers: string; version: number }>(
    "SELECT name, message, answers, version FROM lead",
  );
const answers = async () =>
  Object.fromEntries(
    (JSON.parse((await lead()).answers) as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
  );
const contact = () => row("SELECT name, first_name, last_name, email, email_key, phone_key FROM contact");

describe("later answers", () => {
  it("are edits of the lead and its person, and show in the queue", async () => {
    const named = await save(room.next({ said: { name: "Ada" } }));
    await then(named, {
      said: { name: "Grace Hopper", email: "G@H.example", message: "Hi", colour: "Red" },
      lastText: "Red",
    });
    expect(await lead()).toMatchObject({ name: "Grace Hopper", message: "Hi", version: 2 });
    expect(await answers()).toEqual({ name: undefined, email: undefined, message: undefined, colour: "Red" });
    expect(await contact()).toEqual({
      ...{ name: "Grace Hopper", first_name: "Grace", last_name: "Hopper" },
      ...{ email: "G@H.example", email_key: "g@h.example", phone_key: null },
    });
    const { metadata } = await row<{ metadata: string }>("SELECT metadata FROM incoming_lead");
    expect(JSON.parse(metadata)).toMatchObject({
      ...{ from: "Grace Hopper", client: { name: "Grace Hopper", avatar: null } },
      ...{ last_message_text: "Red", service: "onlinechat" },
    });
    const events = await rows("SELECT kind, actor_kind, actor_id FROM lead_event ORDER BY version");
    expect(events[1]).toEqual({ kind: "edit", actor_kind: "visitor", actor_id: null });
  });

  it("that take something back empty it, and nothing that nobody asked for", async () => {
    const known = await save(room.next({ said: { name: "Ada Lovelace", email: "a@b.example", colour: "Red" } }));
    await at.env.DB.prepare("UPDATE contact SET company_name = 'Engines'").run();
    await then(known, { said: { email: null, colour: null } });
    expect(await contact()).toMatchObject({ name: "Ada Lovelace", email: null, email_key: null });
    expect([await answers(), await count("contact", "company_name = 'Engines'")]).toEqual([{ name: undefined }, 1]);
  });

  it("are written once: a state of the room without any is no event", async () => {
    const known = await save(room.next({ said: { name: "Ada" } }));
    await then(known, { status: "waiting" });
    await then(known.next(), { status: "talking", operatorId: to.agent.user_id });
    expect(await eventKinds(room.leadUuid)).toEqual(["created"]);
    expect(await row("SELECT status, operator_id FROM room")).toEqual({
      status: "talking",
      operator_id: to.agent.user_id,
    });
  });

  it("go to a lead that was accepted in the meantime", async () => {
    const known = await save(room.next({ said: { name: "Ada" } }));
    const { uid } = await row<{ uid: string }>("SELECT uid FROM incoming_lead");
    await accept(at, uid, to.agent);
    await then(known, { said: { email: "a@b.example" } });
    expect([await count("contact", "email = 'a@b.example'"), (await eventKinds(room.leadUuid)).at(-1)]).toEqual([
      1,
      "edit",
    ]);
  });

  it("do not reach a lead that was sorted away; the room goes on", async () => {
    const known = await save(room.next({ said: { name: "Ada" } }));
    const { uid } = await row<{ uid: string }>("SELECT uid FROM incoming_lead");
    await decline(at, uid, to.agent);
    const before = await dump();
    await then(known, { said: { email: "a@b.example" }, status: "waiting" });
    const after = await dump();
    expect({ ...after, room: null }).toEqual({ ...before, room: null });
    expect(await row("SELECT status, version FROM room")).toEqual({ status: "waiting", version: 3 });
  });

  it("change when consent was given only where it changes", async () => {
    const consent = { version: "1", text: "We keep it.", required: false };
    const formId = await form(at, to.id, { mode: "chat", fields: FIELDS, consent });
    const agreed = await save((await opened(at, formId)).next({ said: { consent: true, name: "Ada" } }));
    const given = async () =>
      JSON.parse((await row<{ consent: string }>("SELECT consent FROM lead")).consent) as unknown;
    at.clock.now += 1_000;
    const coloured = await then(agreed, { said: { colour: "Red" } });
    expect(await given()).toEqual({ version: "1", given: true, at: START });
    await then(coloured, { said: { consent: false } });
    expect(await given()).toEqual({ version: "1", given: false, at: START + 1_000 });
  });
});

describe("a second room of the same visitor at the same form", () => {
  const second = async (said: Record<string, string>) => save((await opened(at, to.formId, VISITOR)).next({ said }));

  it("goes on with the lead while it waits, and empties nothing of it", async () => {
    await save(room.next({ said: { name: "Ada Lovelace", email: "a@b.example", colour: "Red", size: "S" } }));
    const again = await second({ phone: "+358 40 1234567", size: "L" });
    expect([await count("lead"), again.lead]).toEqual([1, room.leadUuid]);
    expect(await contact()).toMatchObject({ name: "Ada Lovelace", email: "a@b.example", phone_key: "+358401234567" });
    expect(await answers()).toMatchObject({ colour: "Red", size: "L" });
    expect(await count("room", "lead_id = (SELECT id FROM lead)")).toBe(2);
    await then(again, { said: { name: "Grace" } });
    expect(await contact()).toMatchObject({
      name: "Grace",
      first_name: "Grace",
      last_name: null,
      email: "a@b.example",
    });
    expect(await eventKinds(room.leadUuid)).toEqual(["created", "edit", "edit"]);
  });

  it("says the same again when it is saved again", async () => {
    await save(room.next({ said: { name: "Ada" } }));
    const state = (await opened(at, to.formId, VISITOR)).next({ said: { email: "a@b.example" } });
    const saved = await saveRoom(visiting(at), state);
    const before = await dump();
    expect(await saveRoom(visiting(at), state)).toEqual(saved);
    expect(await dump()).toEqual(before);
  });

  test.each(["pending", "declined", "closed"] as const)("makes its own once the first is %s", async (state) => {
    await save(room.next({ said: { name: "Ada" } }));
    await stand(room.leadUuid, state);
    const again = await second({ name: "Ada" });
    expect([again.lead, await count("lead")]).toEqual([again.leadUuid, 2]);
  });

  it("keeps to the lead that it went on with, though its answer was lost and that lead was sorted since", async () => {
    await save(room.next({ said: { name: "Ada" } }));
    const state = (await opened(at, to.formId, VISITOR)).next({ said: { email: "a@b.example" } });
    await saveRoom(visiting(at), state);
    await stand(room.leadUuid, "declined");
    const saved = await saveRoom(visiting(at), state.next({ said: { phone: "+358 40 1234567" } }));
    expect([saved.lead?.uuid, await count("lead")]).toEqual([room.leadUuid, 1]);
  });

  test.each(["another visitor", null])("is none of %s's", async (visitorId) => {
    await save(room.next({ said: { name: "Ada" } }));
    await save((await opened(at, to.formId, visitorId)).next({ said: { name: "Ada" } }));
    expect(await count("lead")).toBe(2);
  });

  it("makes its own where the form takes whatever comes", async () => {
    const formId = await form(at, to.id, { mode: "chat", fields: FIELDS, duplicate_policy: "off" });
    for (let rooms = 0; rooms < 2; rooms += 1) {
      await save((await opened(at, formId, VISITOR)).next({ said: { name: "Ada" } }));
    }
    expect([await count("lead"), await count("claim")]).toEqual([2, 0]);
  });
});

describe("the end", () => {
  const END = { status: "closed", closedAt: START + 9, transcript: TRANSCRIPT, savedTalk: true } as const;

  it("keeps the transcript with the room, and is an event of who ended it", async () => {
    const known = await save(room.next({ said: { name: "Ada" } }));
    await then(known, END);
    expect(await row("SELECT status, closed_at, visitor_id, transcript FROM room")).toEqual({
      ...{ status: "closed", closed_at: START + 9, visitor_id: VISITOR, transcript: JSON.stringify(TRANSCRIPT) },
    });
    const events = await rows("SELECT kind, actor_kind FROM lead_event ORDER BY version");
    expect(events[1]).toEqual({ kind: "chat-ended", actor_kind: "system" });
  });

  it("takes the last answers with it", async () => {
    const known = await save(room.next({ said: { name: "Ada" } }));
    const closedBy = { kind: "visitor", visitorId: VISITOR } as const;
    await then(known, { ...END, closedBy, said: { email: "a@b.example" }, savedTalk: false });
    expect([await count("contact", "email = 'a@b.example'"), await eventKinds(room.leadUuid)]).toEqual([
      1,
      ["created", "chat-ended"],
    ]);
  });

  it("leaves the transcript with a lead that was sorted away", async () => {
    const known = await save(room.next({ said: { name: "Ada" } }));
    await stand(room.leadUuid, "declined");
    await then(known, END);
    expect([await count("room", "transcript IS NOT NULL"), await eventKinds(room.leadUuid)]).toEqual([1, ["created"]]);
  });
});

describe("a purge", () => {
  it("ends the room, which is told of it and writes nothing any more", async () => {
    const known = await save(room.next({ said: { name: "Ada", colour: "Red" } }));
    expect((await asAdmin(at, to, "POST", "/purge", { lead_id: room.leadUuid })).status).toBe(200);
    const before = await dump();
    expect(await row("SELECT status, closed_at, visitor_id FROM room")).toEqual({
      ...{ status: "closed", closed_at: START, visitor_id: null },
    });
    const more = known.next({ said: { email: "a@b.example" }, savedTalk: false });
    const ended = more.next({ status: "closed", closedAt: START, transcript: TRANSCRIPT });
    for (const state of [more, ended, more.next({ lead: null })]) {
      expect((await saveRoom(visiting(at), state)).isEmptied).toBe(true);
    }
    expect(await dump()).toEqual(before);
    const opening = { form: room.form, roomId: room.roomId, visitorId: VISITOR, ip: null };
    expect(await openRoom(visiting(at), opening)).toEqual({ ok: false, failure: { kind: "closed" } });
  });

  it("of the earlier lead has the same visitor's next room make its own", async () => {
    await save(room.next({ said: { name: "Ada" } }));
    await asAdmin(at, to, "POST", "/purge", { lead_id: room.leadUuid });
    const again = await save((await opened(at, to.formId, VISITOR)).next({ said: { name: "Ada" } }));
    expect(again.lead).toBe(again.leadUuid);
  });
});
