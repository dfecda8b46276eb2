/** What runs by itself, as the platform starts it, and by hand. */
import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import worker from "../../../../worker/index.ts";
import { admin, type Edge, edge, lead, type Tenant, tenant } from "../../../support/edge.ts";
import { count, row, rows } from "../../../support/rows.ts";
import { asAdmin, suspect } from "../../../support/spam.ts";

const DAY_MS = 86_400_000;
let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  at.clock.now = Date.now();
  to = await tenant(at, { organization: { retention_days: 30 } });
});

const atHour = (hour: number) => {
  const scheduledTime = Date.UTC(2026, 10, 22, hour, 17);
  return worker.scheduled(createScheduledController({ scheduledTime, cron: "17 * * * *" }), at.env);
};
/** The first database's hour. */
const daily = () => atHour(3);
const age = (days: number, uuid: string) =>
  env.DB.prepare("UPDATE lead SET received_at = ? WHERE uuid = ?")
    .bind(Date.now() - days * DAY_MS, uuid)
    .run();
const aged = async (days: number, made: Promise<string>): Promise<string> => {
  const uuid = await made;
  await age(days, uuid);
  return uuid;
};
const purged = async () => (await rows("SELECT uuid FROM lead WHERE purged_at IS NOT NULL")).map(({ uuid }) => uuid);
const watermark = async () =>
  (await row("SELECT purged_until FROM organization WHERE id = ?", to.accountId)).purged_until;

describe("the daily run", () => {
  it("purges what an organization no longer keeps, held leads too, and nothing else", async () => {
    const keeper = await tenant(at);
    const old = await aged(31, lead(at, to.formId));
    const held = await aged(31, suspect(at, to.formId));
    await aged(29, lead(at, to.formId));
    await aged(400, lead(at, keeper.formId));
    await daily();
    expect((await purged()).sort()).toEqual([old, held].sort());
    const event = await row("SELECT actor_kind, kind FROM lead_event WHERE kind = 'purge' LIMIT 1");
    expect(event).toEqual({ actor_kind: "system", kind: "purge" });
  });

  it("goes on where the last one stood, and never back", async () => {
    await aged(31, lead(at, to.formId));
    await daily();
    const first = (await watermark()) as number;
    expect(Math.abs(first - (Date.now() - 30 * DAY_MS))).toBeLessThan(60_000);
    // A lead below the mark is one that the run is past: it is not looked for again.
    await aged(40, lead(at, to.formId));
    await daily();
    expect([await count("lead", "purged_at IS NULL"), ((await watermark()) as number) >= first]).toEqual([1, true]);
    await admin(at, "PATCH", `/organizations/${to.id}`, { retention_days: 60 });
    await daily();
    expect((await watermark()) as number).toBeGreaterThanOrEqual(first);
    await admin(at, "PATCH", `/organizations/${to.id}`, { retention_days: 10 });
    const newer = await aged(11, lead(at, to.formId));
    await daily();
    expect(await purged()).toContain(newer);
  });

  it("purges more leads than one step takes, and more organizations than one page", async () => {
    const n = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)";
    await env.DB.batch([
      env.DB.prepare(`${n} INSERT INTO organization (id, uuid, name, retention_days, created_at, updated_at)
        SELECT 1000 + i, 'o' || i, 'O', 1, 1, 1 FROM n`).bind(101),
      env.DB.prepare(`${n} INSERT INTO lead (id, organization_id, uuid, slug, state, change_id, contact_id, pipeline_id,
        status_id, category, name, received_at, updated_at) SELECT 5000 + i, iif(i <= 101, 1000 + i, ?2), 'l' || i, i,
        'pending', '', 5000 + i, 1, 2, 'forms', 'Name', 1000 + i, 1 FROM n`).bind(352, to.accountId),
    ]);
    await daily();
    expect([await count("lead", "purged_at IS NULL"), await count("lead", "name IS NOT NULL")]).toEqual([0, 0]);
  });

  it("ends after ten thousand leads of an organization, and the next hour goes on", async () => {
    await env.DB.prepare(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10001)
      INSERT INTO lead (id, organization_id, uuid, slug, state, change_id, contact_id, pipeline_id, status_id, category,
        received_at, updated_at) SELECT i, ?1, 'l' || i, i, 'pending', '', i, 1, 2, 'forms', 1000 + i, 1 FROM n`)
      .bind(to.accountId)
      .run();
    await daily();
    expect(await count("lead", "purged_at IS NULL")).toBe(1);
    await atHour(4);
    expect(await count("lead", "purged_at IS NULL")).toBe(0);
  });

  it("is what an organization waits for that is not behind", async () => {
    await daily();
    await env.DB.prepare("UPDATE organization SET purged_until = purged_until - 1000 * 3600 * 24").run();
    const due = await aged(30.5, lead(at, to.formId));
    for (const hour of [4, 12, 2]) await atHour(hour);
    expect(await purged()).toEqual([]);
    await daily();
    expect(await purged()).toEqual([due]);
  });

  it("forgets keys and counters that have expired, of every organization", async () => {
    await env.DB.batch([
      env.DB.prepare(`INSERT INTO idempotency (organization_id, scope, key, outcome, created_at)
        VALUES (1, 's', 'old', 'created', ?1), (2, 's', 'young', 'created', ?2)`).bind(
        Date.now() - DAY_MS - 9,
        Date.now() - 9,
      ),
      env.DB.prepare(`INSERT INTO rate_counter (organization_id, key, window_start, count, most)
        VALUES (1, 'old', ?1, 1, 9), (2, 'young', ?2, 1, 9)`).bind(Date.now() - DAY_MS - 9, Date.now() - 9),
    ]);
    await daily();
    expect(await rows("SELECT key FROM idempotency UNION ALL SELECT key FROM rate_counter")).toEqual([
      { key: "young" },
      { key: "young" },
    ]);
  });

  it("by hand does the same for one organization", async () => {
    const old = await aged(31, lead(at, to.formId));
    const other = await tenant(at, { organization: { retention_days: 30 } });
    await aged(31, lead(at, other.formId));
    const answer = await asAdmin(at, to, "POST", "/purge", { retention: true });
    expect(await answer.json()).toEqual({ purged: 1 });
    expect(await purged()).toEqual([old]);
    const keeper = await tenant(at);
    expect(await (await asAdmin(at, keeper, "POST", "/purge", { retention: true })).json()).toEqual({ purged: 0 });
  });
});
