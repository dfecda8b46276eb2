import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Versions } from "../../../scripts/lib/versions.ts";
import { openStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { fillIn, newEmail, openPopup, send } from "../support/visitor.ts";

let stage: Stage;
let form: string;
let pinned: { src: string; integrity: string };
beforeAll(async () => {
  stage = await openStage();
  form = await stage.form();
  const { newest, versions } = (await (await fetch(`${stage.server.url}/integrity.json`)).json()) as Versions;
  pinned = versions[newest] as typeof pinned;
});
afterAll(() => stage?.end());

const pinnedTag = (server: string): string =>
  `<script async src="${server}${pinned.src}" integrity="${pinned.integrity}" crossorigin="anonymous" data-form="${form}"></script>`;

describe("a pinned version", () => {
  it("is loaded with its integrity, with chunks of its own folder, and sends", async () => {
    const page = await stage.page();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(await stage.site(sitePage(pinnedTag(stage.server.url))));
    const dialog = await openPopup(page);
    const email = newEmail();
    await fillIn(dialog, email);
    await send(dialog);
    await dialog.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
    expect(await stage.leadsOf(email)).toHaveLength(1);
    const folder = pinned.src.replace("foyer.js", "");
    expect(asked.filter((path) => path.endsWith(".js")).every((path) => path.startsWith(folder))).toBe(true);
    expect(asked).toContain(`/v1/forms/${form}`);
    expect(page.errors).toEqual([]);
  });

  it("that somebody has changed on its way is refused by the browser", async () => {
    const page = await stage.page();
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    await page.route(`**${pinned.src}`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()};window.tampered = true` });
    });
    await page.goto(await stage.site(sitePage(pinnedTag(stage.server.url))), { waitUntil: "load" });
    await expect.poll(() => said.join(" ")).toMatch(/integrity/i);
    expect(await page.evaluate(() => "tampered" in window)).toBe(false);
    expect(await page.locator("foyer-form").count()).toBe(0);
  });

  it("may be cached for ever, the stable address for minutes, and both may be read from anywhere", async () => {
    const head = async (path: string) => (await fetch(`${stage.server.url}${path}`)).headers;
    const [exact, stable, list] = await Promise.all([head(pinned.src), head("/foyer.js"), head("/integrity.json")]);
    expect(exact.get("cache-control")).toContain("immutable");
    expect(stable.get("cache-control")).toBe("public, max-age=300");
    expect(list.get("cache-control") ?? "").not.toContain("immutable");
    for (const headers of [exact, stable, list]) expect(headers.get("access-control-allow-origin")).toBe("*");
    const types = await fetch(`${stage.server.url}/foyer.d.ts`);
    expect(await types.text()).toContain("interface Foyer ");
  });
});

describe("the stable address", () => {
  it("is the newest version, byte for byte", async () => {
    const read = async (path: string) => (await fetch(`${stage.server.url}${path}`)).text();
    expect(await read("/foyer.js")).toBe(await read(pinned.src));
    expect(tag(stage.server, form)).toContain("/foyer.js");
  });
});
