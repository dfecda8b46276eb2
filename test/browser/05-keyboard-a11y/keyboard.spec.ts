import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { fillIn, focused, newEmail, openPopup, send, violations } from "../support/visitor.ts";

let stage: Stage;
let form: string;
let address: string;
beforeAll(async () => {
  stage = await openStage();
  form = await stage.form();
  address = await stage.site(sitePage(tag(stage.server, form)));
});
afterAll(() => stage?.end());

const expanded = (page: Page) =>
  page.locator("foyer-form").evaluate((host) => host.shadowRoot?.querySelector("button")?.ariaExpanded);

describe("with the keyboard alone", () => {
  it("the popup is reached last, opened, filled in, sent and closed, and the focus comes back", async () => {
    const page = await stage.page();
    await page.goto(address);
    await page.getByRole("button", { name: "Contact us" }).waitFor();
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("button");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByLabel("Name").waitFor();
    await expect.poll(() => focused(page)).toBe("f-name");
    await page.keyboard.type("Ada Rey");
    await page.keyboard.press("Tab");
    await page.keyboard.type(newEmail());
    for (let steps = 0; steps < 5; steps++) await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("f-consent");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect(await focused(page)).toBe("title");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await focused(page)).toBe("button");
    await expect.poll(() => expanded(page)).toBe("false");
  });

  it("Escape gives the focus back to what opened it", async () => {
    const page = await stage.page();
    const link = `<button id="talk">Talk</button>`;
    await page.goto(await stage.site(sitePage(link + tag(stage.server, form, `data-open-on="#talk"`))));
    await page.getByRole("button", { name: "Contact us" }).waitFor();
    await page.locator("#talk").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByLabel("Name").waitFor();
    await expect.poll(() => focused(page)).toBe("f-name");
    await page.keyboard.press("Escape");
    expect(await focused(page)).toBe("talk");
  });

  it("nobody meets the field for programs", async () => {
    const page = await stage.page();
    await page.goto(address);
    const dialog = await openPopup(page);
    const trap = dialog.locator("input[tabindex='-1']");
    expect(await trap.getAttribute("aria-hidden")).toBe("true");
    expect(await trap.getAttribute("autocomplete")).toBe("off");
    const seen = await trap.evaluate((input) => {
      const { x, y, width } = input.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + 5) === input.getRootNode();
    });
    expect(seen).toBe(false);
  });

  it("every target is 44 pixels high, and no input is small enough for a phone to zoom", async () => {
    const page = await stage.page({ viewport: { width: 320, height: 640 }, hasTouch: true });
    await page.goto(address);
    const dialog = await openPopup(page);
    const boxes = await dialog
      .locator("input:not([aria-hidden]):not([type=checkbox]), select, textarea, button, label.checkbox")
      .evaluateAll((elements) =>
        elements.map((element) => ({
          height: element.getBoundingClientRect().height,
          font: Number.parseFloat(getComputedStyle(element).fontSize),
        })),
      );
    expect(boxes.length).toBeGreaterThan(7);
    for (const { height, font } of boxes) {
      expect(height).toBeGreaterThanOrEqual(44);
      expect(font).toBeGreaterThanOrEqual(16);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

describe.each([
  ["light", {}],
  ["dark", { colorScheme: "dark" as const }],
  ["on a phone", { viewport: { width: 390, height: 800 }, hasTouch: true }],
  ["in forced colours", { forcedColors: "active" as const }],
])("axe has nothing against any state, %s", (_, options) => {
  it("closed, open, with problems, sent, here already", async () => {
    const page = await stage.page({ reducedMotion: "reduce", ...options });
    const email = newEmail();
    await page.goto(address);
    await page.getByRole("button", { name: "Contact us" }).waitFor();
    expect(await violations(page)).toEqual([]);
    const dialog = await openPopup(page);
    expect(await violations(page)).toEqual([]);
    await send(dialog);
    await dialog.getByText("Please check the marked fields.").waitFor();
    expect(await violations(page)).toEqual([]);
    await fillIn(dialog, email);
    await send(dialog);
    await dialog.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.reload();
    const again = await openPopup(page);
    await fillIn(again, email);
    await send(again);
    await again.getByRole("heading", { name: "We already have your request" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("not sent yet", async () => {
    const page = await stage.page({ reducedMotion: "reduce", ...options });
    await page.route("**/leads", (route) => route.abort());
    await page.goto(address);
    const dialog = await openPopup(page);
    await fillIn(dialog, newEmail());
    await send(dialog);
    await dialog.getByRole("heading", { name: "Not sent yet" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

describe("right to left", () => {
  it("the launcher and the popup stand on the other side", async () => {
    const page = await stage.page({ viewport: { width: 1000, height: 700 } });
    const html = sitePage(tag(stage.server, form)).replace(`<html lang="en"`, `<html lang="ar" dir="rtl"`);
    await page.goto(await stage.site(html));
    const dialog = await openPopup(page);
    expect((await dialog.boundingBox())?.x).toBeLessThan(40);
    expect((await dialog.getByRole("button", { name: "إغلاق" }).boundingBox())?.x).toBeLessThan(80);
  });
});
