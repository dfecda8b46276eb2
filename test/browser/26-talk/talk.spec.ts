/**
 * A visitor with the widget on somebody's site, and operators with their page: the two ends of one chat, through the whole
 * server. Whatever happens between them, and to the server, each word is there once and in its order.
 */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Organization } from "../../support/server.ts";
import { openChat, say } from "../24-chat/visit.ts";
import { openOwnStage, sitePage, tag } from "../support/stage.ts";
import { newEmail } from "../support/visitor.ts";

const PASSWORD = "long enough to sign in";
const PATIENCE = { timeout: 45_000 };

let stage: Awaited<ReturnType<typeof openOwnStage>>;
let organization: Organization;
let token: string;
let address: string;
beforeAll(async () => {
  stage = await openOwnStage();
  const { admin } = stage.server;
  organization = await admin.createOrganization({ name: "Corvid", subscription_until: "2099-01-01T00:00:00Z" });
  const mara = { username: "mara", first_name: "Mara", last_name: "Stein", role: "admin" as const };
  const { id } = await admin.createUser(organization.id, { ...mara, password: PASSWORD });
  token = (await admin.createCredential(organization.id, { kind: "user_token", user_id: id })).secret;
  const form = await admin.createForm(organization.id, {
    name: "Roof questions",
    mode: "chat",
    fields: [
      { name: "name", type: "text", label: "Name", required: true, maps_to: "name" },
      { name: "email", type: "email", label: "E-mail", required: true, maps_to: "email" },
      { name: "town", type: "text", label: "Town", required: false },
    ],
    allowed_origins: ["*"],
    min_elapsed_ms: 0,
  });
  address = await stage.site(sitePage(tag(stage.server, form.id)));
});
afterAll(() => stage?.end());

async function operator(): Promise<Page & { errors: string[] }> {
  const page = await stage.page();
  await page.goto(`${stage.server.url}/inbox?organization=${organization.account_id}`);
  await page.getByLabel("User name").fill("mara");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByText("Live", { exact: true }).waitFor();
  return page;
}

/** The visitor answers what is asked for first, and asks for a person; the operator comes. */
async function meet(visitor: Page, mara: Page, name: string, email: string): Promise<Locator> {
  await visitor.goto(address);
  const chat = await openChat(visitor);
  for (const [asked, text] of [
    ["Name", name],
    ["E-mail", email],
  ] as const) {
    await chat.getByRole("textbox", { name: asked }).waitFor();
    await say(chat, text);
  }
  await chat.getByRole("textbox", { name: "Town" }).waitFor();
  await chat.getByRole("button", { name: "Talk to a person" }).click();
  const waiting = mara.getByRole("region", { name: "Waiting" }).getByRole("link", { name });
  await waiting.getByText("Roof questions").waitFor();
  await waiting.click();
  await mara.getByText("Waits since").waitFor();
  await mara.getByRole("button", { name: "Join" }).click();
  await chat.getByText("Mara Stein has joined.").waitFor();
  return chat;
}

const write = async (mara: Page, words: string) => {
  await mara.getByRole("textbox").fill(words);
  await mara.keyboard.press("Enter");
};
/** Everything that the operator wrote is stored; what failed is sent again, as somebody would. */
const stored = (mara: Page) =>
  expect
    .poll(async () => {
      const again = mara.getByRole("button", { name: "Try again" }).first();
      if (await again.isVisible()) await again.click({ timeout: 2_000 }).catch(() => {});
      return mara.locator("[data-unsent]").count();
    }, PATIENCE)
    .toBe(0);
/** Everything that the visitor said is stored. */
const arrived = (visitor: Page) =>
  expect
    .poll(() => visitor.evaluate(() => Object.keys(localStorage).filter((key) => key.split(":").length > 3)), PATIENCE)
    .toEqual([]);
