/** The operators' page against an API that does what it is told: lost answers, broken lines, and what comes in meanwhile. */
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "../support/stage.ts";
import { violations } from "../support/visitor.ts";
import { COLLEAGUE, type FakeEdge, fakeEdge, lead, ME, message, room } from "./fake.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.end());

const MINE = { status: "talking", operator: ME } as const;

async function open(
  prepare: (edge: FakeEdge) => void,
  { path = "", ...options }: BrowserContextOptions & { path?: string } = {},
) {
  const page = await stage.page(options);
  const edge = await fakeEdge(page);
  prepare(edge);
  await page.goto(`${stage.server.url}/inbox${path}`);
  return { page, edge };
}
/** A room of the operator's own, which is open. */
async function openMine(options: BrowserContextOptions = {}) {
  const mine = room(1, { ...MINE, name: "Ada Rey" });
  const opened = await open(
    (edge) => {
      edge.rooms = [mine];
      edge.said.set(mine.room, [message(1, "bot", "Hello."), message(2, "visitor", "Anybody there?")]);
    },
    { path: `#${mine.room}`, ...options },
  );
  await opened.page.getByText("Anybody there?").last().waitFor();
  return { ...opened, id: mine.room, words: opened.page.getByLabel("Message to Ada Rey") };
}
const posted = (edge: FakeEdge, deed: string) =>
  edge.asked.filter(({ method, path }) => method === "POST" && path.endsWith(deed));

describe("signing in", () => {
  const prepare = (edge: FakeEdge) => {
    edge.isSignedIn = false;
  };
  const path = "?organization=7";

  it.each([
    [401, {}, "Organization, user name or password is wrong."],
    [429, { "Retry-After": "130" }, "Please try again in 3 minutes."],
    [403, {}, "subscription may have ended"],
    [503, {}, "The server cannot do it just now."],
  ])("is refused with %i, which is said, and the password can be entered again", async (status, headers, words) => {
    const { page, edge } = await open(prepare, { path });
    edge.refuse.set("POST /inbox/session", { status, headers });
    await page.getByLabel("User name").fill("ines");
    await page.getByLabel("Password").fill("wrong");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("alert").innerText()).toContain(words);
    expect(await page.getByLabel("User name").inputValue()).toBe("ines");
    edge.refuse.clear();
    await page.getByLabel("Password").fill("right");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Waiting" }).waitFor();
    expect(posted(edge, "/session").at(-1)?.body).toEqual({ organization: "7", username: "ines", password: "right" });
  });

  it("leaves nothing in the browser's storage, and signing out shows nothing of what was there", async () => {
    const { page, edge } = await openMine();
    edge.refuse.set("DELETE", "offline");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("alert").getByText("does not answer").waitFor();
    edge.refuse.clear();
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Password").waitFor();
    expect(await page.locator("body").innerText()).not.toContain("Ada");
    const { headers } = edge.asked.at(-1) ?? {};
    expect(headers?.["x-csrf-token"]).toBe("csrf-of-the-session");
  });

  it("is asked for again when the session ends, and the draft is still there then", async () => {
    const { page, edge, words } = await openMine();
    await words.fill("Half a sentence");
    edge.isSignedIn = false;
    await edge.hangUp(4401);
    await page.getByText("Your session has ended.").waitFor();
    await page.getByLabel("User name").fill("ines");
    await page.getByLabel("Password").fill("right");
    await page.keyboard.press("Enter");
    await words.waitFor();
    expect(await words.inputValue()).toBe("Half a sentence");
  });
});

