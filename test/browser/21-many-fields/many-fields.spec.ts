import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FIELD_TYPES } from "../../../shared/field-types.ts";
import type { FormField } from "../../../shared/lead-fields.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { newEmail, send, violations } from "../support/visitor.ts";

const options = [{ value: "x", label: "X" }];
const KINDS = FIELD_TYPES.filter((type) => type !== "hidden");
/** The most fields that a form may have, of every kind in turn; each fifth depends on the one before it. */
const FIELDS: FormField[] = Array.from({ length: 200 }, (_, index) => {
  const type = index === 0 ? "email" : (KINDS[index % KINDS.length] ?? "text");
  return {
    ...{ name: index === 0 ? "email" : `f${index}`, type, label: `Question ${index}`, required: index === 0 },
    ...(["select", "radio", "checkboxes"].includes(type) ? { options } : {}),
    ...(index % 5 === 4 ? { visible_if: { field: `f${index - 1}`, op: "filled" as const } } : {}),
  };
});
let stage: Stage;
let address: string;
beforeAll(async () => {
  stage = await openStage();
  address = await stage.site(sitePage(tag(stage.server, await stage.form({ fields: FIELDS }), `data-mode="inline"`)));
});
afterAll(() => stage?.end());

describe("a form of 200 fields", () => {
  it("is shown, answered without delay, and sent", async () => {
    const page = await stage.page();
    await page.goto(address);
    const form = page.locator("foyer-form");
    const email = newEmail();
    await form.getByLabel("Question 0", { exact: true }).fill(email);
    const shown = await form.locator("label, legend").count();
    expect(shown).toBeGreaterThan(160);
    const last = FIELDS.findLastIndex(({ type, visible_if }) => type === "text" && !visible_if);
    const lastField = form.getByLabel(`Question ${last} `);
    const slowest = await lastField.evaluate((input: HTMLInputElement) => {
      let longest = 0;
      for (const text of ["a", "ab", "abc", "abcd", "abcde"]) {
        const start = performance.now();
        input.value = text;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        longest = Math.max(longest, performance.now() - start);
      }
      return longest;
    });
    // A press of a key is felt as immediate up to 100 ms; this machine may be busy.
    expect(slowest).toBeLessThan(100);
    await form.getByLabel("You may answer me.").check();
    await send(form);
    await form.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect((await stage.leadsOf(email))[0]?.data).toEqual({ email, [`f${last}`]: "abcde" });
    expect(page.errors).toEqual([]);
  });

  it("says what is wrong with the first of them, and axe has nothing against it", async () => {
    const page = await stage.page({ viewport: { width: 390, height: 800 } });
    await page.goto(address);
    const form = page.locator("foyer-form");
    await form.getByLabel("Question 0", { exact: true }).waitFor();
    await send(form);
    await form.getByText("Please fill in this field.").waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
