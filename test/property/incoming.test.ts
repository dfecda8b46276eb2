/** Whatever is done to incoming leads, in whatever order, the list and the summary are those of a simple model. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { call, request } from "../contract/unsorted/bodies.ts";
import { type Added, accept, added, decline, retrieve, summary, uids } from "../contract/unsorted/v4.ts";
import { type Edge, edge, START, type Tenant, tenant } from "../support/edge.ts";
import { anotherPipeline } from "../support/many-incoming.ts";
import { eventKinds, row } from "../support/rows.ts";
import { type Asked, type Known, queryOf, recount, sort, type Verb, waiting } from "./incoming.model.ts";

const HOUR_SECONDS = 3_600;
const HOURS = 100;

const step = fc.oneof(
  fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 30 * HOUR_SECONDS * 1_000 }) }),
  fc.record({
    kind: fc.constant("add" as const),
    category: fc.constantFrom("sip" as const, "forms" as const),
    there: fc.boolean(),
    agoSeconds: fc.option(fc.nat({ max: HOURS * HOUR_SECONDS })),
  }),
  fc.record({
    kind: fc.constantFrom("accept" as const, "decline" as const, "pick" as const, "purge" as const),
    target: fc.nat({ max: 30 }),
  }),
);
const range = fc.record({
  from: fc.option(fc.integer({ min: -HOURS, max: 2 * HOURS }), { nil: undefined }),
  /** Longer than the range of hours: to the second, so that days are cut anywhere. */
  seconds: fc.option(fc.nat({ max: 2 * HOURS * HOUR_SECONDS }), { nil: undefined }),
  isOfPipeline: fc.boolean(),
});

const VERBS: Record<Verb, (at: Edge, of: Tenant, lead: Known) => Promise<Response>> = {
  accept: (at, of, { uid }) => accept(at, uid, of.agent),
  decline: (at, of, { uid }) => decline(at, uid, of.agent),
  pick: (at, of, { leadUuid }) =>
    at.send("PATCH", `/api/v5/users/${of.agent.id}/pending_leads/${leadUuid}`, {
      token: of.agent.token,
      body: { assigned_user_id: of.agent.id },
    }),
  purge: (at, of, { leadUuid }) =>
    at.send("POST", `/admin/v1/organizations/${of.id}/purge`, {
      token: at.env.FOYER_ROOT_TOKEN,
      scheme: "Bearer",
      body: { lead_id: leadUuid },
    }),
};

async function add(
  at: Edge,
  of: Tenant,
  wanted: { category: "sip" | "forms"; pipelineId: number; agoSeconds: number | null },
) {
  const { category, pipelineId, agoSeconds } = wanted;
  const created_at = agoSeconds === null ? undefined : Math.floor(at.clock.now / 1000) - agoSeconds;
  const body = (category === "sip" ? call : request)({ pipeline_id: pipelineId, created_at });
  const [{ uid } = {} as Added] = await added(at, of, category, [body]);
  const sql = "SELECT lead.uuid FROM lead JOIN incoming_lead ON lead_id = lead.id WHERE uid = ?";
  const { uuid } = await row<{ uuid: string }>(sql, uid);
  const createdAt = created_at === undefined ? at.clock.now : created_at * 1_000;
  const fresh = { sortedAt: null, outcome: null, hasOwner: false, isPurged: false };
  return { uid, leadUuid: uuid, category, pipelineId, createdAt, ...fresh } satisfies Known;
}

describe("incoming leads", () => {
  it("are listed and counted as a simple model lists and counts them", async () => {
    const script = fc.array(step, { minLength: 10, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(script, fc.array(range, { minLength: 4, maxLength: 8 }), async (steps, ranges) => {
        const at = edge();
        const of = await tenant(at);
        const main = await row<{ id: number }>("SELECT id FROM pipeline WHERE organization_id = ?", of.accountId);
        const other = await anotherPipeline(of);
        const leads: Known[] = [];
        for (const each of steps) {
          if (each.kind === "wait") at.clock.now += each.ms;
          else if (each.kind === "add")
            leads.push(await add(at, of, { ...each, pipelineId: each.there ? other : main.id }));
          else {
            const lead = leads[each.target % leads.length];
            if (lead === undefined) continue;
            const { status } = await VERBS[each.kind](at, of, lead);
            expect(status, `${each.kind} of ${JSON.stringify(lead)}`).toBe(sort(lead, each.kind, at.clock.now));
          }
        }
        expect(await uids(at, of, "?limit=250")).toEqual(waiting(leads));
        for (const lead of leads) {
          const kinds = await eventKinds(lead.leadUuid);
          expect(kinds.filter((kind) => ["accept", "decline"].includes(kind)).length).toBeLessThanOrEqual(1);
          const { metadata } = await retrieve(at, of, lead.uid);
          const kept = Object.values(metadata).filter((value) => value !== null);
          expect(kept.length === 1).toBe(lead.isPurged);
        }
        const asked: Asked[] = [
          {},
          { pipelineId: other },
          { uids: leads.filter((_, index) => index % 2 === 0).map(({ uid }) => uid) },
        ];
        for (const { from: hours, seconds, isOfPipeline } of ranges) {
          const from = hours === undefined ? undefined : START / 1000 + hours * HOUR_SECONDS;
          const to = seconds === undefined ? undefined : (from ?? START / 1000 - HOURS * HOUR_SECONDS) + seconds;
          asked.push({ from, to, ...(isOfPipeline ? { pipelineId: main.id } : {}) });
          asked.push({ from, to, uids: leads.slice(0, 5).map(({ uid }) => uid) });
        }
        for (const one of asked) {
          if (one.uids?.length === 0) continue;
          expect(await summary(at, of, queryOf(one)), queryOf(one)).toEqual(recount(leads, one));
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
