import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, sitePage } from "../support/stage.ts";
import { fillIn, newEmail, send } from "../support/visitor.ts";

let stage: Stage;
let form: string;
let address: string;

/** The example with React's own development build, whose StrictMode mounts, unmounts and mounts again. */
async function bundle(): Promise<string> {
  const [result] = [
    await build({
      configFile: false,
      logLevel: "warn",
      define: { "process.env.NODE_ENV": JSON.stringify("development") },
      build: {
        write: false,
        minify: false,
        lib: { entry: `${import.meta.dirname}/../../../examples/react/App.tsx`, formats: ["iife"], name: "app" },
      },
    }),
  ].flat();
  const chunk = result && "output" in result ? result.output[0] : undefined;
  return chunk?.code.replaceAll("</script", "<\\/script") ?? "";
}

beforeAll(async () => {
  const [opened, code] = await Promise.all([openStage(), bundle()]);
  stage = opened;
  form = await stage.form();
  const root = `<div id="root" data-server="${stage.server.url}" data-form="${form}"></div>`;
  address = await stage.site(sitePage(`${root}<script>${code}</script>`));
});
afterAll(() => stage?.end());

describe("the React example under StrictMode", () => {
  it("has one widget, hears once of what is sent, and renders it", async () => {
    const page = await stage.page();
    await page.goto(address);
    await page.getByLabel("Name").waitFor();
    expect(await page.locator("foyer-form").count()).toBe(1);
    const email = newEmail();
    await fillIn(page.locator("foyer-form"), email);
    await send(page.locator("foyer-form"));
    await page.locator("#lead").waitFor();
    const [lead, ...more] = await stage.leadsOf(email);
    expect([await page.locator("#lead").innerText(), more]).toEqual([lead?.id, []]);
    expect(page.errors).toEqual([]);
  });

  it("leaves nothing when it goes, and comes back empty, however often", async () => {
    const page = await stage.page();
    await page.goto(address);
    for (let rounds = 0; rounds < 3; rounds++) {
      await page.getByLabel("Name").fill("Ada Rey");
      await page.getByRole("button", { name: "Take away" }).click();
      await expect.poll(() => page.locator("foyer-form").count()).toBe(0);
      await page.getByRole("button", { name: "Bring back" }).click();
      await page.getByLabel("Name").waitFor();
      expect(await page.getByLabel("Name").inputValue()).toBe("");
      expect(await page.locator("foyer-form").count()).toBe(1);
    }
    expect(page.errors).toEqual([]);
  });

  it("gone before the script is there stays gone", async () => {
    const page = await stage.page();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/foyer.js", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(address, { waitUntil: "commit" });
    await page.getByRole("button", { name: "Take away" }).click();
    const loaded = page.waitForResponse("**/foyer.js");
    release();
    await loaded;
    await page.waitForFunction(() => "add" in ((window as unknown as { foyer?: object }).foyer ?? {}));
    await expect.poll(() => page.locator("foyer-form").count()).toBe(0);
    expect(page.errors).toEqual([]);
  });
});
