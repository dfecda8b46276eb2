import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RARE_FIELDS } from "../support/rare-form.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { focused, newEmail, send, violations } from "../support/visitor.ts";

let stage: Stage;
let address: string;
let plainAddress: string;
const INLINE = `data-mode="inline" data-target="#place"`;
beforeAll(async () => {
  stage = await openStage();
  address = await stage.site(sitePage(tag(stage.server, await stage.form({ fields: RARE_FIELDS }), INLINE)));
  plainAddress = await stage.site(sitePage(tag(stage.server, await stage.form(), INLINE)));
});
afterAll(() => stage?.end());

async function openForm(options?: Parameters<Stage["page"]>[0]) {
  const page = await stage.page(options);
  await page.goto(address);
  const form = page.locator("foyer-form");
  await form.getByLabel("E-mail").waitFor();
  return { page, form };
}

describe("rare fields", () => {
  it("are filled in, sent in their canonical form, and read by the organization", async () => {
    const { page, form } = await openForm();
    const email = newEmail();
    await form.getByLabel("E-mail").fill(email);
    await form.getByLabel("Website").fill("example.com/a");
    await form.getByLabel("Budget").fill("12,50");
    await form.getByRole("radiogroup", { name: "Plan" }).getByLabel("Team").check();
    const topics = form.getByRole("group", { name: "Topics" });
    await topics.getByLabel("Everybody").check();
    await topics.getByLabel("Starter").check();
    await topics.getByLabel("Team").check();
    await topics.getByLabel("Starter").uncheck();
    await form.getByLabel("Day").fill("2026-03-02");
    await form.getByLabel("Hour").fill("14:30");
    await form.getByLabel("4 of 5").check();
    await form.getByLabel("9 of 10").check();
    await form.getByLabel("You may answer me.").check();
    await send(form);
    await form.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    const [lead] = await stage.leadsOf(email);
    const kept = { site: "https://example.com/a", budget: "12.5", plan: "team", topics: "team, whole" };
    expect(lead?.data).toEqual({ email, ...kept, day: "2026-03-02", hour: "14:30", joy: "4", praise: "9" });
    expect(page.errors).toEqual([]);
  });

  it("say what is wrong with each, and lead to the first", async () => {
    const { page, form } = await openForm({ locale: "en-GB" });
    await form.getByLabel("E-mail").fill(newEmail());
    await form.getByLabel("Website").fill("nowhere");
    await form.getByLabel("Budget").fill("1,200");
    await form.getByLabel("Day").fill("2026-03-01");
    await form.getByLabel("Hour").fill("17:01");
    await form.getByRole("group", { name: "Topics" }).getByLabel("Team").check();
    await send(form);
    for (const text of [
      "Please enter a web address",
      "Please enter a number, such as 12.5.",
      "Please choose at least 2 options.",
      "Please choose March 2, 2026 or later.",
      "Please choose 17:00 or earlier.",
    ]) {
      await form.getByText(text).waitFor();
    }
    expect(await form.getByRole("radiogroup", { name: "Plan" }).getAttribute("aria-invalid")).toBe("true");
    expect(await focused(page)).toBe("f-site");
    await form.getByLabel("Budget").fill("1.2");
    await form.getByText("Please enter a number in steps of 0.5.").waitFor();
    await form.getByLabel("Budget").fill("0");
    await form.getByText("Please enter at least 1.").waitFor();
    await form.getByLabel("Budget").fill("1200");
    await form.getByText("Please enter at least 1.").waitFor({ state: "detached" });
    expect(await violations(page)).toEqual([]);
  });

  it("that were begun and not finished are no empty ones", async () => {
    const { page, form } = await openForm();
    await form.getByLabel("Day").focus();
    await page.keyboard.type("03");
    await form.getByLabel("Budget").focus();
    await form.getByText("Please enter a whole date.").waitFor();
    await form.getByLabel("Day").fill("2026-03-05");
    await form.getByText("Please enter a whole date.").waitFor({ state: "detached" });
  });

  it("are chosen by keyboard, each group one stop, with a focus that is seen", async () => {
    const { page, form } = await openForm();
    const joy = form.getByRole("radiogroup", { name: "Joy" });
    await joy.getByLabel("1 of 5").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await joy.getByLabel("3 of 5").isChecked()).toBe(true);
    const outline = await joy.getByLabel("3 of 5").evaluate((input) => {
      return getComputedStyle(input.nextElementSibling as Element).outlineStyle;
    });
    expect(outline).toBe("solid");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    expect(await form.getByLabel("2 of 10").isChecked()).toBe(true);
  });

  it("bring their code only where a form has them", async () => {
    const asked = async (url: string) => {
      const page = await stage.page();
      const paths: string[] = [];
      page.on("request", (request) => paths.push(new URL(request.url()).pathname));
      await page.goto(url, { waitUntil: "networkidle" });
      await page.getByLabel("E-mail").waitFor();
      return paths.filter((path) => /more|prefill/.test(path)).length;
    };
    expect([await asked(address), await asked(plainAddress)]).toEqual([1, 0]);
  });

  it("cannot be had where their code cannot, until it can", async () => {
    const page = await stage.page();
    await page.route("**/more-*.js", (route) => route.abort());
    await page.goto(address);
    await page.getByRole("heading", { name: "This form cannot be shown right now." }).waitFor();
    await page.unroute("**/more-*.js");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByLabel("4 of 5").waitFor();
  });
});

describe.each([
  ["light", {}],
  ["dark", { colorScheme: "dark" as const }],
  ["narrow", { viewport: { width: 320, height: 640 }, hasTouch: true }],
  ["in forced colours", { forcedColors: "active" as const }],
])("rare fields, %s", (_, options) => {
  it("are large enough to be met, keep to the page's width, and axe has nothing against them", async () => {
    const { page, form } = await openForm({ reducedMotion: "reduce", ...options });
    expect(await violations(page)).toEqual([]);
    const targets = form.locator("fieldset label, input:not([type=radio], [type=checkbox], [aria-hidden]), button");
    const boxes = await targets.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
    expect(boxes.length).toBeGreaterThan(20);
    for (const { width, height } of boxes) expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await form.getByLabel("2 of 5").check();
    await send(form);
    await form.getByText("Please check the marked fields.").waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
