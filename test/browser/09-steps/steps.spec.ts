import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RARE_FIELDS, STEPS } from "../support/rare-form.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { focused, newEmail, send, violations } from "../support/visitor.ts";

let stage: Stage;
let address: string;
beforeAll(async () => {
  stage = await openStage();
  address = await stage.site(sitePage(tag(stage.server, await stage.form({ fields: RARE_FIELDS, steps: STEPS }))));
});
afterAll(() => stage?.end());

async function openSteps(options?: Parameters<Stage["page"]>[0], at = address) {
  const page = await stage.page(options);
  await page.goto(at);
  await page.getByRole("button", { name: "Contact us" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("heading", { level: 3 }).waitFor();
  const heading = () => form.getByRole("heading", { level: 3 }).innerText();
  const next = () => form.getByRole("button", { name: "Next" }).click();
  return { page, form, heading, next };
}

describe("a form in steps", () => {
  it("is answered step by step, by Enter or by the button, and sent once at its end", async () => {
    const { page, form, heading, next } = await openSteps();
    const email = newEmail();
    expect(await heading()).toBe("Step 1 of 3\nYou");
    expect(await form.getByLabel("You may answer me.").count()).toBe(0);
    await form.getByLabel("E-mail").fill(email);
    await page.keyboard.press("Enter");
    await expect.poll(heading).toBe("Step 2 of 3\nYour wishes");
    expect(await focused(page)).toBe("h3");
    await form.getByRole("radiogroup", { name: "Plan" }).getByLabel("Team").check();
    await next();
    await expect.poll(heading).toBe("Step 3 of 3\nYour view");
    await form.getByLabel("5 of 5").check();
    await form.getByLabel("You may answer me.").check();
    await send(form);
    await form.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect((await stage.leadsOf(email))[0]?.data).toEqual({ email, plan: "team", joy: "5" });
    expect(page.errors).toEqual([]);
  });

  it("judges its own step before it goes on, and no other", async () => {
    const { page, form, heading, next } = await openSteps();
    let posts = 0;
    page.on("request", (request) => {
      if (request.method() === "POST") posts++;
    });
    await next();
    await form.getByText("Please fill in this field.").waitFor();
    expect(await focused(page)).toBe("f-email");
    expect(await heading()).toBe("Step 1 of 3\nYou");
    await form.getByLabel("E-mail").fill(newEmail());
    await next();
    await expect.poll(heading).toContain("Step 2");
    expect(await form.locator("[aria-invalid=true]").count()).toBe(0);
    expect(posts).toBe(0);
  });

  it("goes back to everything as it was", async () => {
    const { page, form, heading, next } = await openSteps();
    await form.getByLabel("E-mail").fill("a@b.example");
    await form.getByLabel("Budget").fill("7");
    await next();
    await expect.poll(heading).toContain("Step 2");
    await form.getByRole("group", { name: "Topics" }).getByLabel("Team").check();
    await form.getByRole("button", { name: "Back" }).click();
    await expect.poll(heading).toContain("Step 1");
    expect(await focused(page)).toBe("h3");
    expect(await form.getByRole("button", { name: "Back" }).count()).toBe(0);
    expect(await form.getByLabel("Budget").inputValue()).toBe("7");
    await next();
    await expect.poll(heading).toContain("Step 2");
    expect(await form.getByRole("group", { name: "Topics" }).getByLabel("Team").isChecked()).toBe(true);
  });

  it("is led to the step of what the server finds wrong", async () => {
    const { page, form, heading, next } = await openSteps();
    await page.route("**/leads", (route) =>
      route.fulfill({
        status: 422,
        headers: { "access-control-allow-origin": "*" },
        json: {
          type: "urn:foyer:problem:invalid-fields",
          status: 422,
          errors: [{ field: "budget", code: "too_large", message: "This is too large." }],
        },
      }),
    );
    await form.getByLabel("E-mail").fill(newEmail());
    await next();
    await form.getByRole("radiogroup", { name: "Plan" }).getByLabel("Team").check();
    await next();
    await form.getByLabel("5 of 5").check();
    await form.getByLabel("You may answer me.").check();
    await send(form);
    await form.getByText("This is too large.").waitFor();
    expect(await heading()).toContain("Step 1");
    expect(await focused(page)).toBe("f-budget");
    await form.getByText("Please check the marked fields.").waitFor();
  });

  it("leaves out, and does not count, a step with nothing to ask", async () => {
    const fields = RARE_FIELDS.map((field) =>
      STEPS[1]?.fields.includes(field.name)
        ? { ...field, visible_if: { field: "site", op: "filled" as const } }
        : field,
    );
    const id = await stage.form({ fields, steps: STEPS });
    const { form, heading, next } = await openSteps({}, await stage.site(sitePage(tag(stage.server, id))));
    expect(await heading()).toBe("Step 1 of 2\nYou");
    await form.getByLabel("Website").fill("a.example");
    expect(await heading()).toBe("Step 1 of 3\nYou");
    await form.getByLabel("Website").fill("");
    await form.getByLabel("E-mail").fill(newEmail());
    await next();
    await expect.poll(heading).toBe("Step 2 of 2\nYour view");
    await form.getByRole("button", { name: "Back" }).click();
    await expect.poll(heading).toBe("Step 1 of 2\nYou");
  });
});

describe.each([
  ["light", {}],
  ["dark, on a phone", { colorScheme: "dark" as const, viewport: { width: 390, height: 800 }, hasTouch: true }],
  ["in forced colours", { forcedColors: "active" as const }],
])("axe has nothing against any step, %s", (_, options) => {
  it("as it comes, with problems, and at the end", async () => {
    const { page, form, heading, next } = await openSteps({ reducedMotion: "reduce", ...options });
    expect(await violations(page)).toEqual([]);
    await next();
    await form.getByText("Please check the marked fields.").waitFor();
    expect(await violations(page)).toEqual([]);
    await form.getByLabel("E-mail").fill(newEmail());
    await next();
    await expect.poll(heading).toContain("Step 2");
    await next();
    await form.getByText("Please check the marked fields.").waitFor();
    expect(await violations(page)).toEqual([]);
    await form.getByRole("radiogroup", { name: "Plan" }).getByLabel("Starter").check();
    await next();
    await expect.poll(heading).toContain("Step 3");
    await form.getByLabel("1 of 5").check();
    await form.getByLabel("Why so little?").waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
