/** What a visitor and the bot say to each other: in order, once, and whoever's page it is. */
import { evictDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChatMessage, RoomFrame } from "../../../../shared/chat-frames.ts";
import {
  chatScene,
  exchange,
  leaveAll,
  newToken,
  roomStub,
  socket,
  soon,
  visit,
} from "../../../support/chat-visitor.ts";
import { type Edge, form, type Tenant, tenant } from "../../../support/edge.ts";
import { count, row } from "../../../support/rows.ts";

let at: Edge;
let to: Tenant;
let chat: string;
let token: string;
beforeEach(async () => {
  ({ at, to, chat, token } = await chatScene());
});
afterEach(leaveAll);

const brief = (messages: ChatMessage[]) => messages.map(({ seq, by, field, text }) => [seq, by, field ?? text]);
const messagesOf = (frames: RoomFrame[]) => frames.flatMap((frame) => (frame.t === "message" ? [frame] : []));

describe("a guided conversation", () => {
  it("asks the form's fields in order, lets optional ones be left out, and thanks in the end", async () => {
    const page = await visit(chat, token);
    for (const [field, value] of [
      ["name", "Ada"],
      ["email", " ada@example.org "],
      ["phone", null],
      ["message", "Call me"],
    ] as const) {
      await page.until("message", (message) => message.by === "bot" && message.field === field);
      page.answer(field, value, field);
      await page.answered(field);
    }
    await page.until("state", ({ ask, status }) => ask === undefined && status === "guided");
    expect(brief(page.messages.slice(1)).map(([, ...rest]) => rest)).toEqual([
      ...["name", "email", "phone", "message"].flatMap((field) => [
        ["bot", field],
        ["visitor", field],
      ]),
      ["bot", expect.any(String)],
    ]);
    expect(page.messages.find(({ id }) => id === "email")?.text).toBe("ada@example.org");
    expect(page.messages.map(({ seq }) => seq)).toEqual([...Array(10).keys()].map((place) => place + 1));
  });

  it("refuses an answer with its problem, stores nothing of it, and does not open for it", async () => {
    const page = await visit(chat, token);
    page.answer("name", null, "skip");
    await page.answered("skip");
    const [problem, unknown] = [page.answer("email", "nonsense"), page.answer("nothing", "x")];
    expect(await page.answered(problem)).toEqual({ t: "problem", id: problem, field: "email", code: "email" });
    expect(await page.answered(unknown)).toEqual({ t: "problem", id: unknown, field: "nothing", code: "unknown" });
    const early = newToken();
    const other = await visit(chat, early);
    other.answer("name", "x".repeat(10_000), "long");
    expect(await other.answered("long")).toMatchObject({ t: "problem", code: "too_long" });
    expect(await count("room")).toBe(1);
    expect((await exchange(at, chat, early))[0]).toMatchObject({ status: "new" });
  });

  it("takes a correction of an earlier answer, and the lead has it", async () => {
    const page = await visit(chat, token);
    page.answer("name", "Ada", "a");
    page.answer("email", "wrong@example.org", "b");
    await page.answered("b");
    await soon(async () => expect(await count("lead")).toBe(1));
    page.answer("email", "right@example.org", "c");
    await page.answered("c");
    await soon(async () => expect((await row("SELECT email FROM contact")).email).toBe("right@example.org"));
    expect(await count("lead")).toBe(1);
    await page.until("state", ({ ask }) => ask === "phone");
    expect(page.messages.filter(({ field, by }) => by === "bot" && field === "phone")).toHaveLength(1);
  });

  it("asks for consent first, and for what a condition shows", async () => {
    const guided = await form(at, to.id, {
      mode: "chat",
      consent: { version: "1", text: "May we keep this?", required: true },
      fields: [
        {
          name: "kind",
          type: "radio",
          label: "Kind",
          required: true,
          options: [
            { value: "b", label: "Business" },
            { value: "p", label: "Private" },
          ],
        },
        { name: "company", type: "text", label: "Company", visible_if: { field: "kind", op: "equals", value: "b" } },
        { name: "email", type: "email", label: "E-mail", required: true, maps_to: "email" },
      ],
    });
    const page = await visit(guided, token);
    expect(page.state?.ask).toBe("consent");
    page.answer("kind", "b", "early");
    expect(await page.answered("early")).toMatchObject({ t: "problem", code: "unknown" });
    page.answer("consent", false, "no");
    expect(await page.answered("no")).toMatchObject({ t: "problem", code: "consent" });
    page.answer("consent", true, "yes");
    page.answer("kind", "b", "kind");
    await page.until("state", ({ ask }) => ask === "company");
    expect(page.messages.find(({ id }) => id === "kind")?.text).toBe("Business");
    page.answer("kind", "p", "other");
    await page.until("state", ({ ask }) => ask === "email");
    page.answer("email", "ada@example.org", "mail");
    await page.answered("mail");
    await soon(async () => expect(await count("lead", "consent IS NOT NULL")).toBe(1));
  });

  it("takes what the page knows with the first thing said, and asks for it no more", async () => {
    const page = await visit(chat, token, { given: { name: "Ada", email: "nonsense", unknown: "x" } });
    expect(page.state?.ask).toBe("email");
    await page.answered(page.say("Hello"));
    await soon(async () => expect((await row("SELECT name FROM contact")).name).toBe("Ada"));
  });

  it("lets the visitor say anything, and goes on with its questions", async () => {
    const page = await visit(chat, token);
    await page.answered(page.say("One\nmore \u0000thing"));
    expect(page.messages.at(-1)).toMatchObject({ by: "visitor", text: "One\nmore thing", seq: 3 });
    await page.answered(page.answer("name", "Ada"));
    await page.until("state", ({ ask }) => ask === "email");
  });
});

