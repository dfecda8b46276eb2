/** Rooms as operators list them, and what is kept of those that have ended. */
import { beforeEach, describe, expect, it, test } from "vitest";
import type { TranscriptInput } from "../../../worker/domain/transcript.ts";
import { expectProblem } from "../../support/asking.ts";
import { admin, type Edge, edge, lead, type Tenant, tenant } from "../../support/edge.ts";
import { row, rows } from "../../support/rows.ts";
import { ask, keepRoom, listed, pathOf, roomId } from "./operators.ts";

let at: Edge;
let of: Tenant;
beforeEach(async () => {
  at = edge();
  of = await tenant(at);
});

const list = (query = "", who = of.agent) => listed(ask(at, who, "GET", `/rooms${query}`));
const ids = async (query = "", who = of.agent): Promise<string[]> =>
  (await list(query, who)).results.map(({ room }) => room);

describe("a list of rooms", () => {
  it("has all that go on, the oldest first, for agents and administrators alike", async () => {
    const second = await keepRoom(of, { opened_at: 2_000, status: "waiting" });
    const first = await keepRoom(of, { opened_at: 1_000 });
    const third = await keepRoom(of, { opened_at: 3_000, status: "talking", operator_id: of.otherAgent.user_id });
    await keepRoom(of, { status: "closed", closed_at: 5_000 });
    expect(await ids()).toEqual([first, second, third]);
    expect(await ids("", of.admin)).toEqual([first, second, third]);
    expect(await ids("?status=open")).toEqual([first, second, third]);
    expect(await ids("?status=waiting")).toEqual([second]);
  });

  it("of one's own has none that ended, and none of a colleague's", async () => {
    const mine = await keepRoom(of, { status: "talking", operator_id: of.agent.user_id });
    await keepRoom(of, { status: "closed", operator_id: of.agent.user_id, closed_at: 5_000 });
    await keepRoom(of, { status: "talking", operator_id: of.otherAgent.user_id });
    expect(await ids("?status=mine")).toEqual([mine]);
  });

  it("says who has the room, and whom it is about", async () => {
    const uuid = await lead(at, of.formId, { data: { name: "Grace Hopper", email: "grace@navy.example" } });
    const { id } = await row<{ id: number }>("SELECT id FROM lead WHERE uuid = ?", uuid);
    const room = await keepRoom(of, { status: "talking", operator_id: of.agent.user_id, lead_id: id });
    expect((await list()).results).toEqual([
      {
        room,
        form: of.formId,
        form_name: "Contact us",
        status: "talking",
        operator: { id: of.agent.id, name: "bob Doe" },
        opened_at: 1_000,
        waiting_since: null,
        closed_at: null,
        lead: uuid,
        name: "Grace Hopper",
        email: "grace@navy.example",
        phone: null,
      },
    ]);
  });

  it("says by its form's name where it began, and since when somebody waits", async () => {
    await keepRoom(of, { status: "waiting", opened_at: 1_000, waiting_since: 7_000 });
    await admin(at, "PATCH", `/organizations/${of.id}/forms/${of.formId}`, { name: "Ask us" });
    expect((await list()).results).toMatchObject([{ form: of.formId, form_name: "Ask us", waiting_since: 7_000 }]);
  });

  it("says nothing of a lead that was emptied, or is suspected spam", async () => {
    const rooms: string[] = [];
    for (const uuid of [await lead(at, of.formId), await lead(at, of.formId)]) {
      const { id } = await row<{ id: number }>("SELECT id FROM lead WHERE uuid = ?", uuid);
      rooms.push(await keepRoom(of, { lead_id: id, status: rooms.length === 0 ? "guided" : "closed" }));
      await (rooms.length === 1
        ? rows("UPDATE lead SET state = 'held' WHERE uuid = ?", uuid)
        : admin(at, "POST", `/organizations/${of.id}/purge`, { lead_id: uuid }));
    }
    const nothing = { lead: null, name: null, email: null };
    expect((await list()).results).toMatchObject([{ room: rooms[0], ...nothing }]);
    const purged = await ask(at, of.agent, "GET", `/rooms/${rooms[1]}`);
    expect(await purged.json()).toMatchObject({ status: "closed", room: nothing });
  });

  it("is walked by its pages, each room once, also those that were opened at the same moment", async () => {
    const made: string[] = [];
    for (let n = 0; n < 205; n += 1) made.push(await keepRoom(of, { opened_at: 1_000 + Math.floor(n / 150) }));
    const first = await list();
    expect(first.results.length).toBe(100);
    const second = await list(pathOf(first.next).slice("/rooms".length));
    const third = await list(pathOf(second.next).slice("/rooms".length));
    expect(third.next).toBeNull();
    const seen = [first, second, third].flatMap(({ results }) => results.map(({ room }) => room));
    expect(seen).toEqual(made);
  });

  it("takes one round trip, and reads what it shows", async () => {
    for (let n = 0; n < 20; n += 1) await keepRoom(of, { status: n < 3 ? "waiting" : "guided" });
    await list();
    at.resetUsage();
    await list("?status=waiting");
    expect(at.usage).toMatchObject({ roundTrips: 1, statements: 1 });
    expect(at.usage.rowsRead).toBeLessThanOrEqual(6);
  });

  it("refuses a status and a cursor that are none", async () => {
    await expectProblem(await ask(at, of.agent, "GET", "/rooms?status=closed"), 422, "invalid-fields");
    await expectProblem(await ask(at, of.agent, "GET", "/rooms?cursor=x"), 400, "malformed");
  });

  test("another organization's rooms are in nobody else's list, and not found", async () => {
    const other = await tenant(at);
    const room = await keepRoom(other, { status: "closed", closed_at: 2_000 });
    await keepRoom(other);
    expect(await ids()).toEqual([]);
    await expectProblem(await ask(at, of.agent, "GET", `/rooms/${room}`), 404, "not-found");
    expect((await ask(at, other.agent, "GET", `/rooms/${room}`)).status).toBe(200);
  });
});

