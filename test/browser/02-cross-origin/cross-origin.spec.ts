import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { fillIn, newEmail, openPopup, send } from "../support/visitor.ts";

const NONCE = "c2l0ZQ";
let stage: Stage;
let form: string;
beforeAll(async () => {
  stage = await openStage();
  form = await stage.form();
});
afterAll(() => stage?.end());

const strictPolicy = () => ({
  "content-security-policy":
    `default-src 'none'; script-src 'nonce-${NONCE}' 'strict-dynamic'; style-src 'self'; ` +
    `connect-src ${stage.server.url}; require-trusted-types-for 'script'`,
});

describe("a site with a strict policy on another origin", () => {
  it("has its form loaded, shown and sent without one violation", async () => {
    const page = await stage.page();
    const email = newEmail();
    await page.addInitScript(() => {
      const violations: string[] = [];
      Object.assign(window, { violations });
      document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
    });
    await page.goto(await stage.site(sitePage(tag(stage.server, form, `nonce="${NONCE}"`)), strictPolicy()));
    const dialog = await openPopup(page);
    // Styled: a refused stylesheet would leave the browser's own.
    expect(await dialog.evaluate((element) => getComputedStyle(element).borderRadius)).toBe("18px");
    await fillIn(dialog, email);
    await send(dialog);
    await dialog.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect(await stage.leadsOf(email)).toHaveLength(1);
    expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
    expect(page.errors).toEqual([]);
  });

  it("keeps nothing about a visitor who has only looked", async () => {
    const page = await stage.page();
    await page.goto(await stage.site(sitePage(tag(stage.server, form))));
    const dialog = await openPopup(page);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    await dialog.getByLabel("Name").fill("A");
    await expect.poll(() => page.evaluate(() => Object.keys(localStorage))).toEqual(["foyer:visitor"]);
    expect(await page.context().cookies()).toEqual([]);
  });
});

describe("the site's own script", () => {
  it("queues calls before the widget is there, and hears what happens without what was typed", async () => {
    const page = await stage.page();
    const email = newEmail();
    const calls = `<script>
      window.dataLayer = []; window.heard = [];
      window.foyer = window.foyer || [];
      foyer.push(["on", "sent", (detail) => heard.push(detail)]);
      foyer.push(["identify", { id: "customer-7", name: "Cy Dee" }]);
      foyer.push(["prefill", { message: "From the price list" }]);
      foyer.push(["open"]);
    </script>`;
    await page.goto(await stage.site(sitePage(calls + tag(stage.server, form))));
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail").fill(email);
    await dialog.getByLabel("You may answer me.").check();
    await send(dialog);
    await dialog.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    const [lead] = await stage.leadsOf(email);
    expect(lead?.data).toMatchObject({ name: "Cy Dee", message: "From the price list" });
    const { heard, dataLayer } = await page.evaluate(() => {
      const { heard, dataLayer } = window as unknown as { heard: object[]; dataLayer: { event: string }[] };
      return { heard, dataLayer };
    });
    expect(heard).toEqual([{ form, lead: lead?.id }]);
    expect(dataLayer.map(({ event }) => event).sort()).toEqual(
      ["foyer:open", "foyer:ready", "foyer:submit", "foyer:sent"].sort(),
    );
    expect(JSON.stringify(dataLayer)).not.toMatch(/Cy Dee|price list|example\.com/);
  });

  it("finds one widget however often the tag is there, and none after destroy", async () => {
    const page = await stage.page();
    const inline = `data-mode="inline" data-target="#place"`;
    const tags = [tag(stage.server, form), tag(stage.server, form), tag(stage.server, form, inline)].join("");
    await page.goto(await stage.site(sitePage(tags)));
    await page.locator("#place").getByLabel("Name").waitFor();
    await page.getByRole("button", { name: "Contact us" }).waitFor();
    expect(await page.locator("foyer-form").count()).toBe(2);
    await page.evaluate(() => (window as unknown as { foyer: { destroy(): void } }).foyer.destroy());
    expect(await page.locator("foyer-form").count()).toBe(0);
    expect(page.errors).toEqual([]);
  });

  it("can have it opened by a link of its own, and by the visitor's scrolling without taking the focus", async () => {
    const page = await stage.page({ viewport: { width: 900, height: 600 } });
    const talk = `<a href="#talk" id="talk">Talk</a><input id="search" aria-label="Search">`;
    const tall = `<svg width="10" height="3000" aria-hidden="true"></svg>`;
    const rules = `data-open-on="scroll:40; #talk"`;
    await page.goto(await stage.site(sitePage(talk + tall + tag(stage.server, form, rules))));
    await page.getByRole("button", { name: "Contact us" }).waitFor();
    await page.locator("#search").focus();
    await page.evaluate(() => scrollTo(0, 2000));
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("search");
    await dialog.getByRole("button", { name: "Close" }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.locator("#talk").click();
    await dialog.waitFor();
    expect(new URL(page.url()).hash).toBe("");
  });
});
