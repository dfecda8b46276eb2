import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FormField } from "../../../shared/lead-fields.ts";
import { picture } from "../support/pictures.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { fillIn, newEmail, openPopup, send, violations } from "../support/visitor.ts";

const LONG_WORD = "Rechtsschutzversicherungsgesellschaftsangelegenheiten";
const GERMAN: FormField[] = [
  { name: "name", type: "text", label: "Vor- und Nachname der Ansprechperson", required: true },
  { name: "email", type: "email", label: "E-Mail-Adresse", required: true },
  {
    name: "matter",
    type: "text",
    label: LONG_WORD,
    help: `Zum Beispiel: ${LONG_WORD}sachbearbeitung`,
    required: false,
  },
  {
    name: "when",
    type: "select",
    label: "Wunschtermin",
    required: true,
    options: [{ value: "a", label: `Donaudampfschifffahrtsgesellschaftskapitänsbesprechung am Vormittag` }],
  },
];

let stage: Stage;
let form: string;
let german: string;
beforeAll(async () => {
  stage = await openStage();
  form = await stage.form();
  german = await stage.form({
    fields: GERMAN,
    consent: { version: "1", text: `Ich stimme der ${LONG_WORD}verarbeitung zu.`, required: true },
    texts: { title: `${LONG_WORD}anfrage`, submit: "Unverbindlich Beratungsgespräch vereinbaren" },
  });
});
afterAll(() => stage?.end());

const HTML_RTL = sitePage("").replace('<html lang="en"', `<html lang="ar" dir="rtl"`);
const site = (html: string, id: string, attributes = "") =>
  stage.site(html.replace("</body>", `${tag(stage.server, id, attributes)}</body>`));

/** Nothing of the widget is wider than what holds it. */
const overflowing = (page: Page): Promise<string[]> =>
  page.locator("foyer-form").evaluate((host) =>
    [...(host.shadowRoot?.querySelectorAll(".panel, .panel *") ?? [])]
      .filter(
        (element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline",
      )
      .filter((element) => !/^(INPUT|SELECT|OPTION)$/.test(element.tagName) && !element.classList.contains("unseen"))
      .map((element) => `${element.tagName}.${element.className}`),
  );

const LOOKS: [string, BrowserContextOptions][] = [
  ["desktop", { viewport: { width: 1200, height: 900 } }],
  ["dark", { viewport: { width: 1200, height: 900 }, colorScheme: "dark" }],
  ["forced-colours", { viewport: { width: 1200, height: 900 }, forcedColors: "active" }],
  ["phone-390", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
  ["phone-320", { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true }],
  ["phone-320-dark", { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true, colorScheme: "dark" }],
];

describe("each state looks right and axe has nothing against it", () => {
  it.each(LOOKS)("%s", async (name, options) => {
    const page = await stage.page({ reducedMotion: "reduce", ...options });
    await page.goto(await site(sitePage(""), form));
    await page.getByRole("button", { name: "Contact us" }).waitFor();
    await picture(page, `${name}-0-closed`);
    const dialog = await openPopup(page);
    await picture(page, `${name}-1-open`);
    expect(await overflowing(page)).toEqual([]);
    await send(dialog);
    await dialog.getByText("Please check the marked fields.").waitFor();
    await picture(page, `${name}-2-errors`);
    expect(await violations(page)).toEqual([]);
    await fillIn(dialog, newEmail());
    await page.route("**/leads", (route) => route.abort());
    await send(dialog);
    await page.getByRole("heading", { name: "Not sent yet" }).waitFor();
    await picture(page, `${name}-3-waiting`);
    expect(await violations(page)).toEqual([]);
    await page.unroute("**/leads");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    await picture(page, `${name}-4-sent`);
    expect(await violations(page)).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
  });
});

describe("a page from right to left", () => {
  it.each([
    ["desktop", { width: 1000, height: 800 }],
    ["phone", { width: 320, height: 640 }],
  ])("%s: launcher, popup, close button, labels and arrow are mirrored", async (name, viewport) => {
    const page = await stage.page({ viewport, reducedMotion: "reduce" });
    await page.goto(await site(HTML_RTL, form));
    expect((await page.getByRole("button", { name: "Contact us" }).boundingBox())?.x).toBeLessThan(
      viewport.width / 2 - 30,
    );
    const dialog = await openPopup(page);
    await picture(page, `rtl-${name}`);
    const close = await dialog.getByRole("button", { name: "إغلاق" }).boundingBox();
    expect(close?.x).toBeLessThan(80);
    const label = dialog.getByText("Name", { exact: false }).first();
    expect(await label.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
    expect(await violations(page)).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
  });
});

describe("long German words", () => {
  it("break inside a phone of 320 px, in the popup and in the page", async () => {
    const page = await stage.page({ viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
    const inline = tag(stage.server, german, `data-mode="inline" data-target="#place"`);
    const html = sitePage(inline).replace(`lang="en"`, `lang="de"`);
    await page.goto(await site(html, german, `data-label="Beratungsgespräch vereinbaren"`));
    await page.locator("#place").getByLabel("E-Mail").waitFor();
    await picture(page, "german-inline");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    const launcher = page.locator("foyer-form > button, foyer-form button[aria-expanded]");
    const box = await launcher.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 320).toBe(true);
    await launcher.click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-Mail").waitFor();
    await picture(page, "german-popup");
    await dialog.getByRole("button", { name: /vereinbaren/ }).click();
    await dialog.locator("[role=alert]").filter({ hasText: /./ }).waitFor();
    await picture(page, "german-errors");
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

describe("a phone's keyboard", () => {
  it("has the sheet stand on it, and the field that is typed into in sight", async () => {
    const page = await stage.page({ viewport: { width: 320, height: 640 }, hasTouch: true, reducedMotion: "reduce" });
    await page.goto(await site(sitePage(""), form));
    const dialog = await openPopup(page);
    await dialog.getByLabel("Message").focus();
    await page.evaluate(() => {
      const view = window.visualViewport as VisualViewport;
      Object.defineProperty(view, "height", { get: () => 340, configurable: true });
      view.dispatchEvent(new Event("resize"));
    });
    await expect
      .poll(async () => {
        const box = await dialog.boundingBox();
        return box && Math.round(box.y + box.height);
      })
      .toBe(340);
    await dialog.getByLabel("Message").scrollIntoViewIfNeeded();
    const field = await dialog.getByLabel("Message").boundingBox();
    expect(field && field.y >= 0 && field.y + field.height <= 340).toBe(true);
    await picture(page, "phone-keyboard");
    await page.evaluate(() => {
      const view = window.visualViewport as VisualViewport;
      Object.defineProperty(view, "height", { get: () => 640, configurable: true });
      view.dispatchEvent(new Event("resize"));
    });
    await expect
      .poll(async () => {
        const box = await dialog.boundingBox();
        return box && Math.round(box.y + box.height);
      })
      .toBe(640);
  });
});

describe("motion", () => {
  const moves = async (reducedMotion: "reduce" | "no-preference") => {
    const page = await stage.page({ reducedMotion });
    await page.goto(await site(sitePage(""), form));
    await openPopup(page);
    return page.locator("foyer-form").evaluate((host) => {
      const seconds = [...(host.shadowRoot?.querySelectorAll("*") ?? [])].map((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return Number.parseFloat(transitionDuration) + Number.parseFloat(animationDuration);
      });
      return Math.max(...seconds);
    });
  };

  it("is short, and none where the visitor wants none", async () => {
    expect(await moves("reduce")).toBe(0);
    const seconds = await moves("no-preference");
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(0.3);
  });
});
