/** A visitor and an operator, each at their own door: what one says the other hears. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { expectProblem } from "../../support/asking.ts";
import { exchange, leaveAll, newToken, type Page, roomOf, visit } from "../../support/chat-visitor.ts";
import { type Edge, form, type Person, type Tenant } from "../../support/edge.ts";
import { ask, listed } from "./operators.ts";
import { type Listening, listen, socketScene } from "./sockets.ts";

let at: Edge;
let of: Tenant;
let chat: string;
let token: string;
let room: string;
let page: Page;
let bob: Listening;
beforeEach(async () => {
  ({ at, of } = await socketScene());
  chat = await form(at, of.id, { mode: "chat" });
  token = newToken();
  room = await roomOf(chat, token);
  bob = await listen(at, of.agent.token);
  page = await visit(chat, token, { visitor: "v" });
});
afterEach(() => {
  bob.close();
  leaveAll();
});

const post = (path: string, body?: object, who: Person = of.agent) =>
  ask(at, who, "POST", `/rooms/${room}${path}`, { body });
/** The list, once it says so: a room brings the database up to date after it has answered. */
const shows = (query: string, expected: object[]) =>
  vi.waitFor(async () => {
    const { results } = await listed(ask(at, of.agent, "GET", `/rooms${query}`));
    expect(results.length).toBe(expected.length);
    expect(results).toMatchObject(expected);
  });

describe("by sockets", () => {
  it("an operator sees the room when it is opened, joins it, and both read each other", async () => {
    await page.answered(page.say("Is anybody there?"));
    await bob.hear("room");
    bob.say({ t: "join", id: "j", room });
    expect(await bob.hear("done")).toEqual([{ t: "done", id: "j" }]);
    bob.say({ t: "say", id: "s", room, text: "Yes, I am." });
    expect(await page.until("message", ({ text }) => text === "Yes, I am.")).toMatchObject({
      by: "operator",
      name: "bob Doe",
    });
    bob.say({ t: "typing", room });
    await page.until("typing");
    await page.answered(page.say("Good."));
    const TEXTS = ["Is anybody there?", "Yes, I am.", "Good."];
    await vi.waitFor(() => {
      const said = bob.heard.flatMap((frame) => (frame.t === "message" ? [frame.message.text] : []));
      expect(said.filter((text) => TEXTS.includes(text))).toEqual(TEXTS);
    });
  });

  it("frames of one operator are done in their order, and each once", async () => {
    await page.answered(page.say("Hi"));
    bob.say({ t: "join", id: "j", room });
    for (let n = 0; n < 10; n += 1) bob.say({ t: "say", id: `s${n}`, room, text: `${n}` });
    for (let n = 0; n < 10; n += 1) bob.say({ t: "say", id: `s${n}`, room, text: `${n}` });
    const done = await bob.hear("done", 21);
    expect(done.map(({ id }) => id).slice(0, 3)).toEqual(["j", "s0", "s1"]);
    const view = await (await ask(at, of.agent, "GET", `/rooms/${room}`)).json<{
      messages: { by: string; text: string }[];
    }>();
    const said = view.messages.filter(({ by }) => by === "operator").map(({ text }) => text);
    expect(said).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  });

  it("what takes longer is over before the next begins", async () => {
    await page.answered(page.say("Hi"));
    bob.say({ t: "join", id: "j", room });
    bob.say({ t: "hand-over", id: "h", room, to: of.admin.id });
    bob.say({ t: "say", id: "s", room, text: "Too late" });
    expect(await bob.hear("error")).toEqual([{ t: "error", id: "s", code: "conflict" }]);
    expect(await bob.hear("done", 2)).toMatchObject([{ id: "j" }, { id: "h" }]);
  });

  it("a colleague's room is a conflict, unless an administrator hands it over", async () => {
    await page.answered(page.say("Hi"));
    expect((await post("/join", undefined, of.otherAgent)).status).toBe(200);
    bob.say({ t: "join", id: "j", room });
    expect(await bob.hear("error")).toEqual([{ t: "error", id: "j", code: "conflict" }]);
    await expectProblem(await post("/join"), 409, "conflict");
    expect((await post("/hand-over", { user_id: of.agent.id }, of.admin)).status).toBe(200);
    await shows("?status=mine", [{ room, operator: { id: of.agent.id } }]);
    bob.say({ t: "say", id: "s", room, text: "Hello" });
    await bob.hear("done");
  });
});

describe("by requests alone", () => {
  it("a room waits, is joined, talked in, left and ended; what is kept of it can be read", async () => {
    const said = await exchange(at, chat, token, [{ t: "call", id: "c" }]);
    expect(said).not.toEqual([]);
    await shows("?status=waiting", [{ room, status: "waiting", operator: null }]);
    expect((await post("/join")).status).toBe(200);
    await shows("?status=waiting", []);
    await shows("?status=mine", [{ room, status: "talking", operator: { id: of.agent.id } }]);
    for (let again = 0; again < 2; again += 1)
      expect((await post("/messages", { id: "m", text: "Hello" })).status).toBe(200);
    await post("/messages", { id: "p", text: "For us", is_private: true });
    expect((await post("/typing")).status).toBe(204);
    expect((await post("/read", { seq: 1 })).status).toBe(204);
    expect((await post("/close")).status).toBe(200);
    await shows("", []);
    expect((await post("/join")).status).toBe(410);
    const kept = await (await ask(at, of.admin, "GET", `/rooms/${room}`)).json<{
      status: string;
      messages: { by: string; text: string; name?: string; is_private?: true }[];
    }>();
    expect(kept.status).toBe("closed");
    expect(kept.messages.filter(({ by }) => by === "operator")).toMatchObject([
      { text: "Hello", name: "bob Doe" },
      { text: "For us", is_private: true },
    ]);
  });

  it("another organization's operators find nothing of it", async () => {
    await page.answered(page.say("Hi"));
    const { of: other } = await socketScene();
    const stranger = await listen(at, other.agent.token);
    await expectProblem(await post("/join", undefined, other.admin), 404, "not-found");
    await expectProblem(await ask(at, other.admin, "GET", `/rooms/${room}`), 404, "not-found");
    stranger.say({ t: "say", id: "s", room, text: "Boo" });
    expect(await stranger.hear("error")).toEqual([{ t: "error", id: "s", code: "not-found" }]);
    expect(stranger.heard.map(({ t }) => t)).toEqual(["welcome", "error"]);
  });
});

it("a lead that a chat has made is news, with the visitor's name", async () => {
  await page.answered(page.answer("name", "Grace Hopper"));
  const lead = expect.objectContaining({ category: "chats", name: "Grace Hopper" });
  await vi.waitFor(async () => expect(await bob.hear("lead")).toContainEqual({ t: "lead", lead }));
  await shows("", [{ room, name: "Grace Hopper" }]);
});
