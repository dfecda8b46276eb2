/** What the scenarios of the outbox have in common: how a visitor sends, and what tells whether it is kept. */
import type { Page } from "playwright-core";
import { fillIn, newEmail, openPopup, send } from "../support/visitor.ts";

/** What the visitor reads of a submission that is not sent yet. */
export const KEPT = "Your message is kept on this device and sent as soon as the connection is back.";
export const NOT_KEPT = "Please leave this page open: your message is sent as soon as it answers.";

/** The keys of what waits in this browser. */
export const outbox = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("foyer:out:")));
export const reads = (page: Page, words: string): Promise<void> => page.getByText(words).waitFor();
export const thanked = (page: Page): Promise<void> =>
  page.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
export const again = (page: Page): Promise<void> => page.getByRole("button", { name: "Try again" }).click();

/** Goes there, fills in the popup and presses send. @returns the address by which the lead is found. */
export async function pressSend(page: Page, where: string): Promise<string> {
  const email = newEmail();
  await page.goto(where);
  const dialog = await openPopup(page);
  await fillIn(dialog, email);
  await send(dialog);
  return email;
}
