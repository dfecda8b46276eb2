/** With an operator, without one, and while nobody is in: what the visitor sees, hears and is told of. */
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { picture } from "../support/pictures.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { focused, violations } from "../support/visitor.ts";
import { fakeRoom } from "./fake-room.ts";
import { openChat, say } from "./visit.ts";

let stage: Stage;
let form: string;
let address: string;
beforeAll(async () => {
  stage = await openStage();
  form = await stage.form({ mode: "chat" });
  address = await stage.site(sitePage(tag(stage.server, form)));
});
afterAll(() => stage?.end());

async function visit(options?: BrowserContextOptions) {
  const page = await stage.page({ reducedMotion: "reduce", ...options });
  const room = await fakeRoom(page, { status: "talking", operator: "Ines" });
  room.say({ by: "bot", text: "Hello. What is it about?" });
  room.say({ by: "visitor", text: "Six crews, two towns." });
  room.say({ by: "system", type: "joined", vars: { name: "Ines" }, text: "Ines joined." });
  room.say({ by: "operator", name: "Ines", text: "Good morning!\nHow can I help?" });
  return { page, room };
}

describe("with an operator", () => {
  it("shows who is there, who types and what was read, and says so to the other side", async () => {
    const { page, room } = await visit();
    await page.goto(address);
    const chat = await openChat(page);
    await chat.getByText("Ines has joined.").waitFor();
    expect(await focused(page)).toBe("f-");
    await say(chat, "It is about the roofs.");
    await chat.getByRole("log").getByText("It is about the roofs.").waitFor();
    expect(room.heard.map(({ t }) => t)).toEqual(expect.arrayContaining(["hello", "typing", "say", "read"]));
    expect(room.heard[0]).toMatchObject({ t: "hello", since: 0, locale: "en" });
    room.tell({ t: "read", seq: 5 });
    await chat.locator(".visitor").filter({ hasText: "roofs" }).getByText("Read").waitFor();
    room.tell({ t: "typing" });
    await chat.getByText("Ines is typing…").waitFor();
    await picture(page, "chat-talking");
    expect(await violations(page)).toEqual([]);
    room.say({ by: "operator", name: "Ines", text: "Which ones?" });
    await chat.getByText("Which ones?").waitFor();
    await expect.poll(() => chat.getByText("Ines is typing…").count()).toBe(0);
    expect(page.errors).toEqual([]);
  });

  it("counts at the launcher what has not been read, and tells the page without a word of it", async () => {
    const { page, room } = await visit();
    await page.goto(address);
    await page.evaluate(() => {
      Object.assign(window, { told: [] });
      for (const name of ["foyer:chat-start", "foyer:message"]) {
        document.addEventListener(name, (event) =>
          (window as unknown as { told: unknown[] }).told.push([name, (event as CustomEvent).detail]),
        );
      }
    });
    const chat = await openChat(page);
    await say(chat, "Hello?");
    await chat.getByRole("button", { name: "Close" }).click();
    room.say({ by: "operator", name: "Ines", text: "Still there?" });
    const launcher = page.getByRole("button", { name: "Contact us" });
    await expect.poll(() => launcher.getAttribute("data-unread")).toBe("1");
    expect(await launcher.evaluate((button) => button.ariaDescription)).toBe("1 new message");
    await picture(page, "chat-unread");
    await launcher.click();
    await expect.poll(() => launcher.getAttribute("data-unread")).toBe(null);
    const told = await page.evaluate(() => (window as unknown as { told: [string, unknown][] }).told);
    expect(told.filter(([name]) => name === "foyer:chat-start")).toEqual([["foyer:chat-start", { form }]]);
    expect(told).toContainEqual(["foyer:message", { form }]);
    expect(JSON.stringify(told)).not.toContain("Still there");
  });

  it("comes back on the next page by itself, with what was said meanwhile counted", async () => {
    const { page, room } = await visit();
    await page.goto(address);
    await say(await openChat(page), "Hello?");
    await page.goto("about:blank");
    room.say({ by: "operator", name: "Ines", text: "Still there?" });
    await page.goto(address);
    const launcher = page.getByRole("button", { name: "Contact us" });
    await expect.poll(() => launcher.getAttribute("data-unread"), { timeout: 10_000 }).toBe("1");
  });

  it("asks after a lost connection for no more than what came since", async () => {
    const { page, room } = await visit();
    await page.goto(address);
    const chat = await openChat(page);
    await chat.getByText("Ines has joined.").waitFor();
    room.cut();
    await chat.getByText("No connection. Trying again…").waitFor();
    room.mend();
    room.say({ by: "operator", name: "Ines", text: "Still there?" });
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await chat.getByText("Still there?").waitFor();
    const hellos = room.heard.filter((frame) => frame.t === "hello");
    expect(hellos.map(({ since }) => since)).toEqual([0, 4]);
    expect(await chat.getByText("Good morning!").count()).toBe(1);
  });

  it("marks what the room refuses, and offers it again when the visitor says so", async () => {
    const { page, room } = await visit();
    await page.goto(address);
    const chat = await openChat(page);
    room.refusal = "malformed";
    await say(chat, "Too odd.");
    await chat.getByText("Not sent.").waitFor();
    await picture(page, "chat-refused");
    room.refusal = undefined;
    await chat.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => chat.getByText("Not sent.").count()).toBe(0);
    expect(await chat.getByRole("log").getByText("Too odd.").count()).toBe(1);
  });

  it("waits as long as it is told where it was too fast, and loses nothing", async () => {
    const { page, room } = await visit();
    await page.goto(address);
    const chat = await openChat(page);
    room.refusal = "rate-limited";
    await say(chat, "One.");
    await say(chat, "Two.");
    await expect.poll(() => room.heard.filter(({ t }) => t === "say").length).toBeGreaterThan(3);
    room.refusal = undefined;
    await expect
      .poll(() => chat.getByRole("log").locator(".visitor [part=message]").allTextContents())
      .toEqual(["Six crews, two towns.", "One.", "Two."]);
    await expect.poll(() => chat.getByText("Sending…").count()).toBe(0);
  });
});

