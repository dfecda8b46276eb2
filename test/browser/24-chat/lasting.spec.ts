/** A chat outlasts pages, lines and tabs: nothing that was said is lost, and nothing is there twice. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { newEmail } from "../support/visitor.ts";
import { openChat, say } from "./visit.ts";

let stage: Stage;
let address: string;
beforeAll(async () => {
  stage = await openStage();
  const form = await stage.form({ mode: "chat", consent: undefined });
  address = await stage.site(sitePage(tag(stage.server, form)));
});
afterAll(() => stage?.end());

const count = (log: Locator, text: string): Promise<number> => log.getByText(text, { exact: true }).count();
const kept = (page: Page): Promise<string[]> => page.evaluate(() => Object.keys(localStorage).sort());
/** Resolves when the room has all that was said. */
const arrived = (page: Page) =>
  expect.poll(async () => (await kept(page)).filter((key) => key.split(":").length > 3)).toEqual([]);

describe("a chat that has begun", () => {
  it("keeps nothing before the visitor says something, and then a token, and goes on after a reload", async () => {
    const page = await stage.page();
    await page.goto(address);
    let chat = await openChat(page);
    expect(await kept(page)).toEqual([]);
    await say(chat, "Ada Rey");
    await arrived(page);
    expect((await kept(page)).map((key) => key.replace(/[0-9a-f-]{36}/, "FORM"))).toEqual([
      "foyer:open:FORM",
      "foyer:visitor",
    ]);
    await page.reload();
    chat = await openChat(page);
    const log = chat.getByRole("log");
    await log.getByText("Ada Rey", { exact: true }).waitFor();
    expect(await count(log, "Ada Rey")).toBe(1);
    await chat.getByRole("textbox", { name: "E-mail" }).waitFor();
    expect(page.errors).toEqual([]);
  });

  it("sends what was said without a connection, in order and once, even from the next page", async () => {
    const page = await stage.page();
    const email = newEmail();
    await page.goto(address);
    let chat = await openChat(page);
    await say(chat, "Ada Rey");
    await chat.getByRole("textbox", { name: "E-mail" }).waitFor();
    let isCut = true;
    await page.routeWebSocket(/\/chat$/, (socket) => {
      if (!isCut) socket.connectToServer();
    });
    // This page's socket is through already: the next page's is not.
    await page.reload();
    await page.getByRole("button", { name: "Contact us" }).click();
    chat = page.getByRole("dialog");
    await say(chat, "One.");
    await say(chat, "Two.");
    await chat.getByText("Sending…").first().waitFor();
    isCut = false;
    await page.reload();
    chat = await openChat(page);
    const log = chat.getByRole("log");
    await log.getByText("Two.", { exact: true }).waitFor();
    await arrived(page);
    await say(chat, email);
    await arrived(page);
    await page.reload();
    chat = await openChat(page);
    await chat.getByRole("log").getByText(email).waitFor();
    const said = await chat.getByRole("log").locator(".visitor [part=message]").allTextContents();
    expect(said).toEqual(["Ada Rey", "One.", "Two.", email]);
    await expect.poll(() => stage.leadsOf(email)).toHaveLength(1);
  });

  it("is the same in two tabs, also where both were open before anything was said", async () => {
    const page = await stage.page();
    const other = await page.context().newPage();
    await page.goto(address);
    await other.goto(address);
    const [chat, there] = [await openChat(page), await openChat(other)];
    await say(chat, "Ada Rey");
    await arrived(page);
    await say(there, "From the other tab.", "Write a message");
    await there.getByRole("log").getByText("Ada Rey", { exact: true }).waitFor();
    await chat.getByRole("log").getByText("From the other tab.").waitFor();
    expect(await count(chat.getByRole("log"), "From the other tab.")).toBe(1);
  });

  it("goes by requests where no socket can be had", async () => {
    const page = await stage.page();
    await page.routeWebSocket(/\/chat$/, (socket) => socket.close({ code: 1011 }));
    await page.addInitScript(() => {
      Object.assign(window, {
        WebSocket: class {
          constructor() {
            throw new DOMException("Sockets are blocked.", "SecurityError");
          }
        },
      });
    });
    await page.goto(address);
    const chat = await openChat(page);
    await say(chat, "Ada Rey");
    await chat.getByRole("textbox", { name: "E-mail" }).waitFor();
    await arrived(page);
    expect(await count(chat.getByRole("log"), "Ada Rey")).toBe(1);
    expect(page.errors).toEqual([]);
  });

  it("ends when the visitor says so, and the next one is another", async () => {
    const page = await stage.page();
    await page.goto(address);
    const chat = await openChat(page);
    await say(chat, "Ada Rey");
    await arrived(page);
    await chat.getByRole("button", { name: "End chat" }).click();
    await chat.getByText("This chat has ended.").waitFor();
    expect((await kept(page)).filter((key) => key.startsWith("foyer:open:"))).toEqual([]);
    await chat.getByRole("button", { name: "Start a new chat" }).click();
    await chat.getByRole("textbox", { name: "Name" }).fill("Ben Low");
    await page.keyboard.press("Enter");
    await chat.getByRole("textbox", { name: "E-mail" }).waitFor();
    expect(await count(chat.getByRole("log"), "Ada Rey")).toBe(1);
    await page.reload();
    const again = await openChat(page);
    await again.getByRole("log").getByText("Ben Low").waitFor();
    expect(await count(again.getByRole("log"), "Ada Rey")).toBe(0);
  });
});
