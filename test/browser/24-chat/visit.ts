/** What a visitor does to be in a chat. */
import type { Locator, Page } from "playwright-core";

/** Opens the popup by its launcher. @returns the dialog, with the room's first words in it. */
export async function openChat(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Contact us" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("log").getByRole("paragraph").first().waitFor();
  return dialog;
}

/** Says something where the visitor is asked for it, or in free words. */
export async function say(chat: Locator, text: string, asked?: string): Promise<void> {
  if (asked && !(await chat.getByRole("textbox", { name: asked }).isVisible())) {
    await chat.getByRole("button", { name: asked }).click();
  }
  const box = chat.getByRole("textbox");
  await box.fill(text);
  await box.press("Enter");
}
