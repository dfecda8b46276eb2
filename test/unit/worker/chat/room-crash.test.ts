/** A room whose object dies between any two of its steps: what was answered stands, and the database has it all in the end. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ROOM_IDLE_MS } from "../../../../shared/limits.ts";
import type { RoomState } from "../../../../worker/chat/room-state.ts";
import { loadForm } from "../../../../worker/services/load-form.ts";
import { openRoom } from "../../../../worker/services/open-room.ts";
import { ahead, does, join, operator } from "../../../support/chat-operator.ts";
import {
  chatScene,
  exchange,
  leaveAll,
  newToken,
  roomOf,
  roomStub,
  soon,
  visit,
} from "../../../support/chat-visitor.ts";
import { type Edge, edge, firstDatabase, form, type Tenant } from "../../../support/edge.ts";
import { count, eventKinds, row, rows } from "../../../support/rows.ts";
import { asAdmin } from "../../../support/spam.ts";
import { visiting } from "../../../support/talks.ts";

let at: Edge;
let to: Tenant;
let chat: string;
let token: string;
let room: Awaited<ReturnType<typeof roomStub>>;
beforeEach(async () => {
  ({ at, to, chat, token } = await chatScene());
  room = await roomStub(chat, token);
});
afterEach(leaveAll);

const ANSWERS = [
  { t: "answer", id: "n", field: "name", value: "Ada" },
  { t: "answer", id: "e", field: "email", value: "ada@example.org" },
];
const becomeLead = async () => {
  await exchange(at, chat, token, ANSWERS);
  await soon(async () => expect(await count("contact", "email IS NOT NULL")).toBe(1));
};
/** What the room itself has. */
const stored = () =>
  runInDurableObject(room, async (_room, { storage }) => ({
    keys: [...storage.kv.list()].map(([key]) => key),
    tables: storage.sql.exec("SELECT name FROM sqlite_schema WHERE name LIKE 'message%'").toArray().length,
    alarm: await storage.getAlarm(),
  }));
const setState = (change: Partial<RoomState>) =>
  runInDurableObject(room, (_room, { storage }) => {
    storage.kv.put("state", { ...(storage.kv.get<RoomState>("state") as RoomState), ...change });
    return storage.setAlarm(Date.now() + 60_000);
  });
/** The object dies, and its alarm goes off in the next one. */
const wake = async (ms = 0) => {
  await evictDurableObject(room);
  if (ms > 0) await ahead(room, ms);
  expect(await runDurableObjectAlarm(room)).toBe(true);
};
const closedInD1 = () => soon(async () => expect((await row("SELECT status FROM room")).status).toBe("closed"));
const end = () => does(room, to, operator(to.admin, true), { kind: "close", id: "c" });

describe("after the database has opened the room, and before the room has begun", () => {
  const openOnly = async () => {
    const ctx = visiting(at);
    const loaded = await loadForm([firstDatabase({ env })], chat, ctx.now);
    if (loaded === null) throw new Error("no form");
    const roomId = await roomOf(chat, token);
    expect((await openRoom(ctx, { form: loaded, roomId, visitorId: null, ip: null })).ok).toBe(true);
    const opening = { roomId, formId: chat, organizationId: to.accountId };
    await runInDurableObject(room, (_room, { storage }) => {
      storage.kv.put("opening", opening);
      return storage.setAlarm(Date.now() + ROOM_IDLE_MS);
    });
  };

  it("whoever says it again finds it open, once, and counted once", async () => {
    await openOnly();
    const counted = await rows("SELECT * FROM rate_counter");
    await evictDurableObject(room);
    const heard = await exchange(at, chat, token, [{ t: "say", id: "1", text: "Hello" }]);
    expect(heard[0]).toMatchObject({ t: "state", status: "guided", last: 3 });
    expect([await count("room"), await rows("SELECT * FROM rate_counter")]).toEqual([1, counted]);
    expect((await stored()).keys).toEqual(["form", "state"]);
  });

  it("a visitor who never comes again leaves no room that operators would see for ever", async () => {
    await openOnly();
    await wake();
    expect(await count("room")).toBe(0);
    expect(await stored()).toEqual({ keys: [], tables: 0, alarm: null });
  });

  it("the room asks its database again where that does not answer", async () => {
    await openOnly();
    await env.DB.prepare("ALTER TABLE room RENAME TO room_away").run();
    await wake();
    expect(await stored()).toMatchObject({ keys: ["opening"], alarm: expect.any(Number) });
    await env.DB.prepare("ALTER TABLE room_away RENAME TO room").run();
    await wake();
    expect([await count("room"), (await stored()).keys]).toEqual([0, []]);
  });

  it("a page that goes away meanwhile takes nothing along", async () => {
    const page = await visit(chat, token, { given: { name: "ü".repeat(20_000) } });
    await openOnly();
    page.socket.close(1000);
    await soon(async () => expect((await stored()).keys).toContain("opening"));
    await wake();
    expect([await count("room"), (await stored()).keys]).toEqual([0, []]);
  });

  it("a form that has too many keeps nothing of the visitor", async () => {
    const full = await form(at, to.id, { mode: "chat", rate_limit_per_minute: 1 });
    await exchange(at, full, newToken(), [{ t: "say", id: "1", text: "Hello" }]);
    const refused = newToken();
    const heard = await exchange(at, full, refused, [{ t: "say", id: "1", text: "Hello" }]);
    expect(heard).toContainEqual(expect.objectContaining({ t: "error", code: "rate-limited", id: "1" }));
    room = await roomStub(full, refused);
    expect((await stored()).keys).toEqual([]);
  });
});

