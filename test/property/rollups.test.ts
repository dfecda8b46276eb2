/** Whatever happens to leads, in whatever order, the counts that are kept equal those that a recount finds. */
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INCOMING, INCOMING_RECOUNT, LEADS, LEADS_RECOUNT } from "../support/recounts.ts";
import { sorted } from "../support/rows.ts";

const DAY_MS = 86_400_000;
const STATES = ["held", "dropped", "incoming", "pending", "assigned", "closed", "declined", "linked", "deleted"];

const one = fc.oneof(
  fc.record({
    kind: fc.constant("add" as const),
    state: fc.constantFrom(...STATES),
    organization: fc.integer({ min: 1, max: 2 }),
    pipeline: fc.integer({ min: 1, max: 2 }),
    category: fc.constantFrom("forms", "chats", "sip", "mail"),
    at: fc.integer({ min: 0, max: 4 * DAY_MS }),
  }),
  fc.record({
    kind: fc.constant("change" as const),
    target: fc.nat({ max: 60 }),
    state: fc.constantFrom(...STATES),
    status: fc.integer({ min: 1, max: 3 }),
    source: fc.constantFrom("form", "chat", "phone"),
    owner: fc.option(fc.integer({ min: 1, max: 2 })),
    creator: fc.option(fc.integer({ min: 1, max: 2 })),
    pipeline: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constant("sort" as const),
    target: fc.nat({ max: 60 }),
    outcome: fc.constantFrom("accepted", "declined", "linked"),
    at: fc.integer({ min: 0, max: 9 * DAY_MS }),
  }),
);
type Step = typeof one extends fc.Arbitrary<infer T> ? T : never;

function statements(step: Step, id: number): D1PreparedStatement[] {
  if (step.kind === "add") {
    const { organization, pipeline, category, at } = step;
    return [
      env.DB.prepare(`INSERT INTO lead (id, organization_id, uuid, slug, state, change_id, contact_id, pipeline_id, status_id,
        category, received_at, updated_at) VALUES (?1, ?2, ?1, ?1, ?3, '', ?1, ?4, 1, ?5, ?6, 1)`).bind(
        ...[id, organization, step.state, pipeline, category, at],
      ),
      env.DB.prepare(`INSERT INTO incoming_lead (lead_id, organization_id, uid, category, pipeline_id, created_at)
        VALUES (?1, ?2, ?1, ?3, ?4, ?5)`).bind(id, organization, category, pipeline, at),
    ];
  }
  const target = 1 + (step.target % id);
  if (step.kind === "change") {
    const { state, status, source, pipeline, owner, creator } = step;
    return [
      env.DB.prepare(`UPDATE lead SET state = ?2, status_id = ?3, source = ?4, pipeline_id = ?5, owner_id = ?6,
        creator_id = ?7 WHERE id = ?1`).bind(...[target, state, status, source, pipeline, owner, creator]),
    ];
  }
  // What was sorted once is not sorted again: the guard of every verb.
  const sql = "UPDATE incoming_lead SET outcome = ?2, sorted_at = ?3 WHERE lead_id = ?1 AND outcome IS NULL";
  return [env.DB.prepare(sql).bind(target, step.outcome, step.at)];
}

describe("rollups", () => {
  it("equal a recount after any sequence of changes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 30, maxLength: 90 }), async (steps) => {
        const wipe = ["incoming_lead", "lead", "incoming_rollup", "lead_rollup"];
        await env.DB.batch(wipe.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
        await env.DB.prepare(`INSERT OR IGNORE INTO organization (id, uuid, name, created_at, updated_at)
          VALUES (1, 'o', 'O', 1, 1), (2, 'p', 'P', 1, 1)`).run();
        let id = 0;
        const batch = steps.flatMap((step) => {
          if (step.kind === "add") id += 1;
          return id === 0 ? [] : statements(step, id);
        });
        if (batch.length > 0) await env.DB.batch(batch);
        expect(await sorted(LEADS)).toEqual(await sorted(LEADS_RECOUNT));
        expect(await sorted(INCOMING)).toEqual(await sorted(INCOMING_RECOUNT));
      }),
      { numRuns: 40 },
    );
  });
});
