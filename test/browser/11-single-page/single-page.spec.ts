import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { fillIn, newEmail, openPopup, send, violations } from "../support/visitor.ts";

let stage: Stage;
let form: string;
let other: string;
beforeAll(async () => {
  stage = await openStage();
  [form, other] = await Promise.all([stage.form(), stage.form()]);
});
afterAll(() => stage?.end());

/** What a client-side router does: another body, another address, the body's scripts run again. */
const goTo = (page: Page, path: string, html: string, transition = false): Promise<void> =>
  page.evaluate(
    async ([path, html, transition]) => {
      const swap = () => {
        history.pushState({}, "", path as string);
        const body = document.createElement("body");
        body.innerHTML = html as string;
        document.body.replaceWith(body);
        for (const old of body.querySelectorAll("script")) {
          const fresh = document.createElement("script");
          for (const { name, value } of old.attributes) fresh.setAttribute(name, value);
          old.replaceWith(fresh);
        }
      };
      if (transition) await document.startViewTransition(swap).finished;
      else swap();
    },
    [path, html, transition] as const,
  );

describe("a site that swaps its body", () => {
  it.each([
    ["by hand", false],
    ["in a view transition", true],
  ])("%s keeps the launcher, an open popup and what was typed, and notes the new address", async (_, transition) => {
    const page = await stage.page({ reducedMotion: "reduce" });
    await page.goto(await stage.site(sitePage(tag(stage.server, form))));
    const dialog = await openPopup(page);
    const email = newEmail();
    await fillIn(dialog, email);
    const next = `<main><h1>Second</h1></main>${tag(stage.server, form)}`;
    await goTo(page, "/second?utm_campaign=later", next, transition);
    await page.getByRole("heading", { name: "Second" }).waitFor();
    expect(await page.locator("foyer-form").count()).toBe(1);
    expect(await dialog.getByLabel("E-mail").inputValue()).toBe(email);
    expect(await violations(page)).toEqual([]);
    await send(dialog);
    await dialog.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    const [lead] = await stage.leadsOf(email);
    expect(lead?.data).toMatchObject({ campaign: "later" });
    expect(page.errors).toEqual([]);
  });

  it("finds its inline form again where its place comes back, with what was typed", async () => {
    const page = await stage.page();
    const inline = tag(stage.server, form, `data-mode="inline" data-target="#place"`);
    await page.goto(await stage.site(sitePage(inline)));
    await page.getByLabel("Name").fill("Ada Rey");
    await goTo(page, "/away", "<main><h1>Away</h1></main>");
    expect(await page.locator("foyer-form").count()).toBe(0);
    await goTo(page, "/", `<main><h1>Back</h1><div id="place"></div></main>${inline}`);
    expect(await page.locator("#place").getByLabel("Name").inputValue()).toBe("Ada Rey");
    expect(await page.locator("foyer-form").count()).toBe(1);
  });
});

interface Counted {
  listeners: Map<string, number>;
  timers: Set<number>;
}

/** Counts what is added to window and document, and what is taken away, by a signal too. */
const count = (page: Page) =>
  page.addInitScript(() => {
    const listeners = new Map<string, number>();
    const timers = new Set<number>();
    Object.assign(window, { counted: { listeners, timers } });
    const shared = (target: EventTarget) =>
      target === window || target === document || target === window.visualViewport;
    const step = (type: string, by: number) => listeners.set(type, (listeners.get(type) ?? 0) + by);
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, heard, options) {
      if (shared(this)) {
        step(type, 1);
        const signal = typeof options === "object" ? options.signal : undefined;
        if (signal) addEventListener.call(signal, "abort", () => step(type, -1));
      }
      return addEventListener.call(this, type, heard, options);
    };
    EventTarget.prototype.removeEventListener = function (type, heard, options) {
      if (shared(this)) step(type, -1);
      return removeEventListener.call(this, type, heard, options);
    };
    // The page's own timers, counted: what the widget sets it must clear. Nothing here waits for them.
    const { setTimeout, clearTimeout } = window;
    Object.assign(window, {
      setTimeout: (work: () => void, ms: number) => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          work();
        }, ms);
        timers.add(timer);
        return timer;
      },
      clearTimeout: (timer: number) => {
        timers.delete(timer);
        clearTimeout(timer);
      },
    });
  });

