import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PublicForm } from "../../../shared/lead-fields.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { fillIn, focused, newEmail, openPopup, send, violations } from "../support/visitor.ts";

let stage: Stage;
let form: string;
let address: string;
beforeAll(async () => {
  stage = await openStage();
  form = await stage.form();
  address = await stage.site(sitePage(tag(stage.server, form)));
});
afterAll(() => stage?.end());

/** Has the browser believe another form than the server's, so that only the server finds the mistake. */
const loosen = (page: Page, change: (form: PublicForm) => void) =>
  page.route(`**/v1/forms/${form}*`, async (route) => {
    const answer = await route.fetch();
    const definition: PublicForm = await answer.json();
    change(definition);
    await route.fulfill({ response: answer, json: definition });
  });

describe("what the browser finds wrong", () => {
  it("stands under each field, is tied to it, and the first one has the focus", async () => {
    const page = await stage.page();
    await page.goto(address);
    const dialog = await openPopup(page);
    let posts = 0;
    page.on("request", (request) => {
      if (request.method() === "POST") posts++;
    });
    await dialog.getByLabel("E-mail").fill("not an address");
    await send(dialog);
    await dialog.getByText("Please check the marked fields.").waitFor();
    expect(await focused(page)).toBe("f-name");
    const name = dialog.getByLabel("Name");
    expect(await name.getAttribute("aria-invalid")).toBe("true");
    const described = await name.evaluate((input) =>
      (input.getAttribute("aria-describedby") ?? "")
        .split(" ")
        .map((id) => (input.getRootNode() as ShadowRoot).getElementById(id)?.textContent ?? "")
        .join(""),
    );
    expect(described).toBe("Please fill in this field.");
    await dialog.getByText("Please enter an e-mail address").waitFor();
    await dialog.getByText("Please agree, so that we may answer you.").waitFor();
    expect(await violations(page)).toEqual([]);
    expect(posts).toBe(0);
  });

  it("goes when it is mended, and nothing is judged before it is left", async () => {
    const page = await stage.page();
    await page.goto(address);
    const dialog = await openPopup(page);
    const phone = dialog.getByLabel("Phone");
    await phone.fill("12");
    expect(await phone.getAttribute("aria-invalid")).toBe("false");
    await dialog.getByLabel("Message").focus();
    const problem = dialog.getByText("Please enter a phone number");
    await problem.waitFor();
    await phone.fill("+44 20 7946 0958");
    await problem.waitFor({ state: "detached" });
    expect(await phone.getAttribute("aria-invalid")).toBe("false");
  });
});

describe("what the server finds wrong", () => {
  it("stands under its field like the browser's own, and what was entered stays", async () => {
    const page = await stage.page();
    await loosen(page, ({ fields }) => {
      for (const field of fields) Object.assign(field, { required: false, type: "text" });
    });
    await page.goto(address);
    const dialog = await openPopup(page);
    await dialog.getByLabel("E-mail").fill("not an address");
    await dialog.getByLabel("You may answer me.").check();
    await send(dialog);
    await dialog.getByText("Please enter an e-mail address").waitFor();
    await dialog.getByText("Please fill in this field.").waitFor();
    expect(await focused(page)).toBe("f-name");
    expect(await dialog.getByLabel("E-mail").inputValue()).toBe("not an address");
    expect(await violations(page)).toEqual([]);
    const email = newEmail();
    await fillIn(dialog, email);
    await send(dialog);
    await dialog.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect(await stage.leadsOf(email)).toHaveLength(1);
  });

  it("is said of the form as a whole where no field shows it", async () => {
    const page = await stage.page();
    await page.route("**/leads", (route) =>
      route.fulfill({
        status: 413,
        headers: { "access-control-allow-origin": "*" },
        json: { type: "urn:foyer:problem:payload-too-large", title: "Too large", status: 413 },
      }),
    );
    await page.goto(address);
    const dialog = await openPopup(page);
    await fillIn(dialog, newEmail());
    await send(dialog);
    await dialog.getByRole("alert").filter({ hasText: "This could not be sent." }).waitFor();
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(["foyer:visitor"]);
  });
});

describe("a form that cannot be had", () => {
  it("says so and can be asked for again", async () => {
    const page = await stage.page();
    let refuse = true;
    await page.route(`**/v1/forms/${form}*`, (route) => (refuse ? route.abort() : route.continue()));
    await page.goto(address);
    await page.getByRole("button", { name: "Contact us" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: "This form cannot be shown right now." }).waitFor();
    expect(await violations(page)).toEqual([]);
    refuse = false;
    await dialog.getByRole("button", { name: "Try again" }).click();
    await dialog.getByLabel("Name").waitFor();
  });
});
