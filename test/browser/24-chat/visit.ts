/** What a visitor does to be in a chat. */
import type { Locator, Page } from "playwright-core";

/** Opens the popup by its launcher. @returns the dialog, with the room's first words in it. */
export async function openChat(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Contact us" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("log").getByRole("paragraph").first().waitFor();
  return dialog;
}
