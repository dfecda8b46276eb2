import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { fillIn, newEmail, openPopup, send } from "../support/visitor.ts";
import { outbox, pressSend, thanked } from "./visit.ts";

let stage: Stage;
let address: string;
beforeAll(async () => {
  stage = await openStage();
  address = await stage.site(sitePage(tag(stage.server, await stage.form())));
});
afterAll(() => stage?.end());

const notSentYet = (page: Page) => page.getByRole("heading", { name: "Not sent yet" }).waitFor();

describe("a submission", () => {
  it("that is pressed without a network is told to be waiting, and arrives once when there is one", async () => {
    const page = await stage.page();
    const email = newEmail();
    await page.goto(address);
    const dialog = await openPopup(page);
    await fillIn(dialog, email);
    await page.context().setOffline(true);
    await send(dialog);
    await notSentYet(page);
    expect(await outbox(page)).toHaveLength(1);
    expect(await stage.leadsOf(email)).toEqual([]);
    await page.context().setOffline(false);
    await thanked(page);
    expect(await outbox(page)).toEqual([]);
    expect(await stage.leadsOf(email)).toHaveLength(1);
  });

  it("outlasts a server that fails: by itself after a pause, or when the visitor says so", async () => {
    const page = await stage.page();
    let failures = 2;
    await page.route("**/leads", (route) =>
      failures-- > 0
        ? route.fulfill({ status: 500, headers: { "access-control-allow-origin": "*" }, body: "{}" })
        : route.continue(),
    );
    const email = await pressSend(page, address);
    await notSentYet(page);
    await page.getByRole("button", { name: "Try again" }).click();
    // The second failure is over, and nobody presses a third time.
    await thanked(page);
    expect(await stage.leadsOf(email)).toHaveLength(1);
  });

  it("waits as long as the server asks for", async () => {
    const page = await stage.page();
    await page.clock.install();
    let asked = 0;
    await page.route("**/leads", (route) => {
      asked++;
      return asked === 1
        ? route.fulfill({
            status: 429,
            headers: {
              "access-control-allow-origin": "*",
              "access-control-expose-headers": "Retry-After",
              "retry-after": "120",
            },
            body: "{}",
          })
        : route.continue();
    });
    const email = await pressSend(page, address);
    await notSentYet(page);
    // By then the page has looked for what earlier pages have left, and has had the time to ask for it.
    await page.clock.runFor(119_000);
    for (let times = 0; times < 3; times += 1) await page.evaluate(() => fetch("/").then((answer) => answer.text()));
    expect(asked).toBe(1);
    await page.clock.runFor(2_000);
    await thanked(page);
    expect(asked).toBe(2);
    expect(await stage.leadsOf(email)).toHaveLength(1);
  });

  it("is one lead where the connection broke after the server had stored it", async () => {
    const page = await stage.page();
    let cut = true;
    await page.route("**/leads", async (route) => {
      if (!cut) return route.continue();
      cut = false;
      await route.fetch();
      return route.abort("connectionreset");
    });
    const email = await pressSend(page, address);
    await notSentYet(page);
    expect(await stage.leadsOf(email)).toHaveLength(1);
    await page.getByRole("button", { name: "Try again" }).click();
    await thanked(page);
    expect(await stage.leadsOf(email)).toHaveLength(1);
    expect(await outbox(page)).toEqual([]);
  });

  it("is sent by the next page, without the visitor opening anything", async () => {
    const page = await stage.page();
    await page.route("**/leads", (route) => route.abort());
    const email = await pressSend(page, address);
    await notSentYet(page);
    const context = page.context();
    await page.close();
    const next = await context.newPage();
    await next.goto(address);
    await expect.poll(() => stage.leadsOf(email), { timeout: 10_000 }).toHaveLength(1);
    await expect.poll(() => outbox(next)).toEqual([]);
  });

  it("is shown as not sent yet to a visitor who comes back for it", async () => {
    const page = await stage.page();
    await page.route("**/leads", (route) => route.abort());
    const email = await pressSend(page, address);
    await notSentYet(page);
    await page.reload();
    await page.getByRole("button", { name: "Contact us" }).click();
    await notSentYet(page);
    // What was taken up again is over before there is a network.
    const retry = page.getByRole("button", { name: "Try again" });
    await retry.waitFor();
    await page.unroute("**/leads");
    await retry.click();
    await thanked(page);
    expect(await stage.leadsOf(email)).toHaveLength(1);
  });

  it("is one lead from two tabs that find it at once", async () => {
    const page = await stage.page();
    await page.route("**/leads", (route) => route.abort());
    const email = await pressSend(page, address);
    await notSentYet(page);
    const context = page.context();
    await page.close();
    const tabs = await Promise.all([context.newPage(), context.newPage()]);
    await Promise.all(tabs.map((tab) => tab.goto(address)));
    for (const tab of tabs) await expect.poll(() => outbox(tab), { timeout: 10_000 }).toEqual([]);
    expect(await stage.leadsOf(email)).toHaveLength(1);
  });

  it("is told to be here already where the visitor sends the same again", async () => {
    const page = await stage.page();
    const email = await pressSend(page, address);
    await thanked(page);
    await page.reload();
    const dialog = await openPopup(page);
    await fillIn(dialog, email);
    await send(dialog);
    await dialog.getByRole("heading", { name: "We already have your request" }).waitFor();
    expect(await stage.leadsOf(email)).toHaveLength(1);
    expect(await outbox(page)).toEqual([]);
  });
});