const left = (page: Page) =>
  page.evaluate(() => {
    const { listeners, timers } = (window as unknown as { counted: Counted }).counted;
    const types = [...listeners].filter(([, number]) => number > 0).map(([type]) => type);
    return { types, timers: timers.size, hosts: document.querySelectorAll("foyer-form").length };
  });

const destroy = (page: Page, id?: string) =>
  page.evaluate((id) => (window as unknown as { foyer: { destroy(form?: string): void } }).foyer.destroy(id), id);

describe("destroy", () => {
  it("leaves no element, listener or timer, whatever the widget was doing", async () => {
    const page = await stage.page();
    // In this order, so that the timers counted are those of the page.
    await page.clock.install();
    await count(page);
    const rules = `data-open-on="delay:60; scroll:50; exit; #talk"`;
    await page.goto(
      await stage.site(
        sitePage(tag(stage.server, form, rules) + tag(stage.server, other, `data-style="--foyer-inline: 20px auto"`)),
      ),
    );
    await page.clock.runFor(4_000);
    await page.route("**/leads", (route) => route.abort());
    const launcher = page.getByRole("button", { name: "Contact us" });
    await launcher.first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").waitFor();
    await fillIn(dialog, newEmail());
    await send(dialog);
    await page.getByRole("heading", { name: "Not sent yet" }).waitFor();
    await destroy(page);
    await page.clock.runFor(1_000);
    expect(await left(page)).toEqual({ types: [], timers: 0, hosts: 0 });
    let asked = 0;
    page.on("request", () => asked++);
    await page.clock.runFor(120_000);
    await page.evaluate(() => document.dispatchEvent(new MouseEvent("mouseout")));
    expect([asked, page.errors]).toEqual([0, []]);
  });

  it("before the page is read keeps the widget away, and a new tag brings it back", async () => {
    const page = await stage.page();
    const html = sitePage(tag(stage.server, form, `data-mode="inline" data-target="#late"`));
    await page.goto(await stage.site(html));
    await page.waitForFunction(() => "add" in ((window as unknown as { foyer?: object }).foyer ?? {}));
    await destroy(page, form);
    await page.evaluate(() => {
      document.querySelector("#place")?.setAttribute("id", "late");
      dispatchEvent(new Event("DOMContentLoaded"));
    });
    expect(await page.locator("foyer-form").count()).toBe(0);
    await page.evaluate(() => {
      const { foyer } = window as unknown as { foyer: { add(script: Element | null): void } };
      foyer.add(document.querySelector("script[data-form]"));
    });
    await page.locator("#late").getByLabel("Name").waitFor();
  });

  it("gives the memory back", async () => {
    const page = await stage.page();
    await page.goto(await stage.site(sitePage(tag(stage.server, form))));
    await openPopup(page);
    await page.evaluate(() => {
      const host = document.querySelector("foyer-form") as Element;
      Object.assign(window, { gone: new WeakRef(host) });
    });
    await destroy(page);
    const session = await page.context().newCDPSession(page);
    await session.send("HeapProfiler.enable");
    await expect
      .poll(async () => {
        await session.send("HeapProfiler.collectGarbage");
        return page.evaluate(() => (window as unknown as { gone: WeakRef<Element> }).gone.deref() === undefined);
      })
      .toBe(true);
  });

  it("forgets what the page had told the widget: who comes back hears each event once", async () => {
    const page = await stage.page();
    await page.goto(await stage.site(sitePage(tag(stage.server, form))));
    await page.getByRole("button", { name: "Contact us" }).waitFor();
    await page.evaluate((id) => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      const { foyer } = window as unknown as {
        foyer: Record<"on" | "destroy" | "add", (...values: unknown[]) => void>;
      };
      foyer.on("open", () => heard.push("first"), id);
      foyer.destroy(id);
      foyer.on("open", () => heard.push("second"), id);
      foyer.add(document.querySelector("script[data-form]"));
    }, form);
    await openPopup(page);
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(["second"]);
  });
});
