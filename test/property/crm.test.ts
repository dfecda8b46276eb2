/** Whatever people do in the CRM, the counts that it shows are those that a recount finds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  appoint,
  type CrmLead,
  type CrmTenant,
  createLead,
  data,
  disappoint,
  get,
  hour,
  known,
  listed,
  meetings,
  reappoint,
  remove,
  update,
  world,
} from "../contract/crm/v1.ts";
import { patch } from "../support/asking.ts";
import type { Edge, Person } from "../support/edge.ts";
import { LEADS, LEADS_RECOUNT, MEETINGS, MEETINGS_RECOUNT } from "../support/recounts.ts";
import { sorted } from "../support/rows.ts";

const STATUSES = ["prospect", "tentative", "potential", "contact", "customer", "closed"];
const MEETING_STATUSES = ["pending", "rescheduled", "cancelled", "fullfilled", "confirmed"];
const step = fc.record({
  verb: fc.constantFrom("create", "create", "update", "update", "delete", "meet", "meet", "move", "cancel", "unassign"),
  target: fc.nat({ max: 7 }),
  status: fc.constantFrom(undefined, ...STATUSES),
  source: fc.constantFrom(undefined, "event", "referral"),
  person: fc.nat({ max: 2 }),
  assignee: fc.constantFrom(undefined, 0, 1, 2),
  hours: fc.integer({ min: 1, max: 6 }),
  meeting: fc.constantFrom(...MEETING_STATUSES),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Life {
  at: Edge;
  of: CrmTenant;
  leads: CrmLead[];
  people: Person[];
}

/** @returns the status, whatever came of it. */
async function take({ at, of, leads, people }: Life, one: Step): Promise<number> {
  const by = people[one.person] as Person;
  const lead = leads[one.target % Math.max(1, leads.length)];
  const words = Object.fromEntries(
    Object.entries({ status: one.status, source: one.source, assignee: people[one.assignee ?? -1]?.username }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  if (one.verb === "create" || lead === undefined) {
    leads.push(await createLead(at, of, words));
    return 200;
  }
  const meeting = { ...hour(one.hours), appointment_status: one.meeting };
  const all = (await meetings(at, of)).results;
  const appointment = all[one.target % Math.max(1, all.length)]?.appointment_id ?? 0;
  const asked = {
    update: () => update(at, of, lead, words, by),
    delete: () => remove(at, of, lead.slug, by),
    meet: () => appoint(at, of, lead.slug, meeting, by),
    move: () => reappoint(at, of, appointment, { ...meeting, slug: lead.slug }, by),
    cancel: () => disappoint(at, of, appointment, by),
    unassign: async () => patch(at, of, (await known(lead.slug)).uuid, { assigned_user_id: null }),
  }[one.verb as "update"];
  return (await asked()).status;
}

/** Overview and lists agree with each other, for everybody. */
async function agrees({ at, of, people }: Life): Promise<void> {
  for (const by of people) {
    const overview = await data<{
      LeadsData: { status: { status: string; count: number }[]; source: { count: number }[] };
      TotalLeads: number;
    }>(await get(at, of, "/leads/overview/", by));
    const { results, count } = await listed(at, of, "?limit=100", by);
    expect([overview.TotalLeads, count]).toEqual([results.length, results.length]);
    for (const { status, count } of overview.LeadsData.status) {
      expect(count, status).toBe(results.filter((lead) => lead.status === status).length);
    }
    expect(overview.LeadsData.source.reduce((sum, one) => sum + one.count, 0)).toBe(count);
    const page = await meetings(at, of, "?limit=100", by);
    expect(page.count).toBe(page.results.length);
  }
}

test("counts of leads and appointments, of all and of each, after any sequence", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
      const { at, of } = await world();
      const life = { at, of, leads: [], people: [of.admin, of.agent, of.otherAgent] };
      for (const one of steps) expect(await take(life, one)).toBeLessThan(500);
      await agrees(life);
      expect(await sorted(LEADS)).toEqual(await sorted(LEADS_RECOUNT));
      expect(await sorted(MEETINGS)).toEqual(await sorted(MEETINGS_RECOUNT));
    }),
    { numRuns: 12 },
  );
});
