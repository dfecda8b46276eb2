/** The operators' page before anybody works: signing in and out. */
import { describe, expect, it } from "vitest";
import { desks, posted } from "./desks.ts";
import type { FakeEdge } from "./fake.ts";

const { open, openMine } = desks();

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
