/** So many requests an account in ten seconds; then 429, as clients expect it. */
import { describe, expect, test } from "vitest";
import { edge, type Tenant, tenant } from "../../support/edge.ts";
import { request } from "./bodies.ts";
import { get, post, problem, UNSORTED } from "./v4.ts";

/** Counts as the platform's binding does, without its clock. */
function counting(limit: number) {
  const counts = new Map<string, number>();
  return {
    limit: async ({ key }: { key: string }) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return { success: (counts.get(key) ?? 0) <= limit };
    },
  };
}
const on = (limit: number) => edge({ FOYER_V4_RATE: "on", V4_RATE: counting(limit) });

describe("the rate of an account", () => {
  test("past the limit every address answers 429 with retry_after, also as a header, and does nothing", async () => {
    const at = on(3);
    const of = await tenant(at);
    for (let sent = 0; sent < 3; sent += 1) expect((await get(at, UNSORTED, of.agent)).status).toBe(204);
    const refused = await post(at, of, "forms", [request()]);
    expect(refused.headers.get("retry-after")).toBe("10");
    const body = await problem(refused, 429);
    expect(Object.keys(body).sort()).toEqual(["detail", "retry_after", "status", "title", "type"]);
    expect(body.retry_after).toBe(10);
    for (const path of ["/summary", "/00"]) await problem(await get(at, UNSORTED + path, of.agent), 429);
    await problem(await get(at, "/api/v4/account", of.agent), 429);
  });

  test("is the account's: its users share it, other accounts have their own, and other dialects none", async () => {
    const at = on(2);
    const [of, other] = [await tenant(at), await tenant(at)];
    const ask = async (to: Tenant, by: keyof Pick<Tenant, "admin" | "agent">) =>
      (await get(at, UNSORTED, to[by])).status;
    expect([await ask(of, "admin"), await ask(of, "agent"), await ask(of, "admin")]).toEqual([204, 204, 429]);
    expect(await ask(other, "admin")).toBe(204);
    expect((await at.send("GET", `/api/v5/orgs/${of.id}/leads`, { token: of.admin.token })).status).toBe(200);
  });

  test("is not counted for callers who are not let in", async () => {
    const at = on(1);
    const of = await tenant(at);
    for (let sent = 0; sent < 5; sent += 1) await problem(await at.send("GET", UNSORTED), 401);
    expect((await get(at, UNSORTED, of.agent)).status).toBe(204);
  });

  test("is 70 in ten seconds where the platform counts, and unbounded where it is switched off", async () => {
    const [at, off] = [edge({ FOYER_V4_RATE: "on" }), edge()];
    const of = await tenant(at);
    const statuses = async (ask: typeof at, many: number) =>
      (await Promise.all(Array.from({ length: many }, () => get(ask, UNSORTED, of.agent)))).map(({ status }) => status);
    expect(await statuses(off, 200)).toEqual(Array(200).fill(204));
    // Two periods may meet in the middle of it.
    const counted = await statuses(at, 300);
    expect(counted.filter((status) => status === 429).length).toBeGreaterThanOrEqual(300 - 2 * 70);
    expect(counted.filter((status) => status === 204).length).toBeGreaterThan(0);
  });
});
