/** What a monitor asks: whether the Worker and its databases answer. */
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import { edge } from "../../support/edge.ts";

afterEach(() => vi.restoreAllMocks());

it("is well where every database answers: one question, no rows, never cached", async () => {
  const at = edge();
  const answer = await at.send("GET", "/healthz");
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(await answer.json()).toEqual({ status: "ok", databases: [{ number: 0, status: "ok" }] });
  expect(at.usage).toEqual({ roundTrips: 1, statements: 1, rowsRead: 0, rowsWritten: 0 });
});

it.each(["throws", "says nothing"])(
  "answers 503, and which, where a database %s; why stands in the log alone",
  async (how) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const at = edge();
    const act = () => (how === "throws" ? Promise.reject(new Error("D1 is on fire")) : new Promise(() => {}));
    vi.spyOn(env.DB.constructor.prototype, "prepare");
    const statement = Object.getPrototypeOf(env.DB.prepare("SELECT 1"));
    vi.spyOn(statement, "all").mockImplementation(act);
    if (how !== "throws") vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const asked = at.send("GET", "/healthz");
    if (how !== "throws") await vi.advanceTimersByTimeAsync(3_000);
    vi.useRealTimers();
    const answer = await asked;
    const text = await answer.text();
    expect([answer.status, JSON.parse(text)]).toEqual([
      503,
      { status: "failing", databases: [{ number: 0, status: "failing" }] },
    ]);
    expect(text).not.toContain("fire");
    expect(log).toHaveBeenCalled();
  },
);
