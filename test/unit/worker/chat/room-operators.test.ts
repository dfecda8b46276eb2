/** Operators in a room: one at a time, told in order, and nothing of it twice. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Operator, RoomCommand } from "../../../../worker/services/live.ts";
import { ahead, does, join, listen, operator } from "../../../support/chat-operator.ts";
import {
  chatScene,
  exchange,
  leaveAll,
  newToken,
  type Page,
  roomOf,
  roomStub,
  soon,
  visit,
} from "../../../support/chat-visitor.ts";
import { admin, type Edge, type Tenant, tenant } from "../../../support/edge.ts";
import { row } from "../../../support/rows.ts";

let at: Edge;
let to: Tenant;
let chat: string;
let token: string;
let page: Page;
let room: Awaited<ReturnType<typeof roomStub>>;
let [ada, bob, cyd]: Operator[] = [];
beforeEach(async () => {
  ({ at, to, chat, token } = await chatScene());
  [ada, bob, cyd] = [operator(to.admin, true), operator(to.agent), operator(to.otherAgent)];
  page = await visit(chat, token, { visitor: "v" });
  room = await roomStub(chat, token);
  await page.answered(page.say("Hello"));
});
afterEach(() => {
  leaveAll();
  vi.restoreAllMocks();
});

const ask = (by: Operator | undefined, command: RoomCommand) => room.command(to.accountId, by as Operator, command);
const as = (by: Operator | undefined, command: RoomCommand) => does(room, to, by as Operator, command);
const kindOf = (kind: "join" | "leave" | "close"): RoomCommand => ({ kind, id: kind });

describe("a room", () => {
  it("is one for its own organization only, and only once something was said", async () => {
    const other = await tenant(at);
    expect(await room.look(other.accountId, 0)).toEqual({ ok: false, failure: "not-found" });
    expect(await room.command(other.accountId, operator(other.admin, true), kindOf("join"))).toMatchObject({
      failure: "not-found",
    });
    const fresh = newToken();
    await visit(chat, fresh);
    expect(await (await roomStub(chat, fresh)).look(to.accountId, 0)).toEqual({ ok: false, failure: "not-found" });
  });

  it("is seen with everything that was said after a number", async () => {
    const seen = await room.look(to.accountId, 2);
    expect(seen).toMatchObject({
      ok: true,
      value: {
        room: { room: await roomOf(chat, token), form: chat, status: "guided", operator: null, lead: null },
        messages: [{ seq: 3, by: "visitor", text: "Hello" }],
        isVisitorThere: true,
        read: { visitor: 0, operator: 0 },
      },
    });
  });

  it("goes to the first of two who join at the same moment", async () => {
    const [one, two] = await Promise.all([ask(bob, kindOf("join")), ask(cyd, kindOf("join"))]);
    expect([one?.ok, two]).toEqual([true, { ok: false, failure: "conflict" }]);
    await page.until("state", ({ status, operator: name }) => status === "talking" && name === bob?.name);
    expect(await ask(ada, kindOf("join"))).toMatchObject({ failure: "conflict" });
    await as(bob, kindOf("join"));
    expect(page.messages.filter(({ type }) => type === "joined")).toHaveLength(1);
    await soon(async () =>
      expect(await row("SELECT status, operator_id FROM room")).toEqual({ status: "talking", operator_id: bob?.id }),
    );
  });

  it("asks nothing while somebody talks, and goes on where it was", async () => {
    await as(bob, kindOf("join"));
    await page.until("state", ({ status }) => status === "talking");
    expect(page.state?.ask).toBeUndefined();
    page.answer("name", "Ada", "n");
    await page.answered("n");
    await as(bob, kindOf("leave"));
    await page.until("state", ({ status, ask: field }) => status === "guided" && field === "email");
    expect(page.messages.slice(-2)).toMatchObject([{ type: "left" }, { by: "bot", field: "email" }]);
  });

  it("asks again what it had asked before they talked", async () => {
    const asked = () => page.messages.filter(({ by, field }) => by === "bot" && field === "name");
    expect([page.state?.ask, asked().length]).toEqual(["name", 1]);
    await as(bob, kindOf("join"));
    await as(bob, kindOf("leave"));
    await page.until("message", ({ seq, field }) => field === "name" && seq > (asked()[0]?.seq ?? 0));
    await page.until("state", ({ status, ask: field }) => status === "guided" && field === "name");
    expect(asked()).toHaveLength(2);
  });

  it("lets the operator speak, once for each id, by name, and nobody else", async () => {
    await join(room, to, bob as Operator);
    const say = (id: string, text: string, isPrivate = false): RoomCommand => ({ kind: "say", id, text, isPrivate });
    for (let twice = 0; twice < 2; twice += 1) await as(bob, say("1", "Hi, how can I help?"));
    expect(await ask(cyd, say("2", "Me too"))).toEqual({ ok: false, failure: "conflict" });
    await as(cyd, say("1", "He is our best customer", true));
    page.say("Thanks", "t");
    await page.answered("t");
    const texts = page.messages.filter(({ by }) => by === "operator");
    expect(texts).toMatchObject([{ name: bob?.name, text: "Hi, how can I help?" }]);
    expect(JSON.stringify(page.heard)).not.toContain("best customer");
    expect(JSON.stringify(await exchange(at, chat, token))).not.toContain("best customer");
    const seen = await room.look(to.accountId, 0);
    expect(JSON.stringify(seen)).toContain("best customer");
  });

  it("is handed to a colleague, or to whoever takes it, by who has it and by administrators", async () => {
    await as(bob, kindOf("join"));
    const over = (target: Operator | undefined | null): RoomCommand => ({
      kind: "hand-over",
      id: "h",
      to: target ?? null,
    });
    expect(await ask(cyd, over(cyd))).toEqual({ ok: false, failure: "conflict" });
    for (let twice = 0; twice < 2; twice += 1) await as(bob, over(cyd));
    expect(await ask(bob, kindOf("leave"))).toEqual({ ok: false, failure: "conflict" });
    for (let twice = 0; twice < 2; twice += 1) await as(cyd, over(null));
    await page.until("state", ({ status }) => status === "waiting");
    await as(ada, over(bob));
    await page.until("state", ({ status, operator: name }) => status === "talking" && name === bob?.name);
    await soon(() => expect(page.state).toMatchObject({ status: "talking", operator: bob?.name }));
    expect(page.messages.filter(({ type }) => type === "handed-over").map(({ vars }) => vars?.name)).toEqual([
      ...[cyd?.name, undefined, bob?.name],
    ]);
  });

  it("is ended by who has it, and then takes nothing more", async () => {
    await as(bob, kindOf("join"));
    expect(await ask(cyd, kindOf("close"))).toEqual({ ok: false, failure: "conflict" });
    const [one, two] = await Promise.all([ask(bob, kindOf("close")), ask(ada, kindOf("close"))]);
    expect([one?.ok, two?.ok]).toEqual([true, true]);
    await page.until("state", ({ status }) => status === "closed");
    expect(page.messages.filter(({ type }) => type?.startsWith("closed"))).toMatchObject([
      { type: "closed-by-operator", vars: { name: bob?.name } },
    ]);
    expect(await ask(bob, kindOf("join"))).toEqual({ ok: false, failure: "closed" });
    page.say("Wait", "w");
    expect(await page.answered("w")).toEqual({ t: "error", code: "closed", id: "w" });
    await soon(async () => expect((await row("SELECT status FROM room")).status).toBe("closed"));
  });

  it("waits for a person whom the visitor called, also after one has left", async () => {
    await page.answered(page.call());
    await page.until("state", ({ status, ask: field }) => status === "waiting" && field === "name");
    await as(bob, kindOf("join"));
    await as(bob, kindOf("leave"));
    await page.until("message", ({ type }) => type === "left");
    await soon(() => expect(page.state?.status).toBe("waiting"));
  });

  it("says since when somebody waits, anew after an operator has left, and the database says the same", async () => {
    const since = async () => {
      const seen = await room.look(to.accountId, 99);
      return seen.ok ? seen.value.room.waiting_since : undefined;
    };
    const inD1 = async () =>
      (await row<{ waiting_since: number | null }>("SELECT waiting_since FROM room")).waiting_since;
    expect(await since()).toBeNull();
    await page.answered(page.call());
    const first = (await since()) as number;
    expect(first).toBe(page.messages.find(({ type }) => type === "call")?.at);
    await soon(async () => expect(await inD1()).toBe(first));
    // What is said meanwhile is no new wait.
    await page.answered(page.answer("name", "Ada"));
    await page.answered(page.call());
    expect(await since()).toBe(first);
    await as(bob, kindOf("join"));
    expect(await since()).toBeNull();
    await ahead(room, 60_000);
    await as(bob, kindOf("leave"));
    const second = (await since()) as number;
    expect(second).toBeGreaterThanOrEqual(first + 60_000);
    await soon(async () => expect(await inD1()).toBe(second));
    await as(ada, kindOf("close"));
    await soon(async () => expect(await inD1()).toBeNull());
  });

  it("is called by its form's name, also after that is a new one", async () => {
    const { told } = listen();
    await admin(at, "PATCH", `/organizations/${to.id}/forms/${chat}`, { name: "Ask us" });
    // A form is believed for a minute.
    await ahead(room, 61_000);
    await as(bob, kindOf("join"));
    const named = { form: chat, form_name: "Ask us", status: "talking" };
    await soon(() => expect(told).toContainEqual({ t: "room", room: expect.objectContaining(named) }));
  });
});

describe("each side hears of the other", () => {
  it("who types, up to where they have read, and whether they are there", async () => {
    const { told } = listen();
    await as(bob, kindOf("join"));
    await as(bob, { kind: "typing" });
    await as(cyd, { kind: "read", seq: 3 });
    await as(bob, { kind: "read", seq: 99 });
    await page.until("typing");
    const { last } = page.state ?? {};
    expect(await page.until("read")).toEqual({ t: "read", seq: last });
    page.send({ t: "typing" });
    page.send({ t: "read", seq: 2 });
    page.send({ t: "read", seq: 1 });
    const id = await roomOf(chat, token);
    await soon(() => expect(told).toContainEqual({ t: "read", room: id, seq: 2 }));
    expect(told).toContainEqual({ t: "typing", room: id, by: "visitor" });
    page.socket.close(1000);
    await soon(() => expect(told).toContainEqual({ t: "present", room: id, isThere: false }));
    expect(await room.look(to.accountId, 99)).toMatchObject({ value: { isVisitorThere: false } });
    await visit(chat, token);
    await soon(() => expect(told.at(-1)).toEqual({ t: "present", room: id, isThere: true }));
  });

  it("takes a page that polls as there for half a minute", async () => {
    const { told } = listen();
    const id = await roomOf(chat, token);
    // The news of the page's coming may still be on its way when this begins.
    const presence = () => told.flatMap((frame) => (frame.t === "present" && frame.room === id ? [frame.isThere] : []));
    const news = (...isThere: boolean[]) =>
      soon(() => expect(presence().slice(presence().indexOf(false))).toEqual(isThere));
    page.socket.close(1000);
    await news(false);
    await exchange(at, chat, token);
    expect(await room.look(to.accountId, 99)).toMatchObject({ value: { isVisitorThere: true } });
    await news(false, true);
    await ahead(room, 31_000);
    expect(await room.look(to.accountId, 99)).toMatchObject({ value: { isVisitorThere: false } });
    expect(await runDurableObjectAlarm(room)).toBe(true);
    await news(false, true, false);
  });

  it("tells the organization of the room, of all that is said, and of the lead", async () => {
    const { told } = listen();
    const next = newToken();
    const other = await visit(chat, next);
    other.say("Hi", "1");
    other.answer("name", "Ada", "2");
    await other.answered("2");
    const id = await roomOf(chat, next);
    await soon(() =>
      expect(told).toContainEqual({
        t: "room",
        room: expect.objectContaining({ room: id, name: "Ada", lead: expect.any(String) }),
      }),
    );
    const rooms = told.flatMap((frame) => (frame.t === "room" && frame.room.room === id ? [frame.room] : []));
    expect(rooms[0]).toMatchObject({ status: "guided", name: null });
    const seqs = told.flatMap((frame) => (frame.t === "message" && frame.room === id ? [frame.message.seq] : []));
    expect(seqs).toEqual([1, 2, 3, 4, 5]);
  });

  it("loses nothing of its own where nobody listens", async () => {
    const { spy } = listen();
    spy.mockRejectedValue(new Error("down"));
    await page.answered(page.say("Still there?"));
    await as(bob, kindOf("join"));
    await page.until("state", ({ status }) => status === "talking");
  });
});
