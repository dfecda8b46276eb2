import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { picture } from "../support/pictures.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { fillIn, newEmail, send, violations } from "../support/visitor.ts";

let stage: Stage;
let first: string;
let second: string;
let popup: string;
beforeAll(async () => {
  stage = await openStage();
  // Titles of their own: they name the landmarks.
  const titled = (title: string) =>
    stage.form({ texts: { title, submit: "Send request", thanks_title: `Thank you, we have it: ${title}` } });
  [first, second, popup] = await Promise.all([titled("Ask us"), titled("See it"), titled("Talk to us")]);
});
afterAll(() => stage?.end());

const inline = (form: string, target: string): string =>
  tag(stage.server, form, `data-mode="inline" data-target="${target}"`);

describe("two forms and a popup on one page", () => {
  it("each keep their own answers and problems, and send their own lead", async () => {
    const page = await stage.page({ viewport: { width: 1200, height: 900 }, reducedMotion: "reduce" });
    const places = `<section id="one" aria-label="One"></section><section id="two" aria-label="Two"></section>`;
    const tags = inline(first, "#one") + inline(second, "#two") + tag(stage.server, popup);
    await page.goto(await stage.site(sitePage(places + tags)));
    const one = page.locator("#one");
    await one.getByLabel("Name").waitFor();
    await page.locator("#two").scrollIntoViewIfNeeded();
    const two = page.locator("#two");
    await two.getByLabel("Name").waitFor();
    await page.getByRole("button", { name: "Contact us" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").waitFor();
    await picture(page, "several");
    expect(await violations(page)).toEqual([]);
    await send(two);
    await two.getByText("Please check the marked fields.").waitFor();
    expect(await one.getByText("Please check the marked fields.").count()).toBe(0);
    const emails = [newEmail(), newEmail(), newEmail()] as const;
    for (const [i, form] of [one, two, dialog].entries()) {
      await fillIn(form, emails[i] as string);
    }
    expect(await one.getByLabel("E-mail").inputValue()).toBe(emails[0]);
    for (const form of [dialog, one, two]) {
      await send(form);
      await form.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    }
    for (const email of emails) expect(await stage.leadsOf(email)).toHaveLength(1);
    expect(await violations(page)).toEqual([]);
    expect(page.errors).toEqual([]);
  });

  it("from two versions of the script, each finds its chunks and its server", async () => {
    const page = await stage.page();
    const { newest, versions } = await (await fetch(`${stage.server.url}/integrity.json`)).json();
    const pinned = tag(stage.server, second, `data-mode="inline" data-target="#place"`).replace(
      "/foyer.js",
      versions[newest].src,
    );
    await page.goto(await stage.site(sitePage(tag(stage.server, popup) + pinned)));
    await page.locator("#place").getByLabel("Name").waitFor();
    const email = newEmail();
    await fillIn(page.locator("#place"), email);
    await send(page.locator("#place"));
    await page.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect(await stage.leadsOf(email)).toHaveLength(1);
    expect(page.errors).toEqual([]);
  });
});

describe("the script included twice", () => {
  it("and the same form twice, is one widget a place and one lead a press", async () => {
    const page = await stage.page({ reducedMotion: "reduce" });
    const tags = Array.from({ length: 3 }, () => inline(first, "#place") + tag(stage.server, popup)).join("");
    await page.goto(await stage.site(sitePage(tags)));
    await page.locator("#place").getByLabel("Name").waitFor();
    expect(await page.locator("foyer-form").count()).toBe(2);
    const email = newEmail();
    await fillIn(page.locator("#place"), email);
    let posts = 0;
    page.on("request", (request) => {
      if (request.method() === "POST") posts++;
    });
    await send(page.locator("#place"));
    await page.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect([posts, (await stage.leadsOf(email)).length]).toEqual([1, 1]);
    expect(await violations(page)).toEqual([]);
  });

  it("with the same form in a popup and in the page, has both", async () => {
    const page = await stage.page();
    await page.goto(await stage.site(sitePage(inline(first, "#place") + tag(stage.server, first))));
    await page.locator("#place").getByLabel("Name").waitFor();
    await page.locator("#place").getByLabel("Name").fill("In the page");
    await page.getByRole("button", { name: "Contact us" }).click();
    expect(await page.getByRole("dialog").getByLabel("Name").inputValue()).toBe("");
  });
});
