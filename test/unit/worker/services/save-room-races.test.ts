/** Rooms that are saved at the same moment, twice, late, or while somebody sorts their lead: one lead, and the last word. */
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { ChatAnswer } from "../../../../shared/chat-frames.ts";
import { saveRoom } from "../../../../worker/services/save-room.ts";
import { accept, decline, link } from "../../../contract/unsorted/v4.ts";
import { CONTACT_FIELDS, type Edge, edge, START, type Tenant, tenant } from "../../../support/edge.ts";
import { interrupt } from "../../../support/interrupt.ts";
import { count, eventKinds, row, rows } from "../../../support/rows.ts";
import { asAdmin } from "../../../support/spam.ts";
import { stand } from "../../../support/standing-leads.ts";
import { type Opened, opened, visiting } from "../../../support/talks.ts";

const FIELDS = [
  ...CONTACT_FIELDS.map((field) => ({ ...field, required: false })),
  { name: "colour", type: "text", label: "Colour" },
];
const VISITOR = "the-visitor";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at, { form: { mode: "chat", fields: FIELDS } });
});

const save = (room: Opened) => saveRoom(visiting(at), room);
const anotherRoom = (visitorId: string | null = VISITOR) => opened(at, to.formId, visitorId);
const uid = async () => (await row<{ uid: string }>("SELECT uid FROM incoming_lead WHERE outcome IS NULL")).uid;

describe("at the same moment", () => {
  it("one state that is saved many times makes one lead", async () => {
    const known = (await anotherRoom()).next({ said: { name: "Ada" } });
    const saved = await Promise.all(Array.from({ length: 10 }, () => save(known)));
    expect(new Set(saved.map(({ lead }) => lead?.uuid))).toEqual(new Set([known.leadUuid]));
    expect([await count("lead"), await eventKinds(known.leadUuid)]).toEqual([1, ["created"]]);
  });

  it("twenty rooms of one visitor have one lead, which says what each of them adds", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => anotherRoom()));
    const saved = await Promise.all(all.map((room) => save(room.next({ said: { name: "Ada" } }))));
    expect([new Set(saved.map(({ lead }) => lead?.uuid)).size, await count("lead")]).toEqual([1, 1]);
    expect(await count("room", "lead_id = (SELECT id FROM lead) AND version = 2")).toBe(20);
    expect(await eventKinds(saved[0]?.lead?.uuid as string)).toEqual(["created", ...Array(19).fill("edit")]);
  });

  it("an end and a purge leave nothing said, whichever comes first", async () => {
    for (const isLate of [false, true]) {
      const known = (await anotherRoom(null)).next({ said: { name: "Ada" } });
      await save(known);
      const transcript = [
        { kind: "system" as const, seq: 1, at: START, visibility: "all" as const, text: "x", type: "y" },
      ];
      const end = () => save(known.next({ status: "closed", closedAt: START, transcript }));
      const purge = () => asAdmin(at, to, "POST", "/purge", { lead_id: known.leadUuid });
      await Promise.all(isLate ? [purge(), end()] : [end(), purge()]);
      expect(await count("room", "id = ? AND (status <> 'closed' OR transcript NOT NULL)", known.roomId)).toBe(0);
    }
  });
});

describe("between a room's look at the visitor's earlier lead and its change", () => {
  let second: Opened;
  let first: Opened;
  beforeEach(async () => {
    first = (await anotherRoom()).next({ said: { name: "Ada" } });
    await save(first);
    second = (await anotherRoom()).next({ said: { name: "Ada", email: "a@b.example" } });
  });

  it.each([
    ["declined", async () => decline(at, await uid(), to.agent)],
    ["accepted", async () => accept(at, await uid(), to.agent)],
    ["purged", () => asAdmin(at, to, "POST", "/purge", { lead_id: first.leadUuid })],
  ])("that lead is %s: the room makes its own, and nothing is lost", async (_what, between) => {
    interrupt(at, between);
    const { lead } = await save(second);
    expect(lead).toEqual({ uuid: second.leadUuid, person: { name: "Ada", email: "a@b.example", phone: null } });
    expect(await count("contact", "email = 'a@b.example'")).toBe(1);
    expect(
      await row("SELECT uuid, version FROM lead WHERE id = (SELECT lead_id FROM room WHERE id = ?)", second.roomId),
    ).toEqual({ uuid: second.leadUuid, version: 1 });
  });

  it("a later state of the room is saved: the older one changes nothing", async () => {
    const later = second.next({ said: { email: "c@d.example" } });
    interrupt(at, () => save(later));
    await save(second);
    expect(await rows("SELECT email FROM contact")).toEqual([{ email: "c@d.example" }]);
    expect(await eventKinds(first.leadUuid)).toEqual(["created", "edit"]);
  });
});

