/** Operators at the real server: a visitor's chat from the first word to the end, and a lead, as two colleagues see them. */
import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RoomFrame, VisitorFrame } from "../../../shared/chat-frames.ts";
import type { Organization } from "../../support/server.ts";
import { openOwnStage } from "../support/stage.ts";
import { newEmail } from "../support/visitor.ts";

const PASSWORD = "long enough to sign in";
const PEOPLE = [
  { username: "mara", first_name: "Mara", last_name: "Stein", role: "admin" },
  { username: "jon", first_name: "Jon", last_name: "Bakke", role: "agent" },
] as const;
type Who = (typeof PEOPLE)[number]["username"];

let stage: Awaited<ReturnType<typeof openOwnStage>>;
let organization: Organization;
beforeAll(async () => {
  stage = await openOwnStage();
  const { admin } = stage.server;
  organization = await admin.createOrganization({ name: "Corvid", subscription_until: "2099-01-01T00:00:00Z" });
  await Promise.all(PEOPLE.map((person) => admin.createUser(organization.id, { ...person, password: PASSWORD })));
});
afterAll(() => stage?.end());

async function operator(who: Who): Promise<Page & { errors: string[] }> {
  const page = await stage.page();
  await page.goto(`${stage.server.url}/inbox?organization=${organization.account_id}`);
  await page.getByLabel("User name").fill(who);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByText("Live", { exact: true }).waitFor();
  return page;
}

const form = async (mode: "form" | "chat") => {
  const { id } = await stage.server.admin.createForm(organization.id, {
    name: "Ask us",
    mode,
    fields: [
      { name: "name", type: "text", label: "What is your name?", required: true, maps_to: "name" },
      { name: "email", type: "email", label: "And your e-mail?", required: true, maps_to: "email" },
    ],
    allowed_origins: ["*"],
    allow_missing_origin: true,
    min_elapsed_ms: 0,
  });
  return id;
};

/** A visitor without a page. @returns what says frames and resolves to the room's. */
function visitor(formId: string) {
  const token = randomBytes(32).toString("base64url");
  let since = 0;
  return async (...frames: VisitorFrame[]): Promise<RoomFrame[]> => {
    const answer = await fetch(`${stage.server.url}/v1/forms/${formId}/chat`, {
      method: "POST",
      headers: { "Content-Type": "text/plain" },
      body: JSON.stringify({ token, hello: { t: "hello", since, visitor: "a-visitor" }, frames }),
    });
    expect(answer.status).toBe(200);
    const { frames: heard } = (await answer.json()) as { frames: RoomFrame[] };
    for (const frame of heard) if (frame.t === "message") since = Math.max(since, frame.seq);
    return heard;
  };
}
const texts = (frames: RoomFrame[]) => frames.flatMap((frame) => (frame.t === "message" ? [frame.text] : []));
const send = async (page: Page, words: string) => {
  await page.getByRole("textbox").fill(words);
  await page.keyboard.press("Enter");
  await page.getByRole("log").getByText(words).waitFor();
  await page.locator("[data-unsent]").waitFor({ state: "detached" });
};

