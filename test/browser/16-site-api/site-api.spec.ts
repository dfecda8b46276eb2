import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { fillIn, focused, newEmail, send } from "../support/visitor.ts";

let stage: Stage;
let form: string;
let second: string;
beforeAll(async () => {
  stage = await openStage();
  [form, second] = await Promise.all([stage.form(), stage.form()]);
});
afterAll(() => stage?.end());

/** Everything that a page can hear, by every way, as text. */
const LISTENING = `<script>
  window.dataLayer = []; window.dom = []; window.called = [];
  window.foyer = window.foyer || [];
  for (const name of ["ready", "open", "close", "submit", "sent", "duplicate", "error"]) {
    document.addEventListener("foyer:" + name, (event) => dom.push([event.type, event.detail, event.target.localName]));
    foyer.push(["on", name, (detail) => called.push([name, detail])]);
  }
</script>`;

type Told = [name: string, detail: Record<string, string>, from?: string];
const told = (page: Page) =>
  page.evaluate(() => {
    const { dataLayer, dom, called } = window as unknown as Record<"dataLayer" | "dom" | "called", unknown[]>;
    return JSON.parse(JSON.stringify({ dataLayer, dom, called }));
  }) as Promise<{ dataLayer: { event: string }[]; dom: Told[]; called: Told[] }>;

describe("what the page hears", () => {
  it("is the same by callback, by DOM event and by dataLayer, and never what the visitor typed", async () => {
    const page = await stage.page();
    const email = newEmail();
    await page.goto(await stage.site(sitePage(LISTENING + tag(stage.server, form))));
    await page.getByRole("button", { name: "Contact us" }).click();
    const dialog = page.getByRole("dialog");
    await fillIn(dialog, "not-an-address");
    await dialog.getByLabel("Message").fill("A secret of mine");
    await send(dialog);
    await dialog.getByText("Please enter an e-mail address").waitFor();
    await dialog.getByLabel("E-mail").fill(email);
    await send(dialog);
    await dialog.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(async () => (await told(page)).called.map(([name]) => name)).toContain("close");
    const { dataLayer, dom, called } = await told(page);
    const [lead] = await stage.leadsOf(email);
    expect(called.map(([name]) => name).sort()).toEqual(["close", "open", "ready", "sent", "submit"]);
    expect(dom.map(([name]) => name.replace("foyer:", ""))).toEqual(called.map(([name]) => name));
    expect(dataLayer.map(({ event }) => event)).toEqual(dom.map(([name]) => name));
    expect(new Set(dom.map(([, , from]) => from))).toEqual(new Set(["foyer-form"]));
    expect(called.find(([name]) => name === "sent")?.[1]).toEqual({ form, lead: lead?.id });
    expect(JSON.stringify({ dataLayer, dom, called })).not.toMatch(/Ada|Rey|example\.com|secret|not-an/);
  });

  it("of a refusal is its kind, not its words", async () => {
    const page = await stage.page();
    await page.route("**/leads", (route) =>
      route.fulfill({
        status: 422,
        headers: { "access-control-allow-origin": "*" },
        json: {
          type: "urn:foyer:problem:invalid-fields",
          errors: [{ field: "name", code: "custom", message: "Ada is not a name" }],
        },
      }),
    );
    await page.goto(await stage.site(sitePage(LISTENING + tag(stage.server, form))));
    await page.getByRole("button", { name: "Contact us" }).click();
    const dialog = page.getByRole("dialog");
    await fillIn(dialog, newEmail());
    await send(dialog);
    await dialog.getByText("Ada is not a name").waitFor();
    const { called } = await told(page);
    expect(called.at(-1)).toEqual(["error", { form, reason: "invalid-fields" }]);
  });

  it("goes on where a listener of the page throws, or its dataLayer is something else", async () => {
    const page = await stage.page();
    const calls = `<script>window.dataLayer = "mine"; window.foyer = [["on", "submit", () => { throw new Error("the page's own"); }]];</script>`;
    const email = newEmail();
    await page.goto(await stage.site(sitePage(calls + tag(stage.server, form))));
    await page.getByRole("button", { name: "Contact us" }).click();
    const dialog = page.getByRole("dialog");
    await fillIn(dialog, email);
    await send(dialog);
    await dialog.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect(await stage.leadsOf(email)).toHaveLength(1);
    expect(page.errors).toEqual(["the page's own"]);
  });
});

