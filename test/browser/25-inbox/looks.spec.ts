/** Every view of the operators' page, for every eye, ear and screen. */
import { describe, expect, it } from "vitest";
import { violations } from "../support/visitor.ts";
import { desks } from "./desks.ts";
import { message, room } from "./fake.ts";

const { openMine } = desks();

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
