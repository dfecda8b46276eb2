import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { popupForm } from "../../../scripts/lib/demo-forms.ts";
import { openOwnStage, type Stage } from "../support/stage.ts";
import { newEmail } from "../support/visitor.ts";

let stage: Stage;
let address: string;
beforeAll(async () => {
  stage = await openOwnStage({ FOYER_DEMO_FORMS: "" });
  const popup = await stage.form({ ...popupForm, min_elapsed_ms: 0 });
  const inline = await stage.form();
  address = `${stage.server.url}/demo?popup=${popup}&inline=${inline}`;
});
afterAll(() => stage?.end());

describe("the demo page", () => {
  it("turns what a visitor sends by the popup into a lead that the organization reads", async () => {
    const page = await stage.page();
    const email = newEmail();
    await page.goto(`${address}&utm_campaign=spring`);
    await page.getByRole("button", { name: "Contact us" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Ada Rey");
    await dialog.getByLabel("Work e-mail").fill(email);
    await dialog.getByLabel("What can we help with?").fill("Six crews, two towns.");
    await dialog.getByLabel("You may use what I entered").check();
    await dialog.getByRole("button", { name: "Send request" }).click();
    await dialog.getByRole("heading", { name: "Thank you" }).waitFor();
    const leads = await stage.leadsOf(email);
    expect(leads).toHaveLength(1);
    expect(leads[0]?.data).toMatchObject({ name: "Ada Rey", message: "Six crews, two towns.", campaign: "spring" });
    expect(page.errors).toEqual([]);
  });

  it("takes the inline form's every kind of field, and nothing that was left empty", async () => {
    const page = await stage.page({ viewport: { width: 1200, height: 800 } });
    const email = newEmail();
    await page.goto(address);
    const form = page.locator("#request-form");
    await form.scrollIntoViewIfNeeded();
    await form.getByLabel("Name").fill("Ben Low");
    await form.getByLabel("E-mail").fill(email);
    await form.getByLabel("Team").selectOption("l");
    await form.getByLabel("Send me the letter").check();
    await form.getByLabel("You may answer me.").check();
    await form.getByRole("button", { name: "Send request" }).click();
    await form.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    const [lead] = await stage.leadsOf(email);
    expect(lead?.data).toMatchObject({ name: "Ben Low", size: "l", letter: true });
    expect(Object.keys(lead?.data ?? {})).not.toContain("campaign");
  });

  it("moves nothing while the forms come, and asks for nothing before the visitor does", async () => {
    const page = await stage.page({ viewport: { width: 1200, height: 800 } });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.addInitScript(() => {
      Object.assign(window, { shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
          if (!hadRecentInput) (window as unknown as { shift: number }).shift += value;
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(address, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "Contact us" }).waitFor();
    expect(new Set(asked)).toEqual(new Set(["/demo", "/demo/style.css", "/foyer.js"]));
    expect(await page.evaluate(() => localStorage.length + document.cookie.length)).toBe(0);
    await page.locator("#request-form").scrollIntoViewIfNeeded();
    await page.locator("#request-form").getByLabel("Name").waitFor();
    expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBe(0);
  });

  it("shows its forms in the colours that were asked for", async () => {
    const ground = async (theme: string) => {
      const page = await stage.page({ colorScheme: "light" });
      await page.goto(`${address}&theme=${theme}`);
      await page.getByRole("button", { name: "Contact us" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name").waitFor();
      return dialog.evaluate((element) => getComputedStyle(element).backgroundColor);
    };
    expect(await ground("dark")).toBe("rgb(27, 29, 32)");
    expect(await ground("light")).toBe("rgb(255, 255, 255)");
  });

  it("says what to do where there are no forms to show", async () => {
    const answer = await fetch(`${stage.server.url}/demo?popup=${encodeURIComponent("<b>")}`);
    expect(answer.status).toBe(404);
    const text = await answer.text();
    expect(text).toContain("npm start");
    expect(text).not.toContain("<b>");
  });
});
