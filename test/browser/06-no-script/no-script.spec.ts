import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, sitePage } from "../support/stage.ts";
import { newEmail } from "../support/visitor.ts";

let stage: Stage;
let form: string;
let address: string;
beforeAll(async () => {
  stage = await openStage();
  form = await stage.form();
  const action = `${stage.server.url}/v1/forms/${form}/leads`;
  const plain = `<form method="post" action="${action}"><label>Name <input name="name"></label>
<label>E-mail <input name="email"></label><label><input type="checkbox" name="consent"> You may answer me.</label>
<button>Send</button></form>`;
  address = await stage.site(sitePage(plain));
});
afterAll(() => stage?.end());

describe("a page without script", () => {
  it("sends by a plain form, is redirected to thanks, and the lead is there", async () => {
    const page = await stage.page({ javaScriptEnabled: false });
    const email = newEmail();
    await page.goto(address);
    await page.getByLabel("Name").fill("Ada Rey");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("You may answer me.").check();
    const posted = page.waitForResponse((response) => response.request().method() === "POST");
    await page.getByRole("button", { name: "Send" }).click();
    expect((await posted).status()).toBe(303);
    await page.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect(await stage.leadsOf(email)).toHaveLength(1);
  });

  it("reads what is wrong, and goes back to what was entered", async () => {
    const page = await stage.page({ javaScriptEnabled: false });
    await page.goto(address);
    await page.getByLabel("Name").fill("Ada Rey");
    await page.getByRole("button", { name: "Send" }).click();
    await page.waitForURL(/\/v1\/forms\//);
    expect(await page.getByRole("main").innerText()).toContain("E-mail");
    await page.goBack();
    expect(await page.getByLabel("Name").inputValue()).toBe("Ada Rey");
  });
});
