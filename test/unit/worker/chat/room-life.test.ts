/** How rooms live on and end: over sleep, over a database that is down, and until nothing of them is left. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ROOM_IDLE_MS, ROOM_MESSAGES_LIMIT } from "../../../../shared/limits.ts";
import type { RoomState } from "../../../../worker/chat/room-state.ts";
import { TranscriptMessage } from "../../../../worker/domain/transcript.ts";
import { ahead, does, join, operator } from "../../../support/chat-operator.ts";
import { chatScene, exchange, leaveAll, type Page, roomStub, soon, visit } from "../../../support/chat-visitor.ts";
import type { Edge, Tenant } from "../../../support/edge.ts";
import { count, eventKinds, row } from "../../../support/rows.ts";

let at: Edge;
let to: Tenant;
let chat: string;
let token: string;
let page: Page;
let room: Awaited<ReturnType<typeof roomStub>>;
beforeEach(async () => {
  ({ at, to, chat, token } = await chatScene());
  page = await visit(chat, token, { visitor: "v" });
  room = await roomStub(chat, token);
});
afterEach(() => {
  leaveAll();
  vi.restoreAllMocks();
});

const rename = (from: string, to: string) => env.DB.prepare(`ALTER TABLE ${from} RENAME TO ${to}`).run();
const break_ = () => rename("room", "room_away");
const mend = () => rename("room_away", "room");
const stored = () =>
  runInDurableObject(room, async (_room, { storage }) => ({
    keys: [...storage.kv.list()].map(([key]) => key),
    tables: storage.sql.exec("SELECT name FROM sqlite_schema WHERE name LIKE 'message%'").toArray().length,
    alarm: await storage.getAlarm(),
  }));
const closedInD1 = () => soon(async () => expect((await row("SELECT status FROM room")).status).toBe("closed"));
async function becomeLead() {
  page.answer("name", "Ada", "n");
  page.answer("email", "ada@example.org", "e");
  await page.answered("e");
  await soon(async () => expect(await count("contact", "email IS NOT NULL")).toBe(1));
}

describe("a room in which nobody says anything any more", () => {
  it("ends, with its transcript at the lead", async () => {
    await becomeLead();
    await ahead(room, ROOM_IDLE_MS - 5_000);
    await runDurableObjectAlarm(room);
    expect(await room.look(to.accountId, 99)).toMatchObject({ value: { status: "guided" } });
    await ahead(room, ROOM_IDLE_MS + 1_000);
    expect(await runDurableObjectAlarm(room)).toBe(true);
    await page.until("message", ({ type }) => type === "closed-idle");
    await closedInD1();
    const { transcript, uuid } = await row<{ transcript: string; uuid: string }>(
      "SELECT transcript, uuid FROM room JOIN lead ON lead.id = room.lead_id",
    );
    const messages = (JSON.parse(transcript) as unknown[]).map((message) => TranscriptMessage.parse(message));
    expect(messages.map(({ seq, kind }) => [seq, kind])).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((seq) => [seq, "message"]),
      [7, "system"],
    ]);
    expect(messages.map((message) => message.kind === "message" && message.isWelcome)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect((await eventKinds(uuid)).at(-1)).toBe("chat-ended");
  });

  it("forgets everything but that it is over", async () => {
    await becomeLead();
    await page.answered(page.end());
    await closedInD1();
    expect((await exchange(at, chat, token, [], { since: 6 })).map(({ t }) => t)).toEqual(["state", "message"]);
    await ahead(room, 3 * 60_000);
    await runDurableObjectAlarm(room);
    expect(await stored()).toMatchObject({ keys: ["tombstone"], tables: 0 });
    expect(await exchange(at, chat, token, [{ t: "say", id: "x", text: "Hi" }])).toEqual([
      { t: "error", code: "closed" },
      { t: "error", code: "closed", id: "x" },
    ]);
    const bob = operator(to.agent);
    expect(await room.command(to.accountId, bob, { kind: "join", id: "j" })).toMatchObject({ failure: "closed" });
    expect(await room.look(to.accountId, 0)).toMatchObject({ failure: "not-found" });
    await ahead(room, 40 * 86_400_000);
    await runDurableObjectAlarm(room);
    expect(await stored()).toEqual({ keys: [], tables: 0, alarm: null });
    expect(await exchange(at, chat, token, [{ t: "say", id: "x", text: "Hi" }])).toContainEqual({
      ...{ t: "error", code: "closed", id: "x" },
    });
    expect(await count("room")).toBe(1);
  });

  it("has stored nothing where nothing was said", async () => {
    page.send({ t: "typing" });
    page.send({ t: "read", seq: 2 });
    page.end("c");
    expect(await page.answered("c")).toEqual({ t: "error", code: "closed", id: "c" });
    expect(await stored()).toEqual({ keys: [], tables: 0, alarm: null });
  });
});

describe("a database that is down", () => {
  it("keeps nobody from talking, and has it all when it is back", async () => {
    await page.answered(page.say("Hello"));
    await break_();
    page.answer("name", "Ada", "n");
    page.answer("email", "ada@example.org", "e");
    await page.answered("e");
    await join(room, to, operator(to.agent));
    await page.until("state", ({ status }) => status === "talking");
    await evictDurableObject(room);
    await mend();
    expect(await count("lead")).toBe(0);
    expect(await runDurableObjectAlarm(room)).toBe(true);
    await soon(async () => expect((await row("SELECT email FROM contact")).email).toBe("ada@example.org"));
    expect(await row("SELECT status, version FROM room")).toEqual({ status: "talking", version: 3 });
  });

  it("keeps nobody from being asked either, by a room that has slept and whose form nobody remembers", async () => {
    await page.answered(page.say("Hello"));
    await rename("form", "form_away");
    await evictDurableObject(room);
    // Forms are believed for a minute.
    await ahead(room, 61_000);
    page.answer("name", "Ada", "n");
    expect(await page.answered("n")).toMatchObject({ t: "message", text: "Ada" });
    await page.until("state", ({ ask }) => ask === "email");
    await rename("form_away", "form");
    await runDurableObjectAlarm(room);
    await soon(async () => expect((await row("SELECT name FROM contact")).name).toBe("Ada"));
  });

  it("opens no room, and the visitor hears that it is to be tried again", async () => {
    await break_();
    page.say("Hello", "h");
    expect(await page.answered("h")).toMatchObject({ t: "error", code: "unavailable", retry_ms: expect.any(Number) });
    // Nobody can know what the database has of it: the room finds out later, if the visitor does not.
    expect(await stored()).toMatchObject({ keys: ["opening"], tables: 0, alarm: expect.any(Number) });
    await mend();
    page.say("Hello", "h");
    await page.until("message", ({ id }) => id === "h");
    expect([await count("room"), (await stored()).keys]).toEqual([1, ["form", "state"]]);
  });

  it("hears of the end later, also of a room whose object has died in between", async () => {
    await becomeLead();
    await break_();
    await does(room, to, operator(to.admin, true), { kind: "close", id: "c" });
    await evictDurableObject(room);
    await runDurableObjectAlarm(room);
    await mend();
    await evictDurableObject(room);
    await runDurableObjectAlarm(room);
    await closedInD1();
    expect(await count("room", "transcript IS NOT NULL")).toBe(1);
    const { uuid } = await row<{ uuid: string }>("SELECT uuid FROM lead");
    expect((await eventKinds(uuid)).filter((kind) => kind === "chat-ended")).toHaveLength(1);
  });

  it("is told again what it has taken without an answer, and changes nothing", async () => {
    await becomeLead();
    const { uuid } = await row<{ uuid: string }>("SELECT uuid FROM lead");
    const before = await eventKinds(uuid);
    await runInDurableObject(room, (_room, { storage }) => {
      const state = storage.kv.get<RoomState>("state") as RoomState;
      storage.kv.put("state", { ...state, savedVersion: 0, isTalkSaved: false, lead: null });
      return storage.setAlarm(Date.now() + 60_000);
    });
    await evictDurableObject(room);
    await runDurableObjectAlarm(room);
    await soon(async () =>
      expect(await room.look(to.accountId, 99)).toMatchObject({ value: { room: { lead: uuid, name: "Ada" } } }),
    );
    expect(await eventKinds(uuid)).toEqual(before);
    expect(await count("lead")).toBe(1);
  });
});

describe("a room", () => {
  it("writes its answers to the lead once: who comes and goes changes the room alone", async () => {
    await becomeLead();
    const { uuid } = await row<{ uuid: string }>("SELECT uuid FROM lead");
    const before = await eventKinds(uuid);
    const bob = operator(to.agent);
    await join(room, to, bob);
    await does(room, to, bob, { kind: "leave", id: "l" });
    const { version } = await runInDurableObject(
      room,
      (_room, { storage }) => storage.kv.get<RoomState>("state") as RoomState,
    );
    await soon(async () => expect((await row("SELECT version FROM room")).version).toBe(version));
    expect(await eventKinds(uuid)).toEqual(before);
  });

  it("forgets all and hangs up when its lead is purged", async () => {
    await becomeLead();
    await room.erase();
    await soon(() => expect(page.closedWith).toBe(1000));
    expect(page.heard.at(-1)).toEqual({ t: "error", code: "closed" });
    expect(await stored()).toMatchObject({ keys: ["tombstone"], tables: 0 });
    expect(await exchange(at, chat, token)).toEqual([{ t: "error", code: "closed" }]);
  });

  it("ends when it has grown too long", async () => {
    await page.answered(page.say("Hello"));
    await runInDurableObject(room, (_room, { storage }) => {
      const state = storage.kv.get<RoomState>("state") as RoomState;
      storage.kv.put("state", { ...state, last: ROOM_MESSAGES_LIMIT - 2 });
    });
    await evictDurableObject(room);
    await page.answered(page.say("One"));
    expect(page.state?.status).toBe("guided");
    await page.answered(page.say("Two"));
    await page.until("message", ({ type }) => type === "closed-full");
    await closedInD1();
  });

  it("ends when its words weigh too much, whatever they are made of", async () => {
    const heavy = "\u0001".repeat(4_000);
    const say = async (id: number) =>
      exchange(at, chat, token, [{ t: "say", id: `${id}`, text: heavy }], { since: 9_999 });
    let [state] = await say(0);
    for (let id = 1; id < 60 && state?.t === "state" && state.status !== "closed"; id += 1) {
      await ahead(room, id * 10_000);
      [state] = await say(id);
    }
    expect(state).toMatchObject({ status: "closed" });
    await closedInD1();
    expect((state as { last: number }).last).toBeLessThan(45);
  });
});