const texts = (log: Locator, of: string): Promise<string[]> => log.locator(of).allTextContents();

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`${stage.server.url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  expect(answer.status, path).toBe(200);
  return answer.json() as Promise<T>;
}
interface Said {
  seq: number;
  by: string;
  text: string;
}
interface Summary {
  chat_id: string;
  analytics: { chat: string | null };
}

/** What the APIs say of the chat after its end. */
async function told(mara: Page, email: string) {
  const room = new URL(mara.url()).hash.slice(1);
  const view = await get<{ status: string; messages: Said[]; room: { lead: string } }>(`/admin/v1/rooms/${room}`);
  const answer = await fetch(`${stage.server.url}/api/v5/orgs/${organization.id}/leads`, {
    headers: { Authorization: `Token ${token}` },
  });
  const { results } = (await answer.json()) as {
    results: { id: string; data: Record<string, unknown>; assigned_user_id: string | null }[];
  };
  const leads = results.filter(({ data }) => data.email === email);
  return { room, view, leads };
}
const by = (view: { messages: Said[] }, who: string) =>
  view.messages.filter((one) => one.by === who).map(({ text }) => text);

describe("a visitor and an operator", () => {
  it("talk over pages and tabs, and through a server that dies while both are writing", async () => {
    const [visitor, mara] = await Promise.all([stage.page(), operator()]);
    const email = newEmail();
    let chat = await meet(visitor, mara, "Ada Rey", email);
    await write(mara, "o1");
    await chat.getByRole("log").getByText("o1", { exact: true }).waitFor();
    await say(chat, "v1");
    await mara.getByRole("log").getByText("v1", { exact: true }).waitFor();

    await visitor.goto(`${address}another`);
    chat = await openChat(visitor);
    await chat.getByRole("log").getByText("o1", { exact: true }).waitFor();
    const tab = await visitor.context().newPage();
    await tab.goto(address);
    const there = await openChat(tab);
    await say(there, "v2");
    await chat.getByRole("log").getByText("v2", { exact: true }).waitFor();

    await mara.getByRole("button", { name: "Leads" }).click();
    await mara.getByRole("button", { name: "Pick Ada Rey" }).click();
    await mara.getByRole("button", { name: "Pick Ada Rey" }).waitFor({ state: "detached" });
    await mara.getByRole("button", { name: "Chats" }).click();

    const visitors = Array.from({ length: 8 }, (_, index) => `v${index + 3}`);
    const operators = Array.from({ length: 8 }, (_, index) => `o${index + 2}`);
    let dying: Promise<void> | undefined;
    const isHalf = (index: number) => {
      if (index === 3) dying ??= stage.server.kill();
    };
    await Promise.all([
      (async () => {
        for (const [index, words] of visitors.entries()) {
          await say(chat, words);
          isHalf(index);
        }
      })(),
      (async () => {
        for (const [index, words] of operators.entries()) {
          await write(mara, words);
          isHalf(index);
        }
      })(),
    ]);
    await dying;
    await mara.getByText("Not sent").first().waitFor();
    await chat.getByText("No connection").waitFor();
    await stage.server.restart();
    // Whoever writes on does not wait for the next attempt to connect.
    await say(chat, "v11");
    visitors.push("v11");
    await Promise.all([stored(mara), arrived(visitor)]);
    await mara.getByText("Live", { exact: true }).waitFor(PATIENCE);

    // The lead was picked meanwhile, and takes what the visitor says all the same.
    await chat.locator(".visitor").filter({ hasText: "Ada Rey" }).getByRole("button", { name: "Change" }).click();
    await chat.getByRole("textbox", { name: "Name" }).fill("Ada Reyes");
    await chat.getByRole("textbox", { name: "Name" }).press("Enter");
    await arrived(visitor);
    await mara.getByRole("heading", { name: "Ada Reyes" }).waitFor(PATIENCE);

    for (const log of [chat.getByRole("log"), there.getByRole("log")]) {
      await log.getByText("o9", { exact: true }).waitFor(PATIENCE);
      await expect
        .poll(() => texts(log, ".visitor [part=message]"), PATIENCE)
        .toEqual(["Ada Rey", email, "v1", "v2", ...visitors, "Ada Reyes"]);
      expect(await texts(log, ".operator [part=message]")).toEqual(["o1", ...operators]);
    }
    await mara.getByRole("button", { name: "Close…" }).click();
    await mara.getByRole("button", { name: "Close it" }).click();
    await mara.getByText("This conversation has ended.").waitFor();
    for (const one of [chat, there]) await one.getByText("This chat has ended.").waitFor(PATIENCE);

    const { room, view, leads } = await told(mara, email);
    expect(view.messages.map(({ seq }) => seq)).toEqual(view.messages.map((_, index) => index + 1));
    expect(by(view, "visitor")).toEqual(["Ada Rey", email, "v1", "v2", ...visitors, "Ada Reyes"]);
    expect(by(view, "operator")).toEqual(["o1", ...operators]);
    await expect.poll(async () => (await told(mara, email)).leads[0]?.data.name, PATIENCE).toBe("Ada Reyes");
    expect(leads).toHaveLength(1);
    expect(leads[0]).toMatchObject({ id: view.room.lead, assigned_user_id: expect.any(String) });
    const { _embedded: worked } = await get<{ _embedded: { leads: { id: number }[] } }>("/api/v4/leads");
    expect(worked.leads).toHaveLength(1);
    const summary = () => get<{ data: Summary }>(`/leads/summary/${worked.leads[0]?.id}`);
    expect((await summary()).data.chat_id).toBe(room);
    // The room tells the database after it has told the operator.
    const transcript = async () => JSON.parse((await summary()).data.analytics.chat ?? "[]") as { text: string }[];
    await expect
      .poll(async () => (await transcript()).map(({ text }) => text), PATIENCE)
      .toEqual(view.messages.map(({ text }) => text));
    expect([...visitor.errors, ...mara.errors]).toEqual([]);
  }, 150_000);
});
