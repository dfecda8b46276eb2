import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FormField } from "../../../shared/lead-fields.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { focused, newEmail, send, violations } from "../support/visitor.ts";

const FIELDS: FormField[] = [
  { name: "email", type: "email", label: "E-mail", required: true, maps_to: "email" },
  { name: "call", type: "checkbox", label: "Call me", required: false },
  {
    name: "phone",
    type: "phone",
    label: "Number",
    required: true,
    visible_if: { field: "call", op: "equals", value: true },
  },
  { name: "when", type: "text", label: "When", required: true, visible_if: { field: "phone", op: "filled" } },
  { name: "via", type: "hidden", label: "Via", required: false, query: "utm_source" },
  {
    name: "code",
    type: "text",
    label: "Partner code",
    required: true,
    visible_if: {
      any: [
        { field: "via", op: "equals", value: "partner" },
        { field: "when", op: "contains", value: "VIP" },
      ],
    },
  },
];
let stage: Stage;
let address: string;
beforeAll(async () => {
  stage = await openStage();
  address = await stage.site(sitePage(tag(stage.server, await stage.form({ fields: FIELDS }), `data-mode="inline"`)));
});
afterAll(() => stage?.end());

async function openForm(query = "") {
  const page = await stage.page();
  await page.goto(address + query);
  const form = page.locator("foyer-form");
  await form.getByLabel("E-mail").waitFor();
  return { page, form };
}

describe("fields with a condition", () => {
  it("come and go with what they depend on, keep what was typed, and leave the focus alone", async () => {
    const { page, form } = await openForm();
    const labels = () => form.locator("label").allInnerTexts();
    const few = (await labels()).length;
    for (const hidden of ["Number", "When", "Partner code"]) expect(await form.getByLabel(hidden).count()).toBe(0);
    await form.getByLabel("Call me").focus();
    await page.keyboard.press("Space");
    expect(await focused(page)).toBe("f-call");
    await form.getByLabel("Number").fill("+44 20 7946 0958");
    await form.getByLabel("When").fill("early, vip");
    await form.getByLabel("Partner code").waitFor();
    expect(await violations(page)).toEqual([]);
    await form.getByLabel("Call me").uncheck();
    expect((await labels()).length).toBe(few);
    expect(await violations(page)).toEqual([]);
    await form.getByLabel("Call me").check();
    expect(await form.getByLabel("Number").inputValue()).toBe("+44 20 7946 0958");
    expect(await form.getByLabel("When").inputValue()).toBe("early, vip");
  });

  it("are neither demanded nor sent while they are hidden", async () => {
    const { page, form } = await openForm();
    const email = newEmail();
    let sent = "";
    page.on("request", (request) => {
      sent += request.postData() ?? "";
    });
    await form.getByLabel("E-mail").fill(email);
    await form.getByLabel("Call me").check();
    await form.getByLabel("Number").fill("12345");
    await form.getByLabel("Call me").uncheck();
    await form.getByLabel("You may answer me.").check();
    await send(form);
    await form.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect((await stage.leadsOf(email))[0]?.data).toEqual({ email });
    expect(sent).not.toContain("12345");
  });

  it("are demanded while they are shown", async () => {
    const { page, form } = await openForm();
    await form.getByLabel("E-mail").fill(newEmail());
    await form.getByLabel("Call me").check();
    await form.getByLabel("You may answer me.").check();
    await send(form);
    await form.getByText("Please fill in this field.").waitFor();
    expect(await focused(page)).toBe("f-phone");
  });

  it("may depend on how the visitor came", async () => {
    const { form } = await openForm("?utm_source=partner");
    const email = newEmail();
    await form.getByLabel("Partner code").fill("P-1");
    await form.getByLabel("E-mail").fill(email);
    await form.getByLabel("You may answer me.").check();
    await send(form);
    await form.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect((await stage.leadsOf(email))[0]?.data).toEqual({ email, via: "partner", code: "P-1" });
  });
});