describe("outside the hours", () => {
  it("the visitor is told so, is asked all the same, and calls nobody", async () => {
    const away = await tenant(at, {
      organization: { chat_hours: { days: {}, away_text: "We are on holiday." } },
      form: { mode: "chat" },
    });
    const page = await visit(away.formId, token);
    expect(page.state).toMatchObject({ status: "new", away: {} });
    await page.until("message", ({ text }) => text.includes("We are on holiday."));
    page.call("c");
    await page.answered("c");
    await page.until("message", ({ seq, by }) => seq === 4 && by === "bot");
    const [state] = await exchange(at, away.formId, token);
    expect(state).toMatchObject({ status: "guided", ask: "name", away: {} });
  });
});

describe("a visitor's language", () => {
  it("is that of the hello, else the browser's: in the form's own words where it has them", async () => {
    const words = { fields: { name: { label: "Wie heißen Sie?" } }, texts: { thanks_text: "Danke!" } };
    const german = await form(at, to.id, { mode: "chat", locale: "en", translations: { de: words } });
    const page = await visit(german, token, { locale: "de-AT" });
    expect((await page.until("message", ({ field }) => field === "name")).text).toBe("Wie heißen Sie?");
    // The room keeps to it, whoever looks in later.
    await page.answered(page.say("Hallo"));
    const all = messagesOf(await exchange(at, german, token, [], { locale: "en" }));
    expect(all.find(({ field }) => field === "name")?.text).toBe("Wie heißen Sie?");
  });
});