describe("a chat", () => {
  it("comes to both, is taken by one, handed over and closed, and nobody waits for a reload", async () => {
    const [mara, jon] = await Promise.all([operator("mara"), operator("jon")]);
    const says = visitor(await form("chat"));
    const email = newEmail();
    await says({ t: "say", id: "1", text: "Is anybody there?" });
    await mara.getByRole("region", { name: "Others" }).getByRole("link").getByText("Is anybody there?").waitFor();
    await says({ t: "answer", id: "2", field: "name", value: "Ada Rey" });
    await says({ t: "answer", id: "3", field: "email", value: email });
    await says({ t: "call", id: "4" });
    const waiting = jon.getByRole("region", { name: "Waiting" }).getByRole("link", { name: "Ada Rey" });
    await waiting.click();
    await jon.getByRole("log").getByText("Is anybody there?").waitFor();
    await jon.getByRole("button", { name: "Join" }).click();
    await jon.getByText(email).first().waitFor();
    await send(jon, "Good morning, Ada.");
    expect(texts(await says())).toContain("Good morning, Ada.");
    await mara.getByRole("region", { name: "Others" }).getByRole("link", { name: "Ada Rey" }).click();
    await mara.getByText("Jon Bakke has this conversation.").waitFor();
    await mara.getByRole("log").getByText("Good morning, Ada.").waitFor();

    await jon.getByRole("checkbox", { name: "Private note" }).check();
    await send(jon, "She is in a hurry.");
    await mara.locator(".log [data-private]").getByText("She is in a hurry.").waitFor();
    expect(texts(await says({ t: "typing" }))).not.toContain("She is in a hurry.");

    await jon.getByRole("button", { name: "Hand over" }).click();
    await jon.getByLabel("To").selectOption({ label: "Mara Stein – here" });
    await jon.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
    await jon.getByText("Mara Stein has this conversation.").waitFor();
    await send(mara, "I am Mara.");
    await says({ t: "say", id: "5", text: "Thank you, goodbye." });
    await mara.getByRole("log").getByText("Thank you, goodbye.").waitFor();
    await mara.getByRole("button", { name: "Close" }).click();
    await mara.getByRole("button", { name: "Close it" }).click();
    for (const page of [mara, jon]) await page.getByText("This conversation has ended.").waitFor();
    await mara.reload();
    await mara.getByRole("log").getByText("Thank you, goodbye.").waitFor();
    expect([...mara.errors, ...jon.errors]).toEqual([]);
  });

  it("goes on through a server that was away, and what was written meanwhile is stored once", async () => {
    const mara = await operator("mara");
    const says = visitor(await form("chat"));
    await says({ t: "say", id: "1", text: "The first" }, { t: "call", id: "2" });
    await mara.getByRole("region", { name: "Waiting" }).getByRole("link", { name: "The first" }).click();
    await mara.getByRole("button", { name: "Join" }).click();
    await send(mara, "Before it");
    await stage.server.kill();
    await mara.getByText("Connecting…").waitFor();
    await mara.getByRole("textbox").fill("During it");
    await mara.keyboard.press("Enter");
    await mara.getByText("Not sent").waitFor();
    await stage.server.restart();
    await mara.getByRole("button", { name: "Try again" }).click();
    await mara.locator("[data-unsent]").waitFor({ state: "detached" });
    expect(texts(await says()).filter((text) => text === "During it")).toEqual(["During it"]);
    await mara.getByText("Live", { exact: true }).waitFor({ timeout: 20_000 });
    await says({ t: "say", id: "3", text: "The second" });
    await mara.getByRole("log").getByText("The second").waitFor();
  });
});

it("a lead comes to both, and goes from both when one has sorted it", async () => {
  const [mara, jon] = await Promise.all([operator("mara"), operator("jon")]);
  const id = await form("form");
  await Promise.all([mara, jon].map((page) => page.getByRole("button", { name: "Leads" }).click()));
  const answer = await fetch(`${stage.server.url}/v1/forms/${id}/leads`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      submission_id: crypto.randomUUID(),
      data: { name: "Grace Hopper", email: newEmail() },
      elapsed_ms: 5_000,
    }),
  });
  expect(answer.status).toBe(201);
  const pick = { name: "Pick Grace Hopper" };
  await Promise.all([mara, jon].map((page) => page.getByRole("button", pick).waitFor()));
  await mara.getByRole("button", pick).click();
  await Promise.all([mara, jon].map((page) => page.getByRole("button", pick).waitFor({ state: "detached" })));
});

it("a session is found again by a reload, and ended by signing out", async () => {
  const jon = await operator("jon");
  await jon.reload();
  await jon.getByText("Live", { exact: true }).waitFor();
  await jon.getByRole("button", { name: "Sign out" }).click();
  await jon.getByLabel("Password").waitFor();
  await jon.reload();
  await jon.getByLabel("Password").waitFor();
});
