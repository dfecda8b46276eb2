/** The visitor's own browser does its worst: its storage, its clock, its tabs. One lead, and true words. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { fillIn, newEmail, openPopup, send } from "../support/visitor.ts";
import { again, KEPT, NOT_KEPT, outbox, pressSend, reads, thanked } from "./visit.ts";

const DAY_MS = 86_400_000;

let stage: Stage;
let address: string;
beforeAll(async () => {
  stage = await openStage();
  address = await stage.site(sitePage(tag(stage.server, await stage.form({ duplicate_policy: "off" }))));
});
afterAll(() => stage?.end());

describe("the browser's storage", () => {
  const breakStorage = (page: Page, how: "full" | "forbidden") =>
    page.addInitScript((how) => {
      if (how === "forbidden") {
        Object.defineProperty(window, "localStorage", {
          get: () => {
            throw new DOMException("denied", "SecurityError");
          },
        });
      } else {
        Storage.prototype.setItem = () => {
          throw new DOMException("full", "QuotaExceededError");
        };
      }
    }, how);

  it.each(["full", "forbidden"] as const)(
    "%s: the visitor is asked to leave the page open, and it arrives",
    async (how) => {
      const page = await stage.page();
      await breakStorage(page, how);
      const email = newEmail();
      await page.goto(address);
      const dialog = await openPopup(page);
      await fillIn(dialog, email);
      await page.context().setOffline(true);
      await send(dialog);
      await reads(page, NOT_KEPT);
      expect(await page.getByText(KEPT).count()).toBe(0);
      await page.context().setOffline(false);
      await thanked(page);
      expect(await stage.leadsOf(email)).toHaveLength(1);
      expect(page.errors).toEqual([]);
    },
  );

  it("forbidden, and the sender lost: nothing is promised that is not kept", async () => {
    const page = await stage.page();
    await breakStorage(page, "forbidden");
    await page.route("**/chunks/sender-*", (route) => route.abort());
    await pressSend(page, address);
    await reads(page, NOT_KEPT);
    expect(await page.getByRole("dialog").getByLabel("Name").inputValue()).toBe("Ada Rey");
  });
});

describe("the visitor's clock", () => {
  it("set back by a year while a submission waits: it is sent all the same, once", async () => {
    const page = await stage.page();
    await page.route("**/leads", (route) => route.abort());
    const email = await pressSend(page, address);
    await reads(page, KEPT);
    const context = page.context();
    await page.close();
    const next = await context.newPage();
    await next.clock.setFixedTime(Date.now() - 365 * DAY_MS);
    await next.goto(address);
    await expect.poll(() => outbox(next), { timeout: 15_000 }).toEqual([]);
    expect(await stage.leadsOf(email)).toHaveLength(1);
  });

  it("a week on, the page still open: what the server may have forgotten is not sent again, and the visitor is told", async () => {
    const page = await stage.page();
    await page.clock.install();
    let posts = 0;
    await page.route("**/leads", async (route) => {
      posts++;
      if (posts === 1) await route.fetch();
      return route.abort();
    });
    const email = await pressSend(page, address);
    await reads(page, KEPT);
    await page.clock.setSystemTime(Date.now() + 7 * DAY_MS + 60_000);
    const before = posts;
    await again(page);
    await page.getByRole("alert").filter({ hasText: "This could not be sent." }).waitFor();
    expect(posts).toBe(before);
    expect(await outbox(page)).toEqual([]);
    expect(await stage.leadsOf(email)).toHaveLength(1);
  });
});

describe("a value of 1 MB", () => {
  it("is refused in words before anything is sent, and the rest of the form goes on", async () => {
    const page = await stage.page();
    const email = newEmail();
    await page.goto(address);
    const dialog = await openPopup(page);
    await fillIn(dialog, email);
    await dialog.getByLabel("Message").evaluate((field) => {
      (field as HTMLTextAreaElement).value = "long ".repeat(210_000);
      field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    });
    let posts = 0;
    page.on("request", (request) => {
      if (request.method() === "POST") posts++;
    });
    await send(dialog);
    await dialog.getByText("Please enter at most 20,000 characters.").waitFor();
    expect(posts).toBe(0);
    await dialog.getByLabel("Message").fill("Short.");
    await send(dialog);
    await thanked(page);
    expect(await stage.leadsOf(email)).toHaveLength(1);
  });
});

describe("two tabs", () => {
  it("that press send on the same form at once are two visitors' wishes, each one lead", async () => {
    const page = await stage.page();
    const tab = await page.context().newPage();
    const [one, two] = [newEmail(), newEmail()];
    for (const [where, email] of [
      [page, one],
      [tab, two],
    ] as const) {
      await where.goto(address);
      await fillIn(await openPopup(where), email);
    }
    await Promise.all([send(page.getByRole("dialog")), send(tab.getByRole("dialog"))]);
    await Promise.all([thanked(page), thanked(tab)]);
    expect([(await stage.leadsOf(one)).length, (await stage.leadsOf(two)).length]).toEqual([1, 1]);
  });
});
