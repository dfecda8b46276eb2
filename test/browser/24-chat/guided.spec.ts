/** A chat by the real room: the form's questions one after another, and a lead of what was answered. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { picture } from "../support/pictures.ts";
import { RARE_FIELDS } from "../support/rare-form.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { newEmail, violations } from "../support/visitor.ts";
import { openChat } from "./visit.ts";

let stage: Stage;
let form: string;
let address: string;
beforeAll(async () => {
  stage = await openStage();
  form = await stage.form({ mode: "chat" });
  address = await stage.site(sitePage(tag(stage.server, form)));
});
afterAll(() => stage?.end());

describe("a guided chat", () => {
  it("asks for the consent, then for one field after the other, and makes a lead of it", async () => {
    const page = await stage.page();
    const email = newEmail();
    await page.goto(`${address}?utm_campaign=spring`);
    const chat = await openChat(page);
    await chat.getByRole("log").getByText("You may answer me.").waitFor();
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await picture(page, "chat-consent");
    await chat.getByRole("button", { name: "I agree" }).click();
    await chat.getByRole("textbox", { name: "Name" }).fill("Ada Rey");
    await page.keyboard.press("Enter");
    await chat.getByRole("textbox", { name: "E-mail" }).fill("nobody");
    await page.keyboard.press("Enter");
    await chat.getByText("Please enter an e-mail address").first().waitFor();
    await picture(page, "chat-problem");
    await chat.getByRole("textbox", { name: "E-mail" }).fill(email);
    await page.keyboard.press("Enter");
    await chat.getByRole("button", { name: "Skip" }).click();
    await picture(page, "chat-choices");
    await chat.getByRole("button", { name: "Large" }).click();
    await chat.getByRole("textbox", { name: "Message" }).waitFor();
    const change = chat.getByRole("button", { name: "Change" }).last();
    await expect.poll(() => change.evaluate((it) => it.ariaDescribedByElements?.[0]?.textContent)).toBe("Large");
    await chat.getByRole("textbox", { name: "Message" }).fill("Two lines,\nat least.");
    await page.keyboard.press("Enter");
    await chat.getByRole("button", { name: "Yes" }).click();
    await chat.getByRole("textbox", { name: "Write a message" }).waitFor();
    await picture(page, "chat-done");
    await expect.poll(() => stage.leadsOf(email)).toHaveLength(1);
    expect(page.errors).toEqual([]);
  });

  it("asks every kind of field in its own way, and what a condition shows", async () => {
    const page = await stage.page();
    const email = newEmail();
    const fields = RARE_FIELDS.map((field) => (field.name === "plan" ? { ...field, help: "Pick one." } : field));
    const rare = await stage.form({ mode: "chat", fields, consent: undefined });
    await page.goto(await stage.site(sitePage(tag(stage.server, rare))));
    const chat = await openChat(page);
    const enter = async (name: string, text: string) => {
      await chat.getByRole("textbox", { name }).fill(text);
      await page.keyboard.press("Enter");
    };
    await enter("E-mail", email);
    await enter("Website", "www.example.com");
    await enter("Budget", "12.5");
    // A group that has the question's name and its help, also for who only hears it.
    const plans = chat.getByRole("group", { name: "Plan" });
    await expect
      .poll(() => plans.evaluate((group) => group.ariaDescribedByElements?.[0]?.textContent))
      .toBe("Pick one.");
    await chat.getByRole("button", { name: "Team" }).click();
    await chat.getByRole("checkbox", { name: "Starter" }).check();
    await chat.getByRole("checkbox", { name: "Team" }).check();
    await picture(page, "chat-topics");
    expect(await violations(page)).toEqual([]);
    await chat.getByRole("button", { name: "Send" }).click();
    await chat.getByLabel("Day").fill("2026-03-09");
    await chat.getByRole("button", { name: "Send" }).click();
    await chat.getByRole("button", { name: "Skip" }).click();
    await chat.getByRole("button", { name: "2 of 5" }).click();
    await chat.getByRole("button", { name: "10 of 10" }).click();
    await enter("Why so little?", "It rained.");
    await chat.getByRole("textbox", { name: "Write a message" }).waitFor();
    const data = async () => (await stage.leadsOf(email))[0]?.data;
    await expect.poll(data).toMatchObject({ budget: "12.5", plan: "team", topics: "starter, team", why: "It rained." });
    expect(page.errors).toEqual([]);
  });

  it("lets an answer be changed, and the lead with it", async () => {
    const page = await stage.page();
    const email = newEmail();
    await page.goto(address);
    const chat = await openChat(page);
    await chat.getByRole("button", { name: "I agree" }).click();
    await chat.getByRole("textbox", { name: "Name" }).fill("Ada Ray");
    await page.keyboard.press("Enter");
    await chat.getByRole("textbox", { name: "E-mail" }).fill(email);
    await page.keyboard.press("Enter");
    await chat.locator(".visitor").filter({ hasText: "Ada Ray" }).getByRole("button", { name: "Change" }).click();
    const box = chat.getByRole("textbox", { name: "Name" });
    expect(await box.inputValue()).toBe("Ada Ray");
    await box.fill("Ada Rey");
    await box.press("Enter");
    await chat.getByRole("textbox", { name: "Phone" }).waitFor();
    await expect.poll(async () => (await stage.leadsOf(email))[0]?.data.name).toBe("Ada Rey");
  });

  it("works under the policy of a careful page, and can be taken along as a text", async () => {
    const page = await stage.page();
    await page.goto(`${stage.server.url}/demo/chat?chat=${form}`);
    const chat = await openChat(page);
    await chat.getByRole("button", { name: "I agree" }).click();
    await chat.getByRole("textbox", { name: "Name" }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      chat.getByRole("button", { name: "Save as text" }).click(),
    ]);
    const text = await readFile(await file.path(), "utf8");
    expect(text).toMatch(/Talk to us: You may answer me\.\n.*You: ✓\n/s);
    expect(page.errors).toEqual([]);
  });
});
