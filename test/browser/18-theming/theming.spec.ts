import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inlineForm, popupForm } from "../../../scripts/lib/demo-forms.ts";
import { picture } from "../support/pictures.ts";
import { openOwnStage, type Stage } from "../support/stage.ts";
import { violations } from "../support/visitor.ts";

let stage: Stage;
let address: string;
let popup: string;
beforeAll(async () => {
  stage = await openOwnStage({ FOYER_DEMO_FORMS: "" });
  popup = await stage.form(popupForm);
  const inline = await stage.form(inlineForm);
  address = `${stage.server.url}/demo/theming?popup=${popup}&inline=${inline}`;
});
afterAll(() => stage?.end());

const snippet = (page: Page) => page.locator("#snippet").innerText();
const button = (page: Page) => page.locator("#preview").getByRole("button", { name: "Request a demo" });

async function open(options = {}): Promise<Page & { errors: string[] }> {
  const page = await stage.page({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  await page.addInitScript(() => {
    const violated: string[] = [];
    Object.assign(window, { violated });
    document.addEventListener("securitypolicyviolation", (event) => violated.push(event.violatedDirective));
  });
  await page.goto(address);
  // An inline form comes when it is about to be seen.
  await page.locator("#preview").scrollIntoViewIfNeeded();
  await button(page).waitFor();
  return page;
}

describe("the theming page", () => {
  it("changes both forms with each choice, and says what to copy", async () => {
    const page = await open();
    expect(await snippet(page)).toBe(`<script async src="${stage.server.url}/foyer.js" data-form="${popup}"></script>`);
    await page.getByLabel("#2f5fd0").check({ force: true });
    await page.getByLabel("Corners").fill("4");
    await page.getByLabel("Start").check();
    await page.getByLabel("Serif", { exact: true }).check();
    await page.getByLabel("Dark").check();
    await page.getByRole("button", { name: "Open the popup" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").waitFor();
    await picture(page, "theming-changed");
    const looks = (selector: string) =>
      page.locator(selector).evaluate((element) => {
        const { backgroundColor, borderRadius, fontFamily } = getComputedStyle(element);
        return { backgroundColor, borderRadius, fontFamily };
      });
    for (const form of ["#preview foyer-form form .button", "dialog .button"]) {
      expect(await looks(form)).toEqual({
        backgroundColor: "rgb(47, 95, 208)",
        borderRadius: "4px",
        fontFamily: "Georgia, serif",
      });
    }
    expect((await dialog.boundingBox())?.x).toBeLessThan(40);
    expect(await snippet(page)).toBe(
      [
        "<style>\nfoyer-form {\n  --foyer-accent: #2f5fd0;\n  --foyer-radius: 4px;\n  --foyer-font: Georgia, serif;",
        "  --foyer-inline: 20px auto;\n}\n</style>",
        `<script async src="${stage.server.url}/foyer.js" data-form="${popup}" data-theme="dark"></script>`,
      ].join("\n"),
    );
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => (window as unknown as { violated: string[] }).violated)).toEqual([]);
    expect(page.errors).toEqual([]);
  });

  it("takes any colour as the accent, and words on it stay readable", async () => {
    const page = await open();
    await page.getByLabel("Your own accent").fill("#ffe600");
    expect(await button(page).evaluate((element) => getComputedStyle(element).color)).toMatch(/^(lab\(0|rgb\(0, 0, 0)/);
    expect(await snippet(page)).toContain("--foyer-accent: #ffe600;");
    expect(await violations(page)).toEqual([]);
  });

  it("shows events as they happen", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Open the popup" }).click();
    await page.getByRole("dialog").getByLabel("Name").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("#heard").innerText()).toContain("foyer:close");
  });

  it.each([
    ["light", {}],
    ["dark", { colorScheme: "dark" }],
    ["phone", { viewport: { width: 320, height: 640 }, hasTouch: true }],
    ["forced-colours", { forcedColors: "active" }],
  ])("axe has nothing against it, %s, and nothing overflows", async (name, options) => {
    const page = await open(options);
    await picture(page, `theming-${name}`);
    expect(await violations(page)).toEqual([]);
    const { width, inner } = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      inner: innerWidth,
    }));
    expect(width).toBe(inner);
  });

  it("names every variable and part that the widget knows", async () => {
    const page = await open();
    const text = await page.locator("main").innerText();
    const known = await page.locator("#preview foyer-form").evaluate((host) => {
      const root = host.shadowRoot as ShadowRoot;
      const css = root.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join(" ");
      const parts = [...root.querySelectorAll("[part]")].map((element) => element.getAttribute("part") ?? "");
      return { variables: [...css.matchAll(/var\((--foyer-[a-z]+)/g)].map(([, name]) => name ?? ""), parts };
    });
    expect(known.variables.length).toBeGreaterThan(5);
    for (const name of [...known.variables, ...known.parts]) expect(text).toContain(name);
  });
});