describe("a room that has ended", () => {
  const SAID: TranscriptInput = [
    { seq: 1, at: 1_000, visibility: "all", text: "Hello!", kind: "message", author: { kind: "bot", id: "form" } },
    {
      seq: 2,
      at: 2_000,
      visibility: "all",
      text: "Hi",
      kind: "message",
      author: { kind: "visitor", id: "v" },
      customId: "a",
    },
  ];
  const operatorsWords = (): TranscriptInput => [
    ...SAID,
    {
      seq: 3,
      at: 3_000,
      visibility: "agents",
      text: "Rich!",
      kind: "message",
      author: { kind: "operator", id: of.agent.id },
    },
    {
      seq: 4,
      at: 4_000,
      visibility: "all",
      text: "It ended.",
      kind: "system",
      type: "closed-idle",
      textVars: { a: "b" },
    },
  ];

  it("is read from what is kept of it, with the names of who spoke", async () => {
    const room = await keepRoom(of, {
      status: "closed",
      closed_at: 4_000,
      transcript: JSON.stringify(operatorsWords()),
    });
    const view = await (await ask(at, of.admin, "GET", `/rooms/${room}`)).json<{ messages: object[] }>();
    expect(view).toMatchObject({ status: "closed", is_visitor_there: false, read: { visitor: 4, operator: 4 } });
    expect(view.messages).toEqual([
      { seq: 1, at: 1_000, by: "bot", text: "Hello!" },
      { seq: 2, at: 2_000, by: "visitor", text: "Hi", id: "a" },
      { seq: 3, at: 3_000, by: "operator", text: "Rich!", name: "bob Doe", is_private: true },
      { seq: 4, at: 4_000, by: "system", text: "It ended.", type: "closed-idle", vars: { a: "b" } },
    ]);
  });

  it("has only what came after the number that was asked for", async () => {
    const room = await keepRoom(of, { status: "closed", closed_at: 4_000, transcript: JSON.stringify(SAID) });
    const view = await (await ask(at, of.agent, "GET", `/rooms/${room}?since=1`)).json<{ messages: object[] }>();
    expect(view.messages).toMatchObject([{ seq: 2 }]);
    await expectProblem(await ask(at, of.agent, "GET", `/rooms/${room}?since=-1`), 400, "malformed");
  });

  it.each([
    ["nothing", null],
    ["no JSON", "{"],
    ["no list", "7"],
  ])("is empty where %s is kept", async (_what, transcript) => {
    const room = await keepRoom(of, { status: "closed", closed_at: 4_000, transcript });
    expect(await (await ask(at, of.agent, "GET", `/rooms/${room}`)).json()).toMatchObject({ messages: [] });
  });

  it("takes no command any more", async () => {
    const room = await keepRoom(of, { status: "closed", closed_at: 4_000 });
    await expectProblem(await ask(at, of.agent, "POST", `/rooms/${room}/join`), 410, "gone");
  });
});

test.each(["x", "1", roomId(), crypto.randomUUID()])("the room %s is unknown", async (room) => {
  await expectProblem(await ask(at, of.agent, "GET", `/rooms/${room}`), 404, "not-found");
  await expectProblem(await ask(at, of.agent, "POST", `/rooms/${room}/join`), 404, "not-found");
});
