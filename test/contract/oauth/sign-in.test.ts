/** The password on the consent page: who is let in, and how often it may be tried. */
import { beforeEach, describe, expect, it } from "vitest";
import { admin, type Edge, type Tenant } from "../../support/edge.ts";
import type { Program } from "./client.ts";
import { asking, formOf, PASSWORD, scene } from "./consent.ts";

let at: Edge;
let to: Tenant;
let by: Program;
beforeEach(async () => {
  ({ at, to, by } = await scene());
});
const { link, answer, decide } = asking(() => ({ at, to, by }));

/** Dozens of passwords, each of which takes its time by design. */
const PATIENCE_MS = 60_000;

describe("a password", () => {
  it("that is wrong, of nobody, of one who left or has none is one answer, and no redirect", async () => {
    await admin(at, "PATCH", `/organizations/${to.id}/users/${to.otherAgent.id}`, {
      password: PASSWORD,
      is_active: false,
    });
    const form = await formOf(await at.send("GET", link()));
    const pages = new Set<string>();
    for (const [username, password] of [
      [to.agent.username, "wrong"],
      ["nobody.at.all", PASSWORD],
      [to.otherAgent.username, PASSWORD],
      [to.admin.username, ""],
      [to.admin.username, PASSWORD],
    ] as const) {
      const response = await answer(form, { username, password });
      expect([response.status, response.headers.get("location")]).toEqual([403, null]);
      pages.add((await response.text()).replaceAll(username, "NAME"));
    }
    expect(pages.size).toBe(1);
  });

  it("takes as long to check for nobody as for somebody", async () => {
    const form = await formOf(await at.send("GET", link()));
    const time = async (username: string) => {
      const start = performance.now();
      await answer(form, { username, password: "wrong" });
      return performance.now() - start;
    };
    const [nobody, somebody] = [[] as number[], [] as number[]];
    for (let round = 0; round < 5; round += 1) {
      nobody.push(await time(`nobody.${round}`));
      somebody.push(await time(to.agent.username));
    }
    // The quickest of each: without the same work, nobody would be known within a few milliseconds of over fifty.
    expect(Math.min(...nobody)).toBeGreaterThan(Math.min(...somebody) / 2);
  });

  it(
    "may be tried ten times in ten minutes, also of a user who is not there",
    async () => {
      const form = await formOf(await at.send("GET", link()));
      for (const username of [to.agent.username, "nobody.at.all"]) {
        for (let attempt = 0; attempt < 10; attempt += 1) {
          const headers = { "cf-connecting-ip": `192.0.2.${attempt}` };
          expect((await answer(form, { username, password: "wrong" }, headers)).status).toBe(403);
        }
        const refused = await answer(form, { username, password: PASSWORD });
        expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "600"]);
      }
      at.clock.now += 600_000;
      expect((await decide()).status).toBe(302);
    },
    PATIENCE_MS,
  );

  it(
    "may be tried thirty times in ten minutes from one address, whoever's",
    async () => {
      const form = await formOf(await at.send("GET", link()));
      const from = (address: string, username: string) =>
        answer(form, { username, password: PASSWORD }, { "cf-connecting-ip": address });
      for (let attempt = 0; attempt < 30; attempt += 1) await from("2001:db8::1", `nobody.${attempt}`);
      expect((await from("2001:db8::2", to.agent.username)).status).toBe(429);
      expect((await from("2001:db8:1::1", to.agent.username)).status).toBe(302);
    },
    PATIENCE_MS,
  );
});
