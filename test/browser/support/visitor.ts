/** What a visitor does, in their own terms, and what their screen reader makes of it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Locator, Page } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let people = 0;
/** An address that no other test uses. */
export const newEmail = (): string => `visitor.${process.pid}.${Date.now()}.${people++}@example.com`;

/** Opens the popup by its launcher. @returns the dialog, with its form in it. */
export async function openPopup(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Contact us" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").waitFor();
  return dialog;
}

/** Fills in what has to be. */
export async function fillIn(form: Locator, email: string): Promise<void> {
  await form.getByLabel("Name").fill("Ada Rey");
  await form.getByLabel("E-mail").fill(email);
  await form.getByLabel("You may answer me.").check();
}

export const send = (form: Locator): Promise<void> => form.getByRole("button", { name: "Send request" }).click();

/** Which element has the focus, inside of shadow roots too: its id, else its tag. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.id || element?.tagName.toLowerCase() || "";
  });

/** What axe has against the page as it is: `rule: the elements`. */
export async function violations(page: Page): Promise<string[]> {
  // As the browser's own tool: the page's policy forbids a script of ours.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } };
    interface AxeViolation {
      id: string;
      nodes: { target: unknown; failureSummary?: string }[];
    }
    const { violations } = await axe.run();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} (${node.failureSummary})`).join(", ")}`,
    );
  });
}