describe("while nobody is in", () => {
  it("says until when, and does not offer a person", async () => {
    const page = await stage.page({ timezoneId: "Europe/Helsinki" });
    const room = await fakeRoom(page, { status: "guided", away: { until: Date.UTC(2026, 2, 2, 7) } });
    room.say({ by: "bot", text: "We are away, and read everything." });
    await page.goto(address);
    const chat = await openChat(page);
    await chat.getByText("Back Monday 9:00 AM.").or(chat.getByText("Back Monday at 9:00 AM.")).waitFor();
    expect(await chat.getByRole("button", { name: "Talk to a person" }).count()).toBe(0);
    await picture(page, "chat-away");
    expect(await violations(page)).toEqual([]);
  });

  it("says so where it has ended, and offers another", async () => {
    const { page, room } = await visit();
    await page.goto(address);
    const chat = await openChat(page);
    room.say({ by: "system", type: "closed-by-operator", text: "Ines ended the chat." });
    room.become({ status: "closed" });
    await chat.getByRole("button", { name: "Start a new chat" }).waitFor();
    await picture(page, "chat-closed");
    expect(await violations(page)).toEqual([]);
  });
});

describe("what it looks like", () => {
  const long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  it.each([
    ["dark", { colorScheme: "dark" }, "en"],
    ["phone", { viewport: { width: 320, height: 640 }, hasTouch: true }, "de"],
    ["rtl", {}, "ar"],
    ["forced", { forcedColors: "active" }, "en"],
  ] as const)("%s: fits, reads and can be used by everybody", async (name, options, lang) => {
    const { page, room } = await visit(options);
    room.say({ by: "operator", name: "Ines", text: long });
    await page.goto(await stage.site(sitePage(tag(stage.server, form)).replace(`lang="en"`, `lang="${lang}"`)));
    await page.locator("foyer-form").getByRole("button").first().click();
    const chat = page.getByRole("dialog");
    await chat.getByText(long).waitFor();
    await picture(page, `chat-${name}`);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const log = chat.getByRole("log");
    expect(await log.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  });
});
