import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FormField } from "../../../shared/lead-fields.ts";
import { RARE_FIELDS } from "../support/rare-form.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { newEmail, send, violations } from "../support/visitor.ts";

const FIELDS: FormField[] = [
  { name: "name", type: "text", label: "Name", required: true, autocomplete: "name" },
  ...RARE_FIELDS,
  { name: "letter", type: "checkbox", label: "Letter", required: false },
  { name: "campaign", type: "hidden", label: "Campaign", required: false, query: "utm_campaign" },
];
let stage: Stage;
let form: string;
beforeAll(async () => {
  stage = await openStage();
  form = await stage.form({ fields: FIELDS });
});
afterAll(() => stage?.end());

const site = (attributes = "", script = "") =>
  stage.site(
    sitePage(`${script && `<script>${script}</script>`}${tag(stage.server, form, `data-mode="inline" ${attributes}`)}`),
  );
async function openForm(address: string) {
  const page = await stage.page();
  await page.goto(address);
  const host = page.locator("foyer-form");
  await host.getByLabel("Name").waitFor();
  return { page, host };
}

describe("prefill", () => {
  it("comes from the page's address, for every kind of field, and is sent as if it had been typed", async () => {
    const query = new URLSearchParams({
      ...{ foyer_name: "Ada Rey", foyer_site: "example.org", foyer_budget: "2.5", foyer_plan: "team" },
      ...{ foyer_topics: "starter,team", foyer_day: "2026-03-03", foyer_hour: "10:15", foyer_joy: "2" },
      ...{
        foyer_why: "Slow.",
        foyer_letter: "true",
        utm_campaign: "spring",
        foyer_consent: "true",
        foyer_homepage: "x",
      },
    });
    const email = newEmail();
    query.set("foyer_email", email);
    const { page, host } = await openForm(`${await site()}?${query}`);
    await expect.poll(() => host.getByLabel("Why so little?").inputValue()).toBe("Slow.");
    expect(await host.getByLabel("You may answer me.").isChecked()).toBe(false);
    expect(await violations(page)).toEqual([]);
    await host.getByLabel("You may answer me.").check();
    await send(host);
    await host.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect((await stage.leadsOf(email))[0]?.data).toEqual({
      ...{ name: "Ada Rey", email, site: "https://example.org", budget: "2.5", plan: "team", topics: "starter, team" },
      ...{ day: "2026-03-03", hour: "10:15", joy: "2", why: "Slow.", letter: true, campaign: "spring" },
    });
  });

  it("leaves out what is no answer", async () => {
    const { host } = await openForm(`${await site()}?foyer_plan=none&foyer_joy=9&foyer_email=x&foyer_name=Ada`);
    await expect.poll(() => host.getByLabel("Name").inputValue()).toBe("Ada");
    expect(await host.getByLabel("E-mail").inputValue()).toBe("");
    expect(await host.locator("input:checked").count()).toBe(0);
  });

  it("prefers what the site says now to the person, to the address, to the tag", async () => {
    const attributes = `data-prefill-name="Tag" data-prefill-site="tag.example" data-prefill-budget="1" data-prefill-why="x"`;
    const script = `foyer = [["prefill", { name: "Site", joy: 4 }], ["identify", { name: "Person", email: "p@b.example" }]]`;
    const { host } = await openForm(`${await site(attributes, script)}?foyer_site=address.example&foyer_name=Address`);
    await expect.poll(() => host.getByLabel("Name").inputValue()).toBe("Site");
    expect(await host.getByLabel("E-mail").inputValue()).toBe("p@b.example");
    expect(await host.getByLabel("Website").inputValue()).toBe("https://address.example");
    expect(await host.getByLabel("Budget").inputValue()).toBe("1");
    expect(await host.getByLabel("4 of 5").isChecked()).toBe(true);
  });

  it("never writes over what the visitor has typed", async () => {
    const { page, host } = await openForm(await site());
    await host.getByLabel("Name").fill("Typed");
    await host.getByLabel("Website").fill("typed.example");
    await host.getByLabel("Website").fill("");
    await page.evaluate(() => {
      const { foyer } = window as unknown as { foyer: { prefill(values: object): void } };
      foyer.prefill({ name: "Site", site: "site.example", budget: 3 });
    });
    await expect.poll(() => host.getByLabel("Budget").inputValue()).toBe("3");
    expect(await host.getByLabel("Name").inputValue()).toBe("Typed");
    expect(await host.getByLabel("Website").inputValue()).toBe("");
  });
});