describe("calls", () => {
  const call = (page: Page, ...values: unknown[]) =>
    page.evaluate(
      (values) => (window as unknown as { foyer: { push(call: unknown[]): void } }).foyer.push(values),
      values,
    );

  it("queued before the script, and made after it, open, prefill, set and close", async () => {
    const page = await stage.page();
    const queue = `<script>window.foyer = [["prefill", { name: "Cy Dee" }], ["open"]];</script>`;
    await page.goto(await stage.site(sitePage(queue + tag(stage.server, form))));
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").waitFor();
    await expect.poll(() => dialog.getByLabel("Name").inputValue()).toBe("Cy Dee");
    await dialog.getByLabel("Name").fill("Mine");
    await call(page, "prefill", { name: "Not mine", message: "Hello" });
    await call(page, "identify", { id: "7", email: "cy@example.com" });
    await expect.poll(() => dialog.getByLabel("Message").inputValue()).toBe("Hello");
    expect(await dialog.getByLabel("Name").inputValue()).toBe("Mine");
    expect(await dialog.getByLabel("E-mail").inputValue()).toBe("cy@example.com");
    await call(page, "set", { theme: "dark" });
    await expect
      .poll(() => dialog.evaluate((element) => getComputedStyle(element).backgroundColor))
      .toBe("rgb(27, 29, 32)");
    await call(page, "close");
    await dialog.waitFor({ state: "hidden" });
    expect(page.errors).toEqual([]);
  });

  it("for one form leave the other alone", async () => {
    const page = await stage.page();
    const tags = tag(stage.server, form) + tag(stage.server, second, `data-label="Second"`);
    await page.goto(await stage.site(sitePage(tags)));
    await page.getByRole("button", { name: "Second" }).waitFor();
    await call(page, "prefill", { name: "Only the second" }, second);
    await call(page, "open", second);
    const dialog = page.getByRole("dialog");
    await expect.poll(() => dialog.getByLabel("Name").inputValue()).toBe("Only the second");
    await call(page, "close", form);
    expect(await dialog.isVisible()).toBe(true);
    await call(page, "close", second);
    await dialog.waitFor({ state: "hidden" });
    await call(page, "destroy", second);
    expect(await page.locator("foyer-form").count()).toBe(1);
  });
});

describe("data-open-on", () => {
  const opening = async (rules: string) => {
    const page = await stage.page({ viewport: { width: 900, height: 600 } });
    await page.clock.install();
    const content = `<input id="search" aria-label="Search"><a href="#talk" class="talk"><b id="inner">Talk</b></a>
<div><svg width="10" height="3000" aria-hidden="true"></svg></div>`;
    await page.goto(await stage.site(sitePage(content + tag(stage.server, form, `data-open-on="${rules}"`))));
    await page.getByRole("button", { name: "Contact us" }).waitFor();
    await page.locator("#search").focus();
    return page;
  };
  const opened = async (page: Page) => {
    await page.getByRole("dialog").getByLabel("Name").waitFor();
    return focused(page);
  };

  it("delay: after its seconds and not before, leaving the focus alone", async () => {
    const page = await opening("delay:8");
    await page.clock.runFor(7_900);
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.clock.runFor(200);
    expect(await opened(page)).toBe("search");
  });

  it("exit: as the pointer leaves at the top, once", async () => {
    const page = await opening("exit");
    const leave = (clientY: number) =>
      page.evaluate(
        (clientY) => document.body.dispatchEvent(new MouseEvent("mouseout", { bubbles: true, clientY })),
        clientY,
      );
    await leave(300);
    expect(await page.getByRole("dialog").count()).toBe(0);
    await leave(-1);
    expect(await opened(page)).toBe("search");
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await leave(-1);
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("scroll: at its part of the page", async () => {
    const page = await opening("scroll:50");
    await page.evaluate(() => scrollTo(0, 600));
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.evaluate(() => scrollTo(0, 2_000));
    expect(await opened(page)).toBe("search");
  });

  it("a selector: a click on what matches or lies in it, and the focus goes in", async () => {
    const page = await opening("delay:900; .talk");
    await page.locator("#inner").click();
    await opened(page);
    await expect.poll(() => focused(page)).toBe("f-name");
    expect(new URL(page.url()).hash).toBe("");
  });
});
