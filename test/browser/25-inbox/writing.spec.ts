/** What an operator writes, and the leads that they sort: once each, also where answers are lost. */
import { describe, expect, it } from "vitest";
import { desks, posted } from "./desks.ts";
import { lead } from "./fake.ts";

const { open, openMine } = desks();

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