describe("what comes in", () => {
  it("is asked for again where the server cannot say it, without anybody doing anything", async () => {
    const { page, edge } = await open(
      (edge) => {
        edge.rooms = [room(1, { name: "Ada Rey" })];
        edge.said.set(room(1).room, [message(1, "visitor", "Anybody there?")]);
        edge.refuse.set("GET /admin/v1/rooms", { status: 503 });
      },
      { path: `#${room(1).room}` },
    );
    await page.getByText("cannot be shown just now").waitFor();
    edge.refuse.clear();
    await page.getByRole("log").getByText("Anybody there?").waitFor();
    await page.getByRole("link", { name: "Ada Rey" }).waitFor();
    expect(edge.lines).toBe(1);
  });

  it("comes no more once the subscription has ended, which is said", async () => {
    const { page, edge } = await openMine();
    edge.refuse.set("GET /admin/v1", { status: 403 });
    await edge.hangUp();
    await page.getByLabel("Password").waitFor();
    expect(await page.getByRole("alert").innerText()).toContain("subscription may have ended");
  });

  it("shows rooms by who has to do something, counts who waits in the title, and marks what is unread", async () => {
    const { page, edge } = await open((edge) => {
      edge.rooms = [room(1, { name: "Ada Rey" }), room(2, { ...MINE, name: "Grace" }), room(3, { status: "guided" })];
    });
    await page.getByRole("link", { name: "Ada Rey" }).waitFor();
    expect(await page.title()).toBe("(1) Inbox");
    const listed = (name: string) => page.getByRole("region", { name }).getByRole("link").allInnerTexts();
    expect((await listed("Waiting")).join()).toContain("Ada Rey");
    expect((await listed("Mine")).join()).toContain("Grace");
    expect((await listed("Others")).join()).toContain("With the bot");
    edge.tell({ t: "message", room: room(3).room, message: message(1, "visitor", "A person, please") });
    edge.tell({ t: "room", room: room(3, { status: "waiting", name: "Linus" }) });
    await page.getByRole("link", { name: "Unread: Linus" }).getByText("A person, please").waitFor();
    await expect.poll(() => page.title()).toBe("(2) Inbox");
    await page.getByText("Linus waits for somebody.").waitFor({ state: "attached" });
    await page.getByRole("link", { name: "Linus" }).click();
    await page.getByRole("link", { name: "Unread" }).waitFor({ state: "detached" });
    edge.tell({ t: "room", room: room(3, { status: "closed" }) });
    await expect.poll(() => page.title()).toBe("(1) Inbox");
    await page.getByText("This conversation has ended.").waitFor();
  });

  it("shows by its form's name where a visitor is, and who has waited longest first, however long they were there", async () => {
    const ago = (minutes: number) => Date.now() - minutes * 60_000;
    const { page } = await open((edge) => {
      edge.rooms = [
        room(1, { name: "Ada Rey", form_name: "Roofs", opened_at: ago(90), waiting_since: ago(4.5) }),
        room(2, { name: "Linus", form_name: "Gutters", opened_at: ago(20), waiting_since: ago(9.5) }),
      ];
    });
    const waiting = page.getByRole("region", { name: "Waiting" }).getByRole("link");
    await waiting.first().waitFor();
    const texts = (await waiting.allInnerTexts()).map((text) => text.split(/\s*\n\s*/));
    expect(texts).toEqual([
      ["Linus", "9 min", "…", "Gutters"],
      ["Ada Rey", "4 min", "…", "Roofs"],
    ]);
    await waiting.first().click();
    expect(await page.locator("dl").innerText()).toMatch(/Form\s+Gutters\s+Began\s+\S+\s+Waits since\s+\d\d:\d\d/);
  });

  it("shows what a visitor writes as the text that it is", async () => {
    const { page, edge, id } = await openMine();
    const hostile = `<img src=x onerror="document.title='taken'"><a href="javascript:1">x</a>`;
    edge.tell({ t: "message", room: id, message: message(3, "visitor", hostile) });
    await page.getByRole("log").getByText(hostile).waitFor();
    expect(await page.locator(".log img, .log a").count()).toBe(0);
    expect(page.errors).toEqual([]);
  });

  it("fetches what it missed: a gap between numbers, and all that came while the line was broken", async () => {
    const { page, edge, id } = await openMine();
    const said = edge.said.get(id) ?? [];
    said.push(message(3, "visitor", "The third"), message(4, "visitor", "The fourth"));
    edge.tell({ t: "message", room: id, message: message(4, "visitor", "The fourth") });
    await page.getByRole("log").getByText("The fourth").waitFor();
    said.push(message(5, "visitor", "The fifth"));
    edge.rooms.push(room(2, { name: "Late" }));
    await edge.hangUp();
    await page.getByRole("log").getByText("The fifth").waitFor();
    await page.getByRole("link", { name: "Late" }).waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    expect(edge.lines).toBe(2);
    const texts = await page.getByRole("log").locator(".text").allInnerTexts();
    expect(texts).toEqual(["Hello.", "Anybody there?", "The third", "The fourth", "The fifth"]);
  });

  it("works without a line, and says that it has none", async () => {
    const { page, edge } = await open((edge) => {
      edge.isDeaf = true;
      edge.rooms = [room(1, { name: "Ada Rey" })];
    });
    await page.getByRole("link", { name: "Ada Rey" }).click();
    await page.getByText("Connecting…").waitFor();
    await page.getByRole("button", { name: "Join" }).click();
    await page.getByLabel("Message to Ada Rey").fill("Hello Ada");
    await page.keyboard.press("Enter");
    await page.getByRole("log").getByText("Hello Ada").waitFor();
    expect(edge.said.get(room(1).room)?.map(({ text }) => text)).toEqual(["Hello Ada"]);
  });

  it("tells who writes, whether the visitor is there, and what they have read; and tells them the same", async () => {
    const { page, edge, id, words } = await openMine();
    await expect.poll(() => edge.sent).toContainEqual({ t: "read", room: id, seq: 2 });
    edge.tell({ t: "typing", room: id, by: "visitor" }, { t: "present", room: id, isThere: false });
    await page.getByText("Ada Rey is writing…").waitFor();
    await page.getByText("has left the page").waitFor();
    await words.fill("Yes");
    await expect.poll(() => edge.sent).toContainEqual({ t: "typing", room: id });
    await page.keyboard.press("Enter");
    await page.getByRole("log").getByText("Yes").waitFor();
    expect(await page.getByText("Seen").count()).toBe(0);
    edge.tell({ t: "read", room: id, seq: 3 });
    await page.getByText("Seen").waitFor();
  });
});

