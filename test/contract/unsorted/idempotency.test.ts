/** Idempotency-Key on POSTs: a retry is not a duplicate. */
import { describe, expect, test } from "vitest";
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { count } from "../../support/rows.ts";
import { request } from "./bodies.ts";
import { type Added, accept, hal, post, problem, UNSORTED, v4 } from "./v4.ts";

const keyed = { "idempotency-key": "k1" };
type Answer = { _embedded: { unsorted: Added[] } };
async function world(): Promise<{ at: Edge; of: Tenant; body: Record<string, unknown>[] }> {
  const at = edge();
  return { at, of: await tenant(at), body: [request({ request_id: "a" }), request()] };
}

describe("a POST with an idempotency key", () => {
  test("is answered the same again, marked as a replay, and adds nothing", async () => {
    const { at, of, body } = await world();
    const first = await post(at, of, "forms", body, keyed);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    const answer = await hal<Answer>(first);
    await accept(at, answer._embedded.unsorted[0]?.uid as string, of.agent);
    const again = await post(at, of, "forms", body, keyed);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await hal<Answer>(again)).toEqual(answer);
    expect(await count("lead")).toBe(2);
    expect(await count("lead_event", "kind = 'created'")).toBe(2);
  });

  test("keeps nothing that the caller said, whatever it names its requests", async () => {
    const { at, of } = await world();
    const body = [request({ request_id: "ada@example.org" })];
    const answer = await hal<Answer>(await post(at, of, "forms", body, keyed));
    expect(await count("idempotency", "instr(fingerprint || answer, 'ada')")).toBe(0);
    expect(await hal<Answer>(await post(at, of, "forms", body, keyed))).toEqual(answer);
  });

  test("with other content is 422", async () => {
    const { at, of, body } = await world();
    await post(at, of, "forms", body, keyed);
    await problem(await post(at, of, "forms", [request()], keyed), 422);
    expect(await count("lead")).toBe(2);
  });

  test("a hundred at once: one adds, the others are its replays", async () => {
    const { at, of, body } = await world();
    const responses = await Promise.all(Array.from({ length: 100 }, () => post(at, of, "forms", body, keyed)));
    const replays = responses.filter(({ headers }) => headers.get("idempotent-replayed") === "true");
    expect(replays).toHaveLength(99);
    const answers = await Promise.all(responses.map((response) => hal<Answer>(response)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await count("lead")).toBe(2);
  });

  test("that was refused may be used again", async () => {
    const { at, of, body } = await world();
    await problem(await post(at, of, "forms", [...body, ...body], keyed), 400);
    await hal(await post(at, of, "forms", body, keyed));
  });

  test("is the caller's own, of one address, and is forgotten after 24 hours", async () => {
    const { at, of, body } = await world();
    await hal(await post(at, of, "forms", body, keyed));
    const options = { body: [request()], headers: keyed };
    await hal(await v4(at, "POST", `${UNSORTED}/forms`, of.otherAgent, options));
    await problem(await post(at, of, "forms", [request()], keyed), 422);
    at.clock.now += 24 * 3_600_000;
    await problem(await post(at, of, "forms", [request()], keyed), 422);
    at.clock.now += 1;
    const fresh = await post(at, of, "forms", [request()], keyed);
    expect([fresh.status, fresh.headers.get("idempotent-replayed")]).toEqual([200, null]);
  });

  test("without a key a retry is a duplicate; a key too long is refused", async () => {
    const { at, of, body } = await world();
    await hal(await post(at, of, "forms", body));
    await problem(await post(at, of, "forms", body), 400);
    await problem(await post(at, of, "forms", [request()], { "idempotency-key": "k".repeat(256) }), 400);
  });
});
