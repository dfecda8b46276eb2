/** Whatever happens in whatever order, every door tells the story that the model tells, and of its own tenant alone. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everyLead, orgLeads } from "../support/asking.ts";
import { until } from "../support/deadline.ts";
import { type Edge, edge, type Person, tenant } from "../support/edge.ts";
import { eventKinds } from "../support/rows.ts";
import { heldLeads } from "../support/spam.ts";
import { type Step, Story, VERBS } from "./story.ts";

const step: fc.Arbitrary<Step> = fc.record({
  // Captures often enough that there is something to do.
  verb: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom("capture", "suspect") },
    { weight: 5, arbitrary: fc.constantFrom(...VERBS) },
  ),
  side: fc.nat({ max: 1 }),
  target: fc.nat({ max: 12 }),
  agent: fc.nat({ max: 1 }),
});

const ids = (leads: { id: string }[]) => leads.map(({ id }) => id);

async function expectSameStory(at: Edge, story: Story): Promise<void> {
  const { to, listed, leads } = story;
  const shown = await orgLeads(at, to);
  expect(shown.map((lead) => [lead.id, lead.is_closed, lead.assigned_user_id, lead.data])).toEqual(
    listed.map(({ id, state, owner, purged, who }) => [id, state === "closed", owner, purged ? {} : who]),
  );
  expect(shown.map((lead) => lead.sensitive_data_purged_at !== null)).toEqual(listed.map(({ purged }) => purged));
  expect(ids(await heldLeads(at, to))).toEqual(ids(leads.filter(({ state }) => state === "held")));
  const list = (of: Person, name: string) => everyLead(at, `/api/v5/users/${of.id}/${name}`, of.token);
  const waiting = listed.filter(({ state }) => state === "incoming" || state === "pending");
  for (const agent of [to.agent, to.otherAgent]) {
    expect(ids(await list(agent, "pending_leads"))).toEqual(ids(waiting));
    const theirs = listed.filter(({ owner, state }) => owner === agent.id && ["assigned", "closed"].includes(state));
    expect(ids(await list(agent, "assigned_leads"))).toEqual(ids(theirs));
  }
}

/** Nothing of one is seen, changed, sorted or purged by the other. */
async function expectStrangers(at: Edge, one: Story, other: Story): Promise<void> {
  const [lead] = other.leads;
  if (lead === undefined) return;
  const { to } = one;
  const { token } = to.admin;
  const attempts: [string, string, object?][] = [
    ["GET", `/api/v5/orgs/${to.id}/leads/${lead.id}`],
    ["PATCH", `/api/v5/orgs/${to.id}/leads/${lead.id}`, { is_closed: true }],
    ["PATCH", `/api/v5/users/${to.admin.id}/pending_leads/${lead.id}`, { assigned_user_id: to.admin.id }],
    ["POST", `/admin/v1/organizations/${to.id}/held-leads/${lead.id}/release`],
    ["POST", `/admin/v1/organizations/${to.id}/held-leads/${lead.id}/drop`],
    ["POST", `/admin/v1/organizations/${to.id}/purge`, { lead_id: lead.id }],
  ];
  for (const [method, path, body] of attempts) {
    expect([method, path, (await at.send(method, path, { token, body })).status]).toEqual([method, path, 404]);
  }
}

describe("any sequence of captures and changes over two tenants", () => {
  it("is told alike by the users' lists, the organization's and admin's, and by no stranger's", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 15, maxLength: 45 }),
        until(20_000, async (steps: Step[]) => {
          const at = edge();
          const stories = [new Story(at, await tenant(at)), new Story(at, await tenant(at))] as const;
          for (const one of steps) {
            at.clock.now += 1_000;
            const [status, expected] = await (stories[one.side] as Story).take(one);
            expect([one, status]).toEqual([one, expected]);
          }
          const [a, b] = stories;
          await expectStrangers(at, a, b);
          await expectStrangers(at, b, a);
          for (const story of stories) {
            await expectSameStory(at, story);
            // Throws where an event is missing or stray.
            for (const { id } of story.leads) await eventKinds(id);
          }
        }),
      ),
      { numRuns: 12 },
    );
  }, 40_000);
});
