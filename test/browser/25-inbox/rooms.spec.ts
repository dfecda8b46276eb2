/** What comes to an operator, live or after what was missed, and what they do with a room. */
import { describe, expect, it } from "vitest";
import { desks, MINE, posted } from "./desks.ts";
import { COLLEAGUE, message, room } from "./fake.ts";

const { open, openMine } = desks();

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
