/** The whole way, with a database that is away while the visitor presses send: nothing is lost, and nothing is there twice. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openOwnStage, sitePage, tag } from "../support/stage.ts";
import { fillIn, newEmail, openPopup, send } from "../support/visitor.ts";
import { outbox, thanked } from "./visit.ts";

let stage: Awaited<ReturnType<typeof openOwnStage>>;
let address: string;
let page: Page;
/** What each answer of 503 asked to wait for. */
let refusals: (string | null)[];
let attempts: number;
beforeAll(async () => {
  stage = await openOwnStage({}, "test/support/faulty-worker.ts");
  address = await stage.site(sitePage(tag(stage.server, await stage.form())));
});
afterAll(() => stage?.end());

beforeEach(async () => {
  await database("well");
  page = await stage.page();
  await page.clock.install();
  refusals = [];
  attempts = 0;
  page.on("request", (request) => {
    if (request.method() === "POST") attempts += 1;
  });
  page.on("response", (answer) => {
    if (answer.status() === 503) refusals.push(answer.headers()["retry-after"] ?? null);
  });
  await page.goto(address);
});

async function database(state: "well" | "away" | "silent"): Promise<void> {
  const answer = await fetch(`${stage.server.url}/test/database/${state}`, { method: "PUT" });
  expect(answer.status).toBe(204);
}

it.each([
  { state: "away", stored: 0 },
  { state: "silent", stored: 1 },
] as const)(
  "what is sent while the database is $state arrives once, when it is asked to come again",
  async ({ state, stored }) => {
    const email = newEmail();
    const dialog = await openPopup(page);
    await fillIn(dialog, email);
    await database(state);
    await send(dialog);
    await page.getByRole("heading", { name: "Not sent yet" }).waitFor();
    expect(refusals).toEqual(["5"]);
    expect(await outbox(page)).toHaveLength(1);
    await database("well");
    expect(await stage.leadsOf(email)).toHaveLength(stored);
    await page.clock.runFor(4_000);
    expect(attempts).toBe(1);
    // Nobody presses anything.
    await page.clock.runFor(10_000);
    await thanked(page);
    expect(await stage.leadsOf(email)).toHaveLength(1);
    expect(await outbox(page)).toEqual([]);
    expect([attempts, refusals]).toEqual([2, ["5"]]);
  },
);