describe("a lead that was linked", () => {
  it("has given its room to another one: answers are no longer taken, the transcript goes there", async () => {
    const target = (await anotherRoom("somebody-else")).next({ said: { name: "Grace" } });
    await save(target);
    await stand(target.leadUuid, "pending");
    await at.env.DB.prepare("UPDATE incoming_lead SET outcome = 'accepted', sorted_at = 1").run();
    const room = (await anotherRoom()).next({ said: { name: "Ada" } });
    const { lead } = await save(room);
    const { id } = await row<{ id: number }>("SELECT id FROM lead WHERE uuid = ?", target.leadUuid);
    const linked = await link(at, await uid(), to.admin, { link: { entity_id: id, entity_type: "leads" } });
    expect(linked.status).toBe(200);
    const after = room.next({ said: { email: "a@b.example" }, lead: lead?.uuid as string });
    expect((await save(after)).lead?.uuid).toBe(room.leadUuid);
    await save(after.next({ status: "closed", closedAt: START, transcript: [], savedTalk: true }));
    expect(await count("contact", "email IS NOT NULL")).toBe(0);
    expect(await row("SELECT lead_id, transcript FROM room WHERE id = ?", room.roomId)).toEqual({
      ...{ lead_id: id, transcript: "[]" },
    });
  });
});

describe("in whatever order, and however often", () => {
  const someAnswers = fc.record(
    {
      name: fc.constantFrom("Ada", "Grace", null),
      email: fc.constantFrom("a@b.example", null),
      colour: fc.constantFrom("Red", "Blue", null),
    },
    { requiredKeys: [] },
  );
  const someStates = fc.array(
    fc.record({ said: someAnswers, status: fc.constantFrom("guided", "waiting", "talking"), isHeard: fc.boolean() }),
    { minLength: 2, maxLength: 5 },
  );

  it("a room's states are saved, the last one stands, as if no other had been late", async () => {
    const scenario = fc.tuple(someStates, fc.array(fc.nat(4), { minLength: 2, maxLength: 8 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(scenario, async ([steps, order, atOnce]) => {
        const states: Opened[] = [];
        let last = await anotherRoom(null);
        for (const { said, status } of steps) {
          last = last.next({ said: said as Record<string, ChatAnswer>, status: status as "guided" });
          states.push(last);
        }
        const saves = order.map((index) => states[index % states.length] as Opened);
        const heard = steps.map(({ isHeard }) => isHeard);
        let lead: string | null = null;
        const one = async (state: Opened) => {
          const known = heard[states.indexOf(state)] ? lead : null;
          const saved = await save({ ...state, lead: known });
          lead = saved.lead?.uuid ?? lead;
        };
        if (atOnce) await Promise.all(saves.map(one));
        else for (const state of saves) await one(state);
        const newest = saves.reduce((a, b) => (a.version > b.version ? a : b));
        const { answers } = newest.talk;
        expect(await row("SELECT version, status FROM room WHERE id = ?", last.roomId)).toEqual({
          ...{ version: newest.version, status: newest.status },
        });
        const [found] = await rows<{ name: string | null; email: string | null; answers: string }>(
          `SELECT contact.name, contact.email, lead.answers FROM lead JOIN contact ON contact.id = lead.contact_id
            WHERE lead.room_id = ?`,
          last.roomId,
        );
        if (found === undefined) expect([answers.name, answers.email]).toEqual([undefined, undefined]);
        else {
          const { name = null, email = null } = answers;
          expect([found.name, found.email]).toEqual([name, email]);
          expect(JSON.parse(found.answers)).toHaveLength(Object.keys(answers).length);
          await eventKinds(last.leadUuid);
        }
        expect(await count("lead", "room_id = ?", last.roomId)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });
});
