/** The visitor's way into a chat, as a page sees it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHAT_PROTOCOL } from "../../../shared/chat-frames.ts";
import { expectProblem } from "../../support/asking.ts";
import { chatScene, exchange, leaveAll, newToken, roomOf, soon, upgrade, visit } from "../../support/chat-visitor.ts";
import { type Edge, form, type Tenant } from "../../support/edge.ts";
import { count, row } from "../../support/rows.ts";

let at: Edge;
let to: Tenant;
let chat: string;
beforeEach(async () => {
  ({ at, to, chat } = await chatScene());
});
afterEach(leaveAll);

const post = (formId: string, body: unknown, headers: Record<string, string> = {}) =>
  at.send("POST", `/v1/forms/${formId}/chat`, {
    headers: { "content-type": "text/plain", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

describe("a visitor who looks in", () => {
  it("is greeted and asked, and nothing is stored", async () => {
    const token = newToken();
    const page = await visit(chat, token);
    const room = await roomOf(chat, token);
    await page.until("message", ({ field }) => field === "name");
    expect(page.state).toEqual({ t: "state", room, status: "new", last: 2, read: 0, ask: "name" });
    expect(page.messages.map(({ seq, by, text }) => [seq, by, text !== ""])).toEqual([
      [1, "bot", true],
      [2, "bot", true],
    ]);
    expect(await exchange(at, chat, token)).toEqual(
      page.heard.map((frame) => (frame.t === "message" ? { ...frame, at: expect.any(Number) } : frame)),
    );
    expect([await count("room"), await count("lead"), await count("rate_counter")]).toEqual([0, 0, 0]);
  });

  it("has a room from the first thing said on, and a lead as soon as somebody can be answered", async () => {
    const token = newToken();
    const page = await visit(chat, token, { visitor: "v1", page: { url: "https://shop.example/a", title: "A" } });
    await page.answered(page.say("Hello there"));
    const found = await row("SELECT id, visitor_id, status, lead_id FROM room");
    expect(found).toEqual({ id: await roomOf(chat, token), visitor_id: "v1", status: "guided", lead_id: null });
    await page.answered(page.answer("name", "Ada"));
    await page.answered(page.answer("email", "ada@example.org"));
    await soon(async () => expect(await count("lead", "room_id IS NOT NULL")).toBe(1));
    await soon(async () =>
      expect(await row("SELECT name, email FROM contact")).toEqual({ name: "Ada", email: "ada@example.org" }),
    );
    expect(await row("SELECT page_url, category, state FROM lead")).toEqual({
      page_url: "https://shop.example/a",
      category: "chats",
      state: "incoming",
    });
  });
});

describe("the door of a chat", () => {
  it("answers with the protocol, and never with the token", async () => {
    const response = await upgrade(chat, `${CHAT_PROTOCOL}, ${newToken()}`);
    expect(response.status).toBe(101);
    expect(response.headers.get("sec-websocket-protocol")).toBe(CHAT_PROTOCOL);
    response.webSocket?.accept();
    response.webSocket?.close(1000);
  });

  it.each([
    ["no protocols", () => null],
    ["the protocol alone", () => CHAT_PROTOCOL],
    ["a short token", () => `${CHAT_PROTOCOL}, ${newToken().slice(1)}`],
    ["a long token", () => `${CHAT_PROTOCOL}, ${newToken()}x`],
    ["another protocol", () => `chat, ${newToken()}`],
    ["the token first", () => `${newToken()}, ${CHAT_PROTOCOL}`],
  ])("takes no socket with %s", async (_what, protocols) => {
    expect((await upgrade(chat, protocols())).status).toBe(400);
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["null", "null"],
    ["no token", { hello: { since: 0 } }],
    ["a short token", { token: "abc", hello: { since: 0 } }],
    ["no hello", { token: "a".repeat(43) }],
    ["a hello that is none", { token: "a".repeat(43), hello: { since: -1 } }],
    ["a hello that is a list", { token: "a".repeat(43), hello: [] }],
    ["frames that are no list", { token: "a".repeat(43), hello: { since: 0 }, frames: {} }],
    ["too many frames", { token: "a".repeat(43), hello: { since: 0 }, frames: Array(51).fill({ t: "typing" }) }],
  ])("takes no exchange with %s", async (_what, body) => {
    await expectProblem(await post(chat, body), 400, "malformed");
  });

  it("is only there where the form is a chat", async () => {
    await expectProblem(await post(to.formId, { token: newToken(), hello: { since: 0 } }), 404, "not-found");
    expect((await upgrade(to.formId, `${CHAT_PROTOCOL}, ${newToken()}`)).status).toBe(404);
    const none = "00000000-0000-8000-8000-000000000000";
    expect((await upgrade(none, `${CHAT_PROTOCOL}, ${newToken()}`)).status).toBe(404);
  });

  it("opens to the form's origins only, and to none where it does not allow that", async () => {
    const strict = { allowed_origins: ["https://shop.example"], allow_missing_origin: false, allow_null_origin: false };
    const id = await form(at, to.id, { mode: "chat", ...strict });
    const socket = async (headers: Record<string, string>) => {
      const response = await upgrade(id, `${CHAT_PROTOCOL}, ${newToken()}`, headers);
      response.webSocket?.accept();
      response.webSocket?.close(1000);
      return response.status;
    };
    expect(await socket({ origin: "https://shop.example" })).toBe(101);
    expect(await socket({ origin: "https://evil.example" })).toBe(403);
    expect(await socket({ origin: "null" })).toBe(403);
    expect(await socket({})).toBe(403);
    const body = { token: newToken(), hello: { since: 0 } };
    const taken = await post(id, body, { origin: "https://shop.example" });
    expect([taken.status, taken.headers.get("access-control-allow-origin")]).toEqual([200, "https://shop.example"]);
    await expectProblem(await post(id, body, { origin: "https://evil.example" }), 403, "origin-not-allowed");
    await expectProblem(await post(id, body), 403, "origin-not-allowed");
  });

  it("tells whoever asks without a socket what it takes", async () => {
    await expectProblem(await at.send("GET", `/v1/forms/${chat}/chat`), 400, "malformed");
  });

  it("makes the same token another room at another form", async () => {
    const token = newToken();
    const other = await form(at, to.id, { mode: "chat" });
    await exchange(at, chat, token, [{ t: "say", id: "1", text: "One" }]);
    expect((await exchange(at, other, token))[0]).toMatchObject({ t: "state", status: "new" });
    expect((await exchange(at, chat, token))[0]).toMatchObject({ t: "state", status: "guided" });
  });

  it("counts rooms to the form's rate once they open, and exchanges never", async () => {
    const id = await form(at, to.id, { mode: "chat", rate_limit_per_minute: 2 });
    const say = (token: string, text: string) => exchange(at, id, token, [{ t: "say", id: text, text }]);
    const [first, second, third] = [newToken(), newToken(), newToken()];
    for (const token of [first, second]) await say(token, "One");
    for (let more = 0; more < 5; more += 1) await say(first, `More ${more}`);
    expect(await say(third, "One")).toContainEqual({
      ...{ t: "error", code: "rate-limited", id: "One" },
      retry_ms: expect.any(Number),
    });
    expect(await count("room")).toBe(2);
  });
});