describe("after something was stored, and before the database has it", () => {
  it("the next object saves it", async () => {
    await exchange(at, chat, token, [{ t: "say", id: "1", text: "Hello" }]);
    await env.DB.prepare("ALTER TABLE room RENAME TO room_away").run();
    await exchange(at, chat, token, ANSWERS);
    await evictDurableObject(room);
    await env.DB.prepare("ALTER TABLE room_away RENAME TO room").run();
    expect(await count("lead")).toBe(0);
    expect(await runDurableObjectAlarm(room)).toBe(true);
    await soon(async () => expect((await row("SELECT email FROM contact")).email).toBe("ada@example.org"));
    expect(await count("lead")).toBe(1);
  });
});

describe("after the database has taken it, and before the room knows", () => {
  it("an answer is told again, and is written once", async () => {
    await becomeLead();
    const { uuid } = await row<{ uuid: string }>("SELECT uuid FROM lead");
    const before = await eventKinds(uuid);
    await setState({ savedVersion: 0, isTalkSaved: false, lead: null });
    await wake();
    await soon(async () =>
      expect(await room.look(to.accountId, 99)).toMatchObject({ value: { room: { lead: uuid, name: "Ada" } } }),
    );
    expect([await eventKinds(uuid), await count("lead")]).toEqual([before, 1]);
  });

  it("the operator who came is the database's, whatever it is told again", async () => {
    await becomeLead();
    await join(room, to, operator(to.agent));
    await soon(async () => expect((await row("SELECT status FROM room")).status).toBe("talking"));
    await setState({ savedVersion: 1 });
    const before = await row("SELECT * FROM room");
    await wake();
    await soon(async () =>
      expect(await runInDurableObject(room, (_room, { storage }) => storage.kv.get<RoomState>("state"))).toMatchObject({
        savedVersion: before.version,
      }),
    );
    expect(await row("SELECT * FROM room")).toEqual(before);
  });

  it("the end is told again, and has happened once", async () => {
    await becomeLead();
    await end();
    await closedInD1();
    const { uuid } = await row<{ uuid: string }>("SELECT uuid FROM lead");
    const before = [await row("SELECT * FROM room"), await eventKinds(uuid)];
    await setState({ savedVersion: 0, isTalkSaved: false });
    await wake();
    await soon(async () => expect((await stored()).keys).toContain("state"));
    expect([await row("SELECT * FROM room"), await eventKinds(uuid)]).toEqual(before);
    await wake(3 * 60_000);
    expect((await stored()).keys).toEqual(["tombstone"]);
  });
});

describe("after the end was saved", () => {
  it("and before the room has forgotten itself: it does so by its alarm", async () => {
    await becomeLead();
    await end();
    await closedInD1();
    await wake(3 * 60_000);
    expect(await stored()).toMatchObject({ keys: ["tombstone"], tables: 0, alarm: expect.any(Number) });
  });

  it("and in the middle of forgetting: the database still says that it is over", async () => {
    await becomeLead();
    await end();
    await closedInD1();
    // All is deleted, and that it was is not written down yet.
    await runInDurableObject(room, (_room, { storage }) => storage.deleteAll());
    await evictDurableObject(room);
    expect(await exchange(at, chat, token, [{ t: "say", id: "x", text: "Hi" }])).toContainEqual({
      ...{ t: "error", code: "closed", id: "x" },
    });
    expect([await count("room"), await count("lead")]).toEqual([1, 1]);
    expect((await stored()).keys).toEqual(["tombstone"]);
  });
});

describe("a purge of the lead while the visitor talks", () => {
  const transcriptOf = async () => row("SELECT status, transcript, visitor_id, waiting_since FROM room");
  const EMPTIED = { status: "closed", transcript: null, visitor_id: null, waiting_since: null };

  it.each([
    ["of one lead", async () => ({ lead_id: (await row<{ uuid: string }>("SELECT uuid FROM lead")).uuid })],
    ["of a person", async () => ({ email: "ada@example.org" })],
  ])("%s empties the room's own storage, and the visitor hears that it is over", async (_what, body) => {
    const page = await visit(chat, token, { visitor: "v" });
    await becomeLead();
    await page.answered(page.call());
    await soon(async () => expect((await row("SELECT status FROM room")).status).toBe("waiting"));
    const answer = await asAdmin(at, to, "POST", "/purge", await body());
    expect(answer.status).toBe(200);
    await page.until("error", ({ code }) => code === "closed");
    await soon(() => expect(page.closedWith).toBe(1000));
    expect(await stored()).toMatchObject({ keys: ["tombstone"], tables: 0 });
    expect(await transcriptOf()).toEqual(EMPTIED);
    expect(await exchange(at, chat, token, [{ t: "say", id: "x", text: "Hi" }])).toContainEqual({
      ...{ t: "error", code: "closed", id: "x" },
    });
  });

  it("finds out by itself what nobody could tell it, and says nothing more to the database", async () => {
    const page = await visit(chat, token);
    await becomeLead();
    const { uuid } = await row<{ uuid: string }>("SELECT uuid FROM lead");
    const deaf = edge({ ROOMS: { getByName: () => ({ erase: () => Promise.reject(new Error("away")) }) } as never });
    deaf.clock.now = at.clock.now;
    expect((await asAdmin(deaf, to, "POST", "/purge", { lead_id: uuid })).status).toBe(200);
    expect((await stored()).keys).toContain("state");
    await page.answered(page.answer("phone", "+49 30 123456"));
    await soon(() => expect(page.closedWith).toBe(1000));
    expect(await stored()).toMatchObject({ keys: ["tombstone"], tables: 0 });
    expect(await transcriptOf()).toEqual(EMPTIED);
    expect(await count("contact", "phone IS NOT NULL OR email IS NOT NULL OR name IS NOT NULL")).toBe(0);
  });
});
