/** A chat by the real room: the form's questions one after another, and a lead of what was answered. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { picture } from "../support/pictures.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { newEmail } from "../support/visitor.ts";
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
    await chat.getByRole("textbox", { name: "Message" }).fill("Two lines,\nat least.");
    await page.keyboard.press("Enter");
    await chat.getByRole("button", { name: "Yes" }).click();
    await chat.getByRole("textbox", { name: "Write a message" }).waitFor();
    await picture(page, "chat-done");
    await expect.poll(() => stage.leadsOf(email)).toHaveLength(1);
    expect(page.errors).toEqual([]);
  });
});
