import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem } from "../../support/asking.ts";
import { capture, type Edge, edge, form, somebody, type Tenant, tenant } from "../../support/edge.ts";
import { count, rows } from "../../support/rows.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const from = (id: string, ip: string, body: Record<string, unknown> = {}) =>
  capture(at, id, body, { "cf-connecting-ip": ip });
const statuses = async (answers: Promise<Response>[]) =>
  (await Promise.all(answers)).map(({ status }) => status).sort();

describe("a form's limit", () => {
  it("refuses what is past it with the seconds to wait, and stores nothing", async () => {
    const id = await form(at, to.id, { rate_limit_per_minute: 3 });
    at.clock.now += 15_500;
    for (let times = 0; times < 3; times += 1) expect((await capture(at, id)).status).toBe(201);
    const refused = await capture(at, id);
    await expectProblem(refused, 429, "rate-limited");
    expect(refused.headers.get("retry-after")).toBe("45");
    expect([await count("lead"), await count("idempotency")]).toEqual([3, 3]);
  });

  it("begins anew with the clock's next minute", async () => {
    const id = await form(at, to.id, { rate_limit_per_minute: 1 });
    at.clock.now += 59_999;
    expect([(await capture(at, id)).status, (await capture(at, id)).status]).toEqual([201, 429]);
    at.clock.now += 1;
    expect([(await capture(at, id)).status, (await capture(at, id)).status]).toEqual([201, 429]);
  });

  it("lets the same submission in once the minute is over", async () => {
    const id = await form(at, to.id, { rate_limit_per_minute: 1 });
    await capture(at, id);
    const submission = { submission_id: crypto.randomUUID(), data: somebody() };
    expect((await capture(at, id, submission)).status).toBe(429);
    at.clock.now += 60_000;
    const later = await capture(at, id, submission);
    expect([later.status, later.headers.get("idempotent-replayed")]).toEqual([201, null]);
  });

  it("holds at the same moment: of 30 at once 10 are leads", async () => {
    const id = await form(at, to.id, { rate_limit_per_minute: 10 });
    const found = await statuses(Array.from({ length: 30 }, () => capture(at, id)));
    expect(found).toEqual([...Array(10).fill(201), ...Array(20).fill(429)]);
    expect(await count("lead")).toBe(10);
  });

  it("is each form's own", async () => {
    const ids = [
      await form(at, to.id, { rate_limit_per_minute: 1 }),
      await form(at, to.id, { rate_limit_per_minute: 1 }),
    ];
    for (const id of ids) expect((await capture(at, id)).status).toBe(201);
  });

  it("counts repeats, and does not count replays", async () => {
    const limits = { rate_limit_per_minute: 3, address_rate_limit_per_minute: 100 };
    const id = await form(at, to.id, limits);
    const same = { submission_id: crypto.randomUUID(), visitor_id: "v", data: somebody() };
    for (let times = 0; times < 9; times += 1) expect((await from(id, "203.0.113.1", same)).status).toBe(201);
    const repeat = () => from(id, "203.0.113.1", { ...same, submission_id: crypto.randomUUID() });
    expect([(await repeat()).status, (await repeat()).status, (await repeat()).status]).toEqual([409, 409, 429]);
    const replay = await from(id, "203.0.113.1", same);
    expect([replay.status, replay.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
  });

  it("answers a replay while it is full, whoever counted", async () => {
    const id = await form(at, to.id, { rate_limit_per_minute: 1 });
    const same = { submission_id: crypto.randomUUID(), data: somebody() };
    await capture(at, id, same);
    expect((await capture(at, id)).status).toBe(429);
    expect((await capture(at, id, same)).headers.get("idempotent-replayed")).toBe("true");
  });

  it("changes with the form's settings at once", async () => {
    const id = await form(at, to.id, { rate_limit_per_minute: 1 });
    await capture(at, id);
    const body = { rate_limit_per_minute: 2 };
    await at.send("PATCH", `/admin/v1/organizations/${to.id}/forms/${id}`, {
      token: at.env.FOYER_ROOT_TOKEN as string,
      body,
    });
    expect([(await capture(at, id)).status, (await capture(at, id)).status]).toEqual([201, 429]);
  });
});

describe("an address's limit", () => {
  let id: string;
  beforeEach(async () => {
    id = await form(at, to.id, { address_rate_limit_per_minute: 1 });
  });

  it("is each address's own", async () => {
    expect((await from(id, "203.0.113.1")).status).toBe(201);
    expect((await from(id, "203.0.113.1")).status).toBe(429);
    expect((await from(id, "203.0.113.2")).status).toBe(201);
  });

  it("takes an IPv6 /64 for one address", async () => {
    expect((await from(id, "2001:db8:0:1::1")).status).toBe(201);
    expect((await from(id, "2001:db8:0:1:ffff::2")).status).toBe(429);
    expect((await from(id, "2001:db8:0:2::1")).status).toBe(201);
  });

  it("takes an IPv4 address mapped into IPv6 for itself", async () => {
    expect((await from(id, "203.0.113.3")).status).toBe(201);
    expect((await from(id, "::ffff:203.0.113.3")).status).toBe(429);
  });

  it("is counted under keys that tell no address", async () => {
    await from(id, "203.0.113.77");
    const [counter, ...others] = await rows("SELECT key, count, most FROM rate_counter");
    expect(others).toEqual([]);
    expect(counter).toEqual({ key: expect.stringMatching(/^[0-9a-f]{64}$/), count: 1, most: 1 });
  });

  it("is not asked of whoever names no address", async () => {
    for (let times = 0; times < 3; times += 1) expect((await capture(at, id)).status).toBe(201);
  });
});