describe("what is written", () => {
  it("is sent by Enter, broken by Shift and Enter, and stands there once however often it is told", async () => {
    const { page, edge, id, words } = await openMine();
    await words.focus();
    await page.keyboard.type("One");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    await page.keyboard.press("Enter");
    await page.getByRole("log").getByText("One\ntwo").waitFor();
    expect(await words.inputValue()).toBe("");
    const stored = edge.said.get(id)?.at(-1);
    edge.tell({ t: "message", room: id, message: stored as never });
    edge.tell({ t: "typing", room: id, by: "visitor" });
    await page.getByText("is writing").waitFor();
    expect(await page.locator(".text", { hasText: "One" }).count()).toBe(1);
  });

  it.each(["offline", "lost"] as const)(
    "stays when it is %s, and is stored once when it is tried again",
    async (how) => {
      const { page, edge, id, words } = await openMine();
      edge.refuse.set(`POST /admin/v1/rooms/${id}/messages`, how);
      await words.fill("Are you well?");
      await page.keyboard.press("Enter");
      await page.getByText("Not sent").waitFor();
      await words.fill("And then?");
      await page.keyboard.press("Enter");
      await page.getByText("It waits for the one before.").waitFor();
      edge.refuse.clear();
      await page.getByRole("button", { name: "Try again" }).first().click();
      await page.getByText("Not sent").first().waitFor({ state: "detached" });
      await page.locator("[data-unsent]").first().waitFor({ state: "detached" });
      const own = (edge.said.get(id) ?? []).filter(({ by }) => by === "operator").map(({ text }) => text);
      expect(own).toEqual(["Are you well?", "And then?"]);
      expect(await page.getByRole("log").locator(".operator .text").allInnerTexts()).toEqual(own);
      const ids = posted(edge, "/messages").map(({ body }) => body?.id);
      expect(ids).toEqual([ids[0], ids[0], ids[2]]);
    },
  );

  it("is a private note where that is chosen, and looks like one", async () => {
    const { page, edge, words } = await openMine();
    await page.getByLabel("Private note", { exact: true }).first().waitFor();
    await page.getByRole("checkbox", { name: "Private note" }).check();
    expect(await words.count()).toBe(0);
    await page.getByRole("textbox", { name: "Private note" }).fill("Calls too often");
    await page.getByRole("button", { name: "Keep note" }).click();
    await page.locator(".log [data-private]", { hasText: "Calls too often" }).getByText("Private note").waitFor();
    expect(posted(edge, "/messages")[0]?.body).toMatchObject({ is_private: true });
    expect(edge.sent.filter(({ t }) => t === "typing")).toEqual([]);
  });
});