describe("what is said", () => {
  it("is stored once, however often and by however many pages it is sent", async () => {
    const [one, two] = [await visit(chat, token), await visit(chat, token)];
    for (const page of [one, one, two, one]) page.say("Hello", "the-id");
    await exchange(at, chat, token, Array(3).fill({ t: "say", id: "the-id", text: "Hello" }));
    await soon(() => expect(one.messages.filter(({ id }) => id === "the-id").length).toBeGreaterThanOrEqual(3));
    const all = messagesOf(await exchange(at, chat, token));
    expect(all.filter(({ by }) => by === "visitor")).toMatchObject([{ seq: 3, id: "the-id", text: "Hello" }]);
    expect(new Set(one.messages.filter(({ id }) => id).map(({ seq, at: when }) => `${seq} ${when}`)).size).toBe(1);
    expect(await count("room")).toBe(1);
  });

  it("reaches every page of the visitor, in one order", async () => {
    const [one, two] = [await visit(chat, token), await visit(chat, token)];
    for (let more = 0; more < 10; more += 1) (more % 2 ? one : two).say(`${more}`, `id-${more}`);
    for (const page of [one, two]) {
      await soon(() => expect(page.messages.filter(({ by }) => by === "visitor")).toHaveLength(10));
    }
    expect(brief(one.messages)).toEqual(brief(two.messages));
    expect(one.messages.map(({ seq }) => seq)).toEqual([...Array(12).keys()].map((place) => place + 1));
  });

  it("is all there where the room was opened by several at the same moment", async () => {
    const ids = ["a", "b", "c", "d", "e"];
    const say = (id: string) => exchange(at, chat, token, [{ t: "say", id, text: id }], { since: 999 });
    const heard = await Promise.all(ids.map(say));
    expect(heard.flat().filter(({ t }) => t === "error")).toEqual([]);
    const all = messagesOf(await exchange(at, chat, token));
    expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(all.flatMap(({ id }) => (id ? [id] : [])).sort()).toEqual(ids);
  });

  it("reaches the lead also where it is said faster than it can be saved", async () => {
    const answers = { name: "Ada", email: "ada@example.org", phone: "+49 30 123456", message: "Call me" };
    const frames = Object.entries(answers).map(([field, value]) => ({ t: "answer", id: field, field, value }));
    await exchange(at, chat, token, frames);
    await soon(async () =>
      expect(await row("SELECT contact.name, email, phone, message FROM contact JOIN lead USING (id)")).toEqual({
        ...answers,
        phone: expect.stringContaining("123456"),
      }),
    );
  });

  it("is there for a page that comes back, from where it was", async () => {
    const page = await visit(chat, token);
    for (const text of ["a", "b", "c"]) await page.answered(page.say(text));
    page.socket.close(1000);
    const back = await visit(chat, token, { since: 3 });
    await back.until("message", ({ seq }) => seq === 5);
    expect(brief(back.messages)).toEqual([
      [4, "visitor", "b"],
      [5, "visitor", "c"],
    ]);
    expect(messagesOf(await exchange(at, chat, token, [], { since: 5 }))).toEqual([]);
    expect(brief(messagesOf(await exchange(at, chat, token)))).toHaveLength(5);
  });

  it("is heard by a page with an open socket although the room slept in between", async () => {
    const [one, two] = [await visit(chat, token, { visitor: "v" }), await visit(chat, token)];
    const room = await roomStub(chat, token);
    await evictDurableObject(room);
    // Nothing was stored yet: who the visitor is, the socket itself has kept.
    one.say("Before", "a");
    await two.answered("a");
    expect((await row("SELECT visitor_id FROM room")).visitor_id).toBe("v");
    await evictDurableObject(room);
    two.say("After", "b");
    await one.answered("b");
    one.say("Before", "a");
    await soon(() => expect(one.messages.filter(({ id }) => id === "a")).toHaveLength(2));
    one.answer("name", "Ada", "c");
    await two.until("state", ({ ask }) => ask === "email");
    expect(brief(two.messages).map(([seq]) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("is answered without a socket as with one", async () => {
    const said = await exchange(at, chat, token, [
      { t: "say", id: "1", text: "Hi" },
      { t: "answer", id: "2", field: "name", value: "Ada" },
      { t: "answer", id: "3", field: "email", value: "no" },
      { t: "nonsense" },
    ]);
    expect(said[0]).toMatchObject({ t: "state", status: "guided", ask: "email", last: 5 });
    expect(brief(messagesOf(said)).map(([seq, by]) => [seq, by])).toEqual([
      [1, "bot"],
      [2, "bot"],
      [3, "visitor"],
      [4, "visitor"],
      [5, "bot"],
    ]);
    expect(said.slice(-2)).toEqual([
      { t: "problem", id: "3", field: "email", code: "email" },
      { t: "error", code: "malformed" },
    ]);
    const again = await exchange(at, chat, token, [{ t: "say", id: "1", text: "Hi" }], { since: 5 });
    expect(brief(messagesOf(again))).toEqual([[3, "visitor", "Hi"]]);
  });

  it("is not taken before hello", async () => {
    const page = await socket(chat, token);
    page.say("Hi", "a");
    expect(await page.answered("a")).toEqual({ t: "error", code: "hello-first", id: "a" });
    expect(await count("room")).toBe(0);
  });
});
