import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openOwnStage, type Stage, sitePage, tag } from "../support/stage.ts";
import { type Cloudflare, SECRET, SITE_KEY, standInForCloudflare } from "../support/turnstile.ts";
import { fillIn, focused, newEmail, openPopup, send, violations } from "../support/visitor.ts";

const NONCE = "c2l0ZQ";
/** Everybody is too fast for it. */
const PATIENT = { min_elapsed_ms: 3_600_000 };
const CHECKING = "One moment: we are checking that you are human…";

let cloudflare: Cloudflare;
let stage: Stage;
let form: string;
let address: string;
beforeAll(async () => {
  cloudflare = await standInForCloudflare();
  stage = await openOwnStage({
    FOYER_TURNSTILE_URL: cloudflare.url,
    FOYER_TURNSTILE_SECRETS: `${SITE_KEY}:${SECRET}`,
  });
  form = await stage.form(PATIENT);
  address = await stage.site(sitePage(tag(stage.server, form)));
});
afterAll(async () => {
  await stage?.end();
  await cloudflare.end();
});

const thanked = (page: Page) => page.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
const outbox = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("foyer:out:")));

/** Fills the form in and sends it. @returns the e-mail. */
async function submit(page: Page, at = address): Promise<string> {
  const email = newEmail();
  await page.goto(at);
  const dialog = await openPopup(page);
  await fillIn(dialog, email);
  await send(dialog);
  return email;
}

const solutionOf = (route: Route): unknown => route.request().postDataJSON().solution;

/** Holds back the requests that carry a solution. @returns lets them go. */
async function holdSolutions(page: Page): Promise<() => void> {
  let go = () => {};
  const released = new Promise<void>((done) => {
    go = done;
  });
  await page.route("**/leads", async (route) => {
    if (solutionOf(route)) await released;
    await route.continue().catch(() => {});
  });
  return go;
}

describe("a submission that is suspected", () => {
  it("is solved and arrives under a strict policy, on a slow phone", async () => {
    const page = await stage.page({ viewport: { width: 390, height: 844 } });
    await page.addInitScript(() => {
      const violations: string[] = [];
      Object.assign(window, { violations });
      document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
    });
    const policy =
      `default-src 'none'; script-src 'nonce-${NONCE}' 'strict-dynamic'; style-src 'self'; ` +
      `connect-src ${stage.server.url}; require-trusted-types-for 'script'`;
    const headers = { "content-security-policy": policy };
    const slow = await page.context().newCDPSession(page);
    await slow.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    const statuses: number[] = [];
    page.on("response", (response) => {
      if (response.url().endsWith("/leads")) statuses.push(response.status());
    });
    const email = await submit(page, await stage.site(sitePage(tag(stage.server, form, `nonce="${NONCE}"`)), headers));
    await thanked(page);
    expect(statuses).toEqual([428, 201]);
    expect(await stage.leadsOf(email)).toHaveLength(1);
    expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
    expect(page.errors).toEqual([]);
    expect(await outbox(page)).toEqual([]);
  });

  it("tells the visitor what is going on, and leaves the focus where it is", async () => {
    const page = await stage.page({ viewport: { width: 390, height: 844 } });
    const go = await holdSolutions(page);
    const email = await submit(page);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "checking that you are human" }).waitFor();
    await dialog.getByRole("alert").filter({ hasText: CHECKING }).waitFor({ state: "attached" });
    expect(await focused(page)).toBe("button");
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: "test/browser/screenshots/challenge.png" });
    go();
    await thanked(page);
    expect(await stage.leadsOf(email)).toHaveLength(1);
  });

  it("is asked anew where its solution is not taken", async () => {
    const page = await stage.page();
    let answers = 0;
    await page.route("**/leads", (route) => {
      const body = route.request().postDataJSON();
      if (body.solution && answers++ === 0) body.solution.proof.solution.counter += 1;
      return route.continue({ postData: JSON.stringify(body) });
    });
    const email = await submit(page);
    await thanked(page);
    expect(answers).toBe(2);
    expect(await stage.leadsOf(email)).toHaveLength(1);
  });

  it("is solved anew from the outbox, whenever the network comes back", async () => {
    const page = await stage.page();
    let cut = true;
    await page.route("**/leads", (route) => (cut && solutionOf(route) ? route.abort() : route.continue()));
    const email = await submit(page);
    await page.getByRole("heading", { name: "Not sent yet" }).waitFor();
    expect(await stage.leadsOf(email)).toEqual([]);
    const context = page.context();
    await page.close();
    cut = false;
    const next = await context.newPage();
    await next.goto(address);
    await expect.poll(() => stage.leadsOf(email), { timeout: 10_000 }).toHaveLength(1);
    await expect.poll(() => outbox(next)).toEqual([]);
  });

  it("is held, and thanked, where the page cannot fetch what solves it", async () => {
    const page = await stage.page();
    await page.route("**/proof-*", (route) => route.abort());
    const email = await submit(page);
    await thanked(page);
    expect(await stage.leadsOf(email)).toEqual([]);
    expect(await stage.heldOf(email)).toEqual([["too-fast"]]);
  });

  it("is held where the visitor goes away meanwhile", async () => {
    const page = await stage.page();
    await holdSolutions(page);
    const email = await submit(page);
    await page.getByRole("button", { name: "checking that you are human" }).waitFor();
    await page.goto("about:blank");
    await expect.poll(() => stage.heldOf(email)).toEqual([["too-fast"]]);
    expect(await stage.leadsOf(email)).toEqual([]);
  });
});

describe("a submission that is not suspected", () => {
  it("fetches nothing of it", async () => {
    const page = await stage.page();
    const fetched: string[] = [];
    page.on("request", (request) => fetched.push(request.url()));
    await submit(
      page,
      await stage.site(sitePage(tag(stage.server, await stage.form({ turnstile_site_key: SITE_KEY })))),
    );
    await thanked(page);
    expect(fetched.filter((url) => /proof-|turnstile/.test(url) || url.startsWith(cloudflare.url))).toEqual([]);
  });
});

describe("a form with a site key of Turnstile", () => {
  let guarded: string;
  beforeAll(async () => {
    const id = await stage.form({ ...PATIENT, turnstile_site_key: SITE_KEY });
    guarded = await stage.site(sitePage(tag(stage.server, id)));
  });

  it("has Turnstile ask the visitor, in the form and within reach of the keyboard", async () => {
    const page = await stage.page({ viewport: { width: 390, height: 844 } });
    cloudflare.asked.length = 0;
    const email = await submit(page, guarded);
    const ask = page.getByRole("button", { name: "I am human" });
    await ask.waitFor();
    await page.screenshot({ path: "test/browser/screenshots/turnstile.png" });
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("button");
    await page.keyboard.press("Enter");
    await thanked(page);
    expect(await stage.leadsOf(email)).toHaveLength(1);
    expect(cloudflare.asked).toEqual(["GET /api.js?render=explicit", expect.stringContaining("idempotency_key")]);
    expect(await page.evaluate(() => document.querySelector("foyer-form")?.childElementCount)).toBe(0);
  });

  it("holds what it is told where the page will not have Turnstile", async () => {
    const page = await stage.page();
    await page.route(`${cloudflare.url}/**`, (route) => route.abort());
    const email = await submit(page, guarded);
    await thanked(page);
    expect(await stage.heldOf(email)).toEqual([["too-fast", "turnstile-failed"]]);
  });
});