describe("a room", () => {
  it("is joined, left, handed over and closed, and the focus goes where one goes on", async () => {
    const { page, edge } = await open((edge) => {
      edge.rooms = [room(1, { name: "Ada Rey" })];
    });
    const focused = () => page.evaluate(() => document.activeElement?.id);
    await page.getByRole("link", { name: "Ada Rey" }).click();
    await expect.poll(focused).toBe("who");
    await page.getByRole("button", { name: "Join" }).click();
    await expect.poll(focused).toBe("words");
    await page.getByRole("button", { name: "Leave" }).click();
    await expect.poll(focused).toBe("who");
    await page.getByRole("button", { name: "Join" }).click();
    await page.getByRole("button", { name: "Hand over" }).click();
    const dialog = page.getByRole("dialog", { name: "Hand over" });
    expect(await dialog.getByRole("option").allInnerTexts()).toEqual(["Whoever is free", "Tomas Lind – here"]);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Hand over" }).click();
    await dialog.getByLabel("To").selectOption(COLLEAGUE.id);
    await dialog.getByRole("button", { name: "Hand over" }).click();
    await page.getByText("Tomas Lind has this conversation.").waitFor();
    expect(posted(edge, "/hand-over")[0]?.body).toEqual({ user_id: COLLEAGUE.id });
    edge.tell({ t: "room", room: room(1, { ...MINE, name: "Ada Rey" }) });
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Close it" }).click();
    await page.getByText("This conversation has ended.").waitFor();
    expect(posted(edge, "/close")).toHaveLength(1);
  });

  it("that somebody else has taken is theirs, and that is said", async () => {
    const { page, edge } = await open((edge) => {
      edge.rooms = [room(1, { name: "Ada Rey" })];
      edge.refuse.set(`POST /admin/v1/rooms/${room(1).room}/join`, { status: 409 });
    });
    await page.getByRole("link", { name: "Ada Rey" }).click();
    await page.getByText("Join to write.").waitFor();
    Object.assign(edge.rooms[0] ?? {}, { status: "talking", operator: COLLEAGUE });
    await page.getByRole("button", { name: "Join" }).click();
    await page.getByText("Somebody was faster").waitFor();
    await page.getByText("Tomas Lind has this conversation.").waitFor();
  });

  it("is never anything of the address but a room's id", async () => {
    const { page, edge } = await open(() => {}, { path: "#../incoming/x/accept?" });
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByText("Choose a conversation.").waitFor();
    expect(edge.asked.filter(({ path }) => path.includes("accept"))).toEqual([]);
  });
});

