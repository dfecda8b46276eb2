/** Pictures for whoever wants to look: with `FOYER_PICTURES=1`, into test/browser/screenshots/, which is not committed. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";

const FOLDER = join(import.meta.dirname, "..", "screenshots");

export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.FOYER_PICTURES) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}
