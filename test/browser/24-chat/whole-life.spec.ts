/** A chat from its place in the page to its end: inline, asked for a person, taken away, cut off. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { picture } from "../support/pictures.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { violations } from "../support/visitor.ts";
import { fakeRoom } from "./fake-room.ts";
import { openChat, say } from "./visit.ts";

let stage: Stage;
let form: string;
let address: string;
beforeAll(async () => {
  stage = await openStage();
  form = await stage.form({ mode: "chat", consent: undefined });
  address = await stage.site(sitePage(tag(stage.server, form)));
});
afterAll(() => stage?.end());

/** What still runs or listens on a page's behalf; of listeners those of the window and the document. */
interface Left {
  sockets: number;
  timers: number;
  listeners: number;
}

/** Counts from now on what the page's scripts begin and do not end. */
async function watchLeft(page: Page): Promise<() => Promise<Left>> {
  await page.addInitScript(() => {
    const timers = new Set<unknown>();
    const sockets = new Set<WebSocket>();
    let listeners = 0;
    for (const kind of ["Timeout", "Interval"] as const) {
      const set = window[`set${kind}`].bind(window) as (work: () => void, ms?: number) => number;
      const clear = window[`clear${kind}`].bind(window);
      Object.assign(window, {
        [`set${kind}`](work: () => void, ms?: number) {
          const id = set(() => {
            if (kind === "Timeout") timers.delete(id);
            work();
          }, ms);
          timers.add(id);
          return id;
        },
        [`clear${kind}`](id: number) {
          timers.delete(id);
          clear(id);
        },
      });
    }
    const listen = window.addEventListener.bind(window);
    window.addEventListener = ((type: string, heard: () => void, options?: { signal?: AbortSignal }) => {
      listeners++;
      options?.signal?.addEventListener("abort", () => listeners--);
      listen(type, heard, options);
    }) as typeof window.addEventListener;
    window.WebSocket = class extends WebSocket {
      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        sockets.add(this);
      }
    };
    Object.assign(window, {
      left: () => ({
        sockets: [...sockets].filter((one) => one.readyState < 2).length,
        timers: timers.size,
        listeners,
      }),
    });
  });
  return () => page.evaluate(() => (window as unknown as { left(): Left }).left());
}

describe("a chat in the page", () => {
  it("stands in its place, connects when it is there, and moves nothing that is around it", async () => {
    const page = await stage.page({ reducedMotion: "reduce" });
    const tags = tag(stage.server, form, `data-mode="inline" data-target="#place" data-height="640"`);
    await page.goto(await stage.site(sitePage(tags)));
    const chat = page.locator("foyer-form");
    await chat.getByRole("textbox", { name: "Name" }).waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await say(chat, "Ada Rey");
    await chat.getByRole("textbox", { name: "E-mail" }).waitFor();
    await picture(page, "chat-inline");
    expect(await violations(page)).toEqual([]);
    expect(await chat.evaluate((host) => host.shadowRoot?.getAnimations().length)).toBe(0);
    await page.reload();
    await chat.getByRole("log").getByText("Ada Rey", { exact: true }).waitFor();
    expect(page.errors).toEqual([]);
  });
});

describe("a visitor who would like a person", () => {
  it("asks the room for one, hears that it was asked, and goes on meanwhile", async () => {
    const page = await stage.page();
    await page.goto(address);
    const chat = await openChat(page);
    await chat.getByRole("button", { name: "Talk to a person" }).click();
    await chat.getByRole("log").getByText("A person was asked to join.").waitFor();
    await chat.getByText("A person will join soon.").waitFor();
    expect(await chat.getByRole("button", { name: "Talk to a person" }).count()).toBe(0);
    await picture(page, "chat-waiting");
    await say(chat, "Ada Rey");
    await chat.getByRole("textbox", { name: "E-mail" }).waitFor();
    expect(page.errors).toEqual([]);
  });
});

describe("a chat that is taken away", () => {
  it("leaves no socket, no timer and no listener, also where it had only begun to come", async () => {
    const page = await stage.page();
    const left = await watchLeft(page);
    await page.goto(address);
    // The loader looks once, after a while, whether a page before has left something.
    await expect.poll(async () => (await left()).timers, { timeout: 6_000 }).toBe(0);
    const nothing = { sockets: 0, timers: 0, listeners: 0 };
    const chat = await openChat(page);
    await say(chat, "Ada Rey");
    await chat.getByRole("textbox", { name: "E-mail" }).waitFor();
    expect((await left()).sockets).toBe(1);
    const foyer = (call: string, ...values: unknown[]) =>
      page.evaluate(
        ([call, values]) =>
          (window as unknown as { foyer: { push(call: unknown[]): void } }).foyer.push([call, ...values]),
        [call, values] as const,
      );
    await foyer("destroy");
    await expect.poll(left).toEqual(nothing);
    // As under StrictMode: there, away and there again, while its chunks are still on their way.
    for (let round = 0; round < 3; round++) {
      await page.evaluate(() => {
        const { foyer } = window as unknown as { foyer: { add(script: Element): void; open(): void; destroy(): void } };
        const script = document.querySelector("script[data-form]") as Element;
        foyer.add(script);
        foyer.open();
        foyer.destroy();
        foyer.add(script);
      });
      await page.getByRole("button", { name: "Contact us" }).click();
      await page.getByRole("dialog").getByRole("log").getByText("Ada Rey", { exact: true }).waitFor();
      expect((await left()).sockets).toBe(1);
      await foyer("destroy");
      await expect.poll(left).toEqual(nothing);
    }
    expect(page.errors).toEqual([]);
  });
});

describe("a chat at its end", () => {
  it("stays hung up in an open popup, whatever the visitor looks at", async () => {
    const page = await stage.page();
    const room = await fakeRoom(page, { status: "talking", operator: "Ines" });
    room.say({ by: "operator", name: "Ines", text: "Good-bye." });
    await page.goto(address);
    const chat = await openChat(page);
    room.become({ status: "closed" });
    await chat.getByRole("button", { name: "Start a new chat" }).waitFor();
    const hellos = () => room.heard.filter(({ t }) => t === "hello").length;
    expect(hellos()).toBe(1);
    await page.evaluate(async () => {
      for (let look = 0; look < 3; look++) {
        dispatchEvent(new Event("visibilitychange"));
        dispatchEvent(new Event("online"));
      }
    });
    await chat.getByRole("button", { name: "Start a new chat" }).click();
    await expect.poll(hellos).toBe(2);
  });

  it("says that ending is under way where there is no connection, and ends once", async () => {
    const page = await stage.page();
    const room = await fakeRoom(page);
    room.say({ by: "bot", text: "Hello." });
    // However often none is to be had, it is a socket that is tried again.
    await page.addInitScript(() => {
      Math.random = () => 0;
    });
    await page.goto(address);
    const chat = await openChat(page);
    room.cut();
    await chat.getByText("No connection. Trying again…").waitFor();
    await chat.getByRole("button", { name: "End chat" }).click();
    await chat.getByRole("button", { name: "End chat" }).click();
    await chat.getByRole("log").getByText("End chat").waitFor();
    await picture(page, "chat-offline");
    expect(await violations(page)).toEqual([]);
    room.mend();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await chat.getByRole("button", { name: "Start a new chat" }).waitFor({ timeout: 20_000 });
    expect(room.heard.filter(({ t }) => t === "close")).toHaveLength(1);
    expect(await chat.getByRole("log").getByText("This chat has ended.").count()).toBe(1);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(["foyer:visitor"]);
  });
});