describe("leads", () => {
  it("come by themselves, are picked, accepted and declined, and go by themselves", async () => {
    const { page, edge } = await open((edge) => {
      edge.leads = [lead("a1", "Ada Rey"), lead("b2", "Grace"), lead("c3", null)];
    });
    await page.getByRole("button", { name: "Leads 3" }).click();
    // News have no uid, which leads are sorted by.
    edge.leads.unshift(lead("d4", "Linus"));
    edge.tell({ t: "lead", lead: { id: "lead-d4", category: "mail", name: "Linus", received_at: Date.now() } });
    await page.getByRole("button", { name: "Pick Linus" }).click();
    await page.getByRole("button", { name: "Pick Linus" }).waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Pick Ada Rey");
    await page.getByRole("button", { name: "Accept Grace" }).click();
    await page.getByRole("button", { name: "Decline No name" }).click();
    await page.getByRole("button", { name: "Decline No name" }).waitFor({ state: "detached" });
    edge.tell({ t: "sorted", lead: "lead-a1" });
    await page.getByText("None waits.").waitFor();
    const done = edge.asked
      .filter(({ path }) => path.startsWith("/admin/v1/incoming/"))
      .map(({ path }) => path.slice("/admin/v1/incoming/".length));
    expect(done).toEqual(["d4/pick", "b2/accept", "c3/decline"]);
  });

  it("that cannot be sorted stay, and say why", async () => {
    const { page } = await open((edge) => {
      edge.leads = [lead("a1", "Ada Rey")];
      edge.refuse.set("POST /admin/v1/incoming/a1", { status: 409 });
    });
    await page.getByRole("button", { name: "Leads 1" }).click();
    await page.getByRole("button", { name: "Accept Ada Rey" }).click();
    expect(await page.getByRole("alert").innerText()).toContain("Somebody was faster");
  });
});

describe.each([
  ["light", {}],
  ["dark", { colorScheme: "dark" as const }],
  ["on a phone", { viewport: { width: 320, height: 640 }, hasTouch: true }],
  ["in forced colours", { forcedColors: "active" as const }],
])("axe has nothing against any view, %s, and all of it fits", (_, options) => {
  it("signing in, lists, a conversation, a dialog, leads", async () => {
    const { page, edge, id, words } = await openMine({ reducedMotion: "reduce", ...options });
    const check = async () => {
      expect((await violations(page)).join()).toBe("");
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    };
    Object.assign(edge.rooms[0] ?? {}, { email: "ada@example.com", phone: "+3222224444", lead: id });
    edge.tell({ t: "room", room: edge.rooms[0] as never });
    edge.tell({ t: "room", room: room(2) }, { t: "room", room: room(3, { status: "guided" }) });
    edge.tell({ t: "message", room: id, message: message(3, "system", "Ines Okafor has come.") });
    edge.tell({ t: "message", room: id, message: message(4, "operator", "A note", { isPrivate: true }) });
    edge.tell({ t: "message", room: id, message: message(5, "operator", "x".repeat(300)) });
    edge.tell({ t: "read", room: id, seq: 5 }, { t: "typing", room: id, by: "visitor" });
    await page.getByText("Seen").waitFor();
    edge.refuse.set("POST", "offline");
    await words.fill("Not now");
    await page.keyboard.press("Enter");
    await page.getByText("Not sent").waitFor();
    await check();
    await page.getByRole("button", { name: "Close…" }).click();
    await check();
    await page.getByRole("button", { name: "Cancel" }).click();
    edge.tell({ t: "lead", lead: { id: "a1", category: "forms", name: "Ada Rey", received_at: 0 } });
    const back = page.getByRole("link", { name: "Lists" });
    if (await back.isVisible()) await back.click();
    await check();
    await page.getByRole("button", { name: "Leads 1" }).click();
    await page.getByRole("button", { name: "Accept Ada Rey" }).click();
    await page.getByRole("alert").waitFor();
    await check();
    edge.isSignedIn = false;
    await edge.hangUp(4401);
    await page.getByLabel("Password").waitFor();
    await check();
  });
});

it("stands in nobody's frame, runs nothing but its own files, and is read by no other site", async () => {
  const { headers } = await fetch(`${stage.server.url}/inbox`);
  expect(headers.get("content-security-policy")).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  const others = [
    "referrer-policy",
    "x-content-type-options",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
  ];
  expect(others.map((name) => headers.get(name))).toEqual(["no-referrer", "nosniff", "same-origin", "same-origin"]);
  expect(headers.get("access-control-allow-origin")).toBeNull();
});
