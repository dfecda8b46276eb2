import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiDocument } from "../../../worker/openapi.ts";
import { openStage, type Stage } from "../support/stage.ts";
import { violations } from "../support/visitor.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.end());

/** The viewer's own: its headings skip a level, parts stand outside of its landmark, links stand inside of buttons. */
const VIEWERS_OWN = /^(heading-order|region|nested-interactive):/;

/** The page with its operations on it, what it asked for, and what was said about it on the console. */
async function open(options: BrowserContextOptions = {}) {
  const page = await stage.page(options);
  const [asked, said]: [string[], string[]] = [[], []];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => said.push(message.text()));
  await page.goto(`${stage.server.url}/docs`);
  await page.locator(".opblock").first().waitFor();
  return { page, asked, said };
}

describe("the reference at /docs", () => {
  it("shows every operation, and more of the one that is opened, asking nobody but this server", async () => {
    const { page, asked, said } = await open();
    const operations = Object.values(openApiDocument().paths).flatMap((methods) => Object.values(methods));
    expect(await page.locator(".opblock").count()).toBe(operations.length);
    for (const { operationId, tags } of operations.slice(0, 5)) {
      await page.locator(`#operations-${tags[0]}-${operationId} .opblock-summary-control`).click();
    }
    await page.locator("#operations-capture-captureLead .responses-table").waitFor();
    expect(await page.locator("#operations-capture-captureLead").innerText()).toContain("submission_id");
    const hosts = asked.filter((address) => !address.startsWith("data:")).map((address) => new URL(address).origin);
    expect([...new Set(hosts)]).toEqual([stage.server.url]);
    // A breach of the policy is an error on the console.
    expect([...said, ...page.errors]).toEqual([]);
  });

  it.each([
    ["light", {}],
    ["dark", { colorScheme: "dark" as const }],
    ["on a phone", { viewport: { width: 390, height: 800 }, hasTouch: true }],
  ])("axe finds nothing that is ours, %s, and it fits the screen", async (_, options) => {
    const { page } = await open({ reducedMotion: "reduce", ...options });
    await page.locator("#operations-capture-captureLead .opblock-summary-control").click();
    await page.locator("#operations-capture-captureLead .responses-table").waitFor();
    expect((await violations(page)).filter((one) => !VIEWERS_OWN.test(one))).toEqual([]);
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(overflow)).toBe(0);
  });

  it("shows what /openapi.json answers: the description that the sources make", async () => {
    const answer = await fetch(`${stage.server.url}/openapi.json`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });
});
