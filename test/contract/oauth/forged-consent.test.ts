/** Consent that the user did not give on our page: RFC 6749, section 10.12. */
import { beforeEach, describe, expect, it } from "vitest";
import { type Edge, START, type Tenant } from "../../support/edge.ts";
import { type Program, program, REDIRECT_URI } from "./client.ts";
import { asking, CHALLENGE, formOf, PASSWORD, scene } from "./consent.ts";

let at: Edge;
let to: Tenant;
let by: Program;
beforeEach(async () => {
  ({ at, to, by } = await scene());
});
const { link, answer } = asking(() => ({ at, to, by }));

describe("a forged consent", () => {
  const right = () => ({ username: to.agent.username, password: PASSWORD });
  const show = async (parameters: object = {}) => formOf(await at.send("GET", link(parameters)));

  it("is refused without the page's field, with a made-up one, and after twenty minutes", async () => {
    const form = await show();
    const csrf = form.get("csrf") as string;
    for (const forged of [
      null,
      "",
      "x",
      csrf.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
      csrf.replace(/^\d/, "9"),
    ]) {
      const sent = new URLSearchParams(form);
      sent.delete("csrf");
      if (forged !== null) sent.set("csrf", forged);
      expect((await answer(sent, right())).status).toBe(403);
    }
    at.clock.now = START + 20 * 60_000;
    expect((await answer(form, right())).status).toBe(403);
    at.clock.now -= 1;
    expect((await answer(form, right())).status).toBe(302);
  });

  it("is refused for another request than the one that was shown", async () => {
    const form = await show(CHALLENGE);
    const other = await program(at, to);
    for (const [name, value] of [
      ["client_id", other.id],
      ["state", "another"],
      ["code_challenge", "A".repeat(43)],
      ["redirect_uri", REDIRECT_URI],
      ["scope", "crm"],
    ] as const) {
      const sent = new URLSearchParams(form);
      sent.set(name, value);
      expect([name, (await answer(sent, right())).status]).toEqual([name, 403]);
    }
  });

  it.each([
    [{ origin: "https://evil.example" }],
    [{ origin: "null" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site", origin: "https://foyer.test" }],
  ])("is refused from another page: %o", async (headers) => {
    expect((await answer(await show(), right(), headers as Record<string, string>)).status).toBe(403);
  });

  it("is told from one of our page's", async () => {
    const headers = { origin: "https://foyer.test", "sec-fetch-site": "same-origin" };
    expect((await answer(await show(), right(), headers)).status).toBe(302);
  });
});
