/** Whatever a stranger sends: an answer, never an exception, and a room that is as sound after it as before. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CLOSE_CODES, PING, PONG, type RoomFrame } from "../../../../shared/chat-frames.ts";
import { CHAT_BURST_FRAMES, CHAT_FRAME_LIMIT_CHARS, ROOM_IDLE_MS } from "../../../../shared/limits.ts";
import { ahead, listen } from "../../../support/chat-operator.ts";
import {
  chatScene,
  exchange,
  leaveAll,
  newToken,
  type Page,
  roomOf,
  roomStub,
  socket,
  soon,
  upgrade,
  visit,
} from "../../../support/chat-visitor.ts";
import { type Edge, form, type Tenant } from "../../../support/edge.ts";
import { count, row } from "../../../support/rows.ts";

let at: Edge;
let to: Tenant;
let chat: string;
let token: string;
beforeEach(async () => {
  ({ at, to, chat, token } = await chatScene());
});
afterEach(() => {
  leaveAll();
  vi.restoreAllMocks();
});

const errors = (frames: RoomFrame[]) => frames.flatMap((frame) => (frame.t === "error" ? [frame.code] : []));
async function errorsOf(page: Page, most: number) {
  await soon(() => expect(errors(page.heard)).toHaveLength(most));
  return errors(page.heard);
}

describe("a socket", () => {
  it("answers what is no frame", async () => {
    const page = await visit(chat, token);
    const texts = ["", "{", "null", "[]", '{"t":"shout"}', '{"t":"say","id":"","text":"x"}', '{"t":"__proto__"}'];
    for (const text of texts) page.send(text);
    page.send(" ".repeat(CHAT_FRAME_LIMIT_CHARS + 1));
    page.socket.send(new Uint8Array([1, 2, 3]));
    page.say(" \u0000 ", "blank");
    page.send({ since: 0, t: "hello" });
    expect(await errorsOf(page, texts.length + 3)).toEqual([
      ...texts.map(() => "malformed"),
      ...["too-large", "malformed", "malformed"],
    ]);
    expect(await count("room")).toBe(0);
  });

  it("is asked to wait when it is too fast, and hung up on when it does not", async () => {
    const { spy } = listen();
    const page = await visit(chat, token);
    for (let more = 0; more < CHAT_BURST_FRAMES + 10; more += 1) page.say("x", `${more}`);
    await page.until("error", ({ code, id, retry_ms: wait }) => code === "rate-limited" && !!id && (wait ?? 0) > 0);
    expect(page.closedWith).toBeNull();
    for (let more = 0; more < 3 * CHAT_BURST_FRAMES; more += 1) page.send({ t: "typing" });
    await soon(() => expect(page.closedWith).toBe(CLOSE_CODES.rateLimited));
    const kept = (await exchange(at, chat, token)).filter((frame) => frame.t === "message" && frame.by === "visitor");
    expect(kept.length).toBeLessThanOrEqual(CHAT_BURST_FRAMES + 10);
    expect(new Set(kept.map((frame) => frame.t === "message" && frame.id)).size).toBe(kept.length);
    expect(spy).toHaveBeenCalled();
  });

  it("is one of twenty at most", async () => {
    for (let more = 0; more < 20; more += 1) await socket(chat, token);
    const last = await upgrade(chat, `foyer.chat.v1, ${token}`);
    expect([last.status, last.headers.get("retry-after")]).toEqual([429, "10"]);
  });

  it("has its pings answered without a turn", async () => {
    const page = await visit(chat, token);
    const pong = new Promise((heard) => {
      page.socket.addEventListener("message", ({ data }) => data === PONG && heard(data));
    });
    page.send(PING);
    expect(await pong).toBe(PONG);
  });

  it("keeps the longest hello, also over sleep, and nothing of it when the page goes", async () => {
    const long = (chars: number) => "ü".repeat(chars);
    const names = Array.from({ length: 30 }, (_, index) => `hidden_${index}`);
    const fields = names.map((name) => ({ name, type: "hidden", label: name }));
    const known = await form(at, to.id, { mode: "chat", fields: [...fields, { name: "q", type: "text", label: "Q" }] });
    const hello = {
      visitor: long(64),
      locale: "de",
      page: { url: `https://a.example/${long(2_000)}`, title: long(500), referrer: `https://a.example/${long(2_000)}` },
      given: Object.fromEntries(names.map((name) => [name, long(900)])),
    };
    const page = await visit(known, token, hello);
    const room = await roomStub(known, token);
    await evictDurableObject(room);
    page.say("Hi", "a");
    await page.answered("a");
    expect((await row("SELECT visitor_id FROM room")).visitor_id).toBe(hello.visitor);
    const keys = (stub: typeof room) =>
      runInDurableObject(stub, (_room, { storage }) => [...storage.kv.list()].map(([key]) => key));
    expect(await keys(room)).toEqual(["form", "state"]);
    const next = newToken();
    const other = await visit(known, next, hello);
    const fresh = await roomStub(known, next);
    expect(await keys(fresh)).toEqual(["entry"]);
    other.socket.close(1000);
    await soon(async () => expect(await keys(fresh)).toEqual([]));
  });

  it("leaves nothing of a long hello either where nobody heard it go", async () => {
    const room = await roomStub(chat, token);
    await visit(chat, token, { given: { a: "ü".repeat(20_000) } });
    await evictDurableObject(room, { webSockets: "close" });
    await ahead(room, ROOM_IDLE_MS + 1_000);
    await runDurableObjectAlarm(room);
    expect(await runInDurableObject(room, (_room, { storage }) => [...storage.kv.list()])).toEqual([]);
  });
});

describe("an exchange", () => {
  it("of too many frames is taken up to the first that is too much, in order", async () => {
    const frames = Array.from({ length: 50 }, (_, index) => ({ t: "say", id: `${index}`, text: `${index}` }));
    const heard = await exchange(at, chat, token, frames);
    const taken = heard.flatMap((frame) => (frame.t === "message" && frame.by === "visitor" ? [frame.text] : []));
    expect(taken).toEqual(frames.slice(0, taken.length).map(({ text }) => text));
    expect(heard.at(-1)).toMatchObject({ t: "error", code: "rate-limited", id: `${taken.length}` });
  });

  it("that comes too often hears when to come again", async () => {
    let heard: RoomFrame[] = [];
    for (let more = 0; more <= CHAT_BURST_FRAMES + 20 && errors(heard).length === 0; more += 1) {
      heard = await exchange(at, chat, token);
    }
    expect(heard).toEqual([{ t: "error", code: "rate-limited", retry_ms: expect.any(Number) }]);
  });
});

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constant("\ud800"),
);
const anything = fc.oneof(text, fc.boolean(), fc.integer(), fc.constant(null), fc.array(text, { maxLength: 3 }));
const ids = fc.oneof(fc.constantFrom("a", "b", "c", "d"), text, anything);
const fields = fc.oneof(
  fc.constantFrom("name", "email", "phone", "message", "consent", "__proto__", "toString"),
  anything,
);
const frame = fc.oneof(
  fc.record({ t: fc.constant("say"), id: ids, text: fc.oneof(text, anything) }),
  fc.record({ t: fc.constant("answer"), id: ids, field: fields, value: anything }),
  fc.record({
    t: fc.constant("answer"),
    id: ids,
    field: fields,
    value: fc.constantFrom("a@b.example", "Ada", "+49 30 123456"),
  }),
  fc.record({ t: fc.constant("call"), id: ids }),
  fc.record({ t: fc.constant("read"), seq: fc.oneof(fc.nat(), anything) }),
  fc.record({ t: fc.constantFrom("typing", "shout", "hello", "constructor"), since: fc.nat() }),
  anything,
);

describe("thousands of frames that nobody would send", () => {
  it("leave the room sound: numbers without a gap, each id once, one lead", async () => {
    const { told } = listen();
    const frames = fc.sample(frame, { numRuns: 2_000, seed: 7 });
    let clock = 0;
    for (let next = 0; next < frames.length; next += 40) {
      clock += 60_000;
      await ahead(await roomStub(chat, token), clock);
      const heard = await exchange(at, chat, token, frames.slice(next, next + 40), { since: 9_999 });
      expect(errors(heard)).not.toContain("unavailable");
    }
    clock += 60_000;
    await ahead(await roomStub(chat, token), clock);
    const page = await visit(chat, token);
    const state = await page.until("state");
    await soon(() => expect(page.messages).toHaveLength(state.last));
    expect(page.messages.map(({ seq }) => seq)).toEqual([...Array(state.last).keys()].map((place) => place + 1));
    const known = page.messages.flatMap(({ by, id }) => (id === undefined ? [] : [`${by} ${id}`]));
    expect(new Set(known).size).toBe(known.length);
    expect(known.length).toBeGreaterThan(50);
    await soon(() => expect(told.filter(({ t }) => t === "message")).toHaveLength(state.last));
    page.end("end");
    await page.until("state", ({ status }) => status === "closed");
    await soon(async () => expect((await row("SELECT status FROM room")).status).toBe("closed"));
    expect(await count("lead")).toBe(1);
    const { transcript } = await row<{ transcript: string }>("SELECT transcript FROM room");
    expect((JSON.parse(transcript) as unknown[]).length).toBe(state.last + 1);
    expect(await roomOf(chat, token)).toBe(state.room);
  });
});
