/**
 * Whatever callers of the five APIs do, in whatever order, every API tells the same story of every lead, and another
 * tenant's callers see nothing of it.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CrmLead, type CrmPage, data, get, post, somebody, view, withKey } from "../contract/crm/v1.ts";
import { summary } from "../contract/lead-summary/summary.ts";
import { list as waitingLeads } from "../contract/unsorted/v4.ts";
import { orgLeads } from "../support/asking.ts";
import { until } from "../support/deadline.ts";
import { edge, type Person, tenant } from "../support/edge.ts";
import { eventKinds } from "../support/rows.ts";
import { isGone, isTalk, isWorked, type Known, type Step, slugOf, VERBS, World } from "./world.model.ts";

const step: fc.Arbitrary<Step> = fc.record({
  // Arrivals often enough that there is something to do.
  verb: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom("capture", "chat", "create", "talk") },
    { weight: 7, arbitrary: fc.constantFrom(...VERBS) },
  ),
  side: fc.nat({ max: 1 }),
  target: fc.nat({ max: 8 }),
  other: fc.nat({ max: 8 }),
  agent: fc.nat({ max: 2 }),
});

const keeper = ({ owner, creator }: Known): Person | null => owner ?? creator;
const NAMES: Record<string, string> = { prospect: "Prospect", potential: "Potential" };
const status = (lead: Known): string => (lead.state === "closed" ? "closed" : lead.stage);

async function tellOrgUser({ at, to, leads }: World): Promise<void> {
  const told = await orgLeads(at, to);
  const closed = (lead: Known) => lead.state === "closed" || isGone(lead);
  expect(told.map((lead) => [lead.id, lead.is_closed, lead.assigned_user_id])).toEqual(
    leads.map((lead) => [lead.uuid, closed(lead), lead.owner?.id ?? null]),
  );
  // Of a chat that no room has told of, no form has asked anything.
  const asked = (lead: Known) => lead.kind !== "chat" || isTalk(lead);
  expect(told.filter((_, index) => asked(leads[index] as Known)).map((lead) => lead.data.email)).toEqual(
    leads.filter(asked).map(({ isPurged, email }) => (isPurged ? undefined : email)),
  );
}

async function tellUnsorted({ at, to, leads }: World): Promise<void> {
  const waiting = (await waitingLeads(at, to)).map(({ uid }) => uid);
  expect(waiting.sort()).toEqual(
    leads
      .filter(({ state }) => state === "incoming")
      .map(({ uid }) => uid)
      .sort(),
  );
  const { token } = to.agent;
  const answer = await at.send("GET", "/api/v4/leads?limit=250", { token, scheme: "Bearer" });
  const worked = leads.filter(isWorked).map(({ id }) => id);
  if (worked.length === 0) return expect(answer.status).toBe(204);
  const page = await answer.json<{ _embedded: { leads: { id: number; responsible_user_id: number }[] } }>();
  expect(page._embedded.leads.map(({ id }) => id)).toEqual(worked);
  for (const { id } of leads.filter(isGone)) {
    const gone = await at.send("GET", `/api/v4/leads/${id}`, { token, scheme: "Bearer" });
    expect(await gone.json()).toMatchObject({ id, is_deleted: true });
  }
}

async function tellCrm({ at, to, leads }: World): Promise<void> {
  const worked = leads.filter(isWorked).toReversed();
  const list = async (by: Person) => data<CrmPage<CrmLead>>(await get(at, to, "/leads/list/?limit=100", by));
  const body = (lead: Known) => [
    lead.isPurged ? "" : lead.name,
    ...[status(lead), lead.owner?.username ?? null, keeper(lead)?.username ?? null],
  ];
  const told = await list(to.admin);
  expect(told.count).toBe(worked.length);
  expect(
    told.results.map((lead) => [`${lead.first_name} ${lead.last_name}`.trim(), lead.status, lead.assignee, lead.owner]),
  ).toEqual(worked.map(body));
  for (const agent of [to.agent, to.otherAgent]) {
    const own = worked.filter((lead) => keeper(lead)?.id === agent.id);
    const seen = await list(agent);
    expect([seen.count, seen.results.length]).toEqual([own.length, own.length]);
  }
  for (const [index, lead] of worked.entries()) {
    const { notes, appointments } = await view(at, to, told.results[index]?.slug ?? "");
    expect(notes.map(({ note_id }) => note_id)).toEqual([...lead.notes].sort((a, b) => b - a));
    expect(appointments.map(({ appointment_id }) => appointment_id)).toEqual(lead.meetings);
  }
  const { TotalLeads, LeadsData } = await data<{ TotalLeads: number; LeadsData: { status: { count: number }[] } }>(
    await get(at, to, "/leads/overview/"),
  );
  const counted = LeadsData.status.reduce((sum, { count }) => sum + count, 0);
  expect([TotalLeads, counted]).toEqual([worked.length, worked.length]);
}

async function tellSummaries({ at, to, leads }: World): Promise<void> {
  for (const lead of leads) {
    const told = await summary(at, to, lead.id);
    expect([told.name, told.assigned, told.notes_count]).toEqual([
      ...[lead.isPurged ? "" : lead.name, String(lead.owner?.user_id ?? 0), lead.notes.length],
    ]);
    const names = { incoming: "New", closed: "Closed" } as Record<string, string>;
    if (!isGone(lead)) expect(told.status).toBe(names[lead.state] ?? NAMES[lead.stage]);
  }
}

async function tellGetLeads({ at, to, leads, chatForm }: World): Promise<void> {
  const query = `?chatbotId=${chatForm}&size=1000`;
  const answer = await at.send("GET", `/api/v1/get-leads${query}`, { token: to.apiKey, scheme: "Bearer" });
  const { data: told } = await answer.json<{ data: { id: number; email: string }[] }>();
  const collected = leads.filter((lead) => lead.kind === "chat" && !isGone(lead) && !lead.isPurged);
  expect(told.map(({ id, email }) => [id, email])).toEqual(collected.map(({ id, email }) => [id, email]));
}

/** Nothing of one is seen or changed through any API by the other. */
async function expectStrangers(one: World, other: World): Promise<void> {
  const { at, to } = one;
  const { token } = to.admin;
  const v4 = { token, scheme: "Bearer" };
  const bot = await at.send("GET", `/api/v1/get-leads?chatbotId=${other.chatForm}`, {
    token: to.apiKey,
    scheme: "Bearer",
  });
  expect(bot.status).toBe(404);
  for (const lead of other.leads.slice(0, 3)) {
    const slug = await slugOf(lead);
    const answers: [string, Promise<Response>, number][] = [
      ["v5", at.send("PATCH", `/api/v5/orgs/${to.id}/leads/${lead.uuid}`, { token, body: { is_closed: true } }), 404],
      ["v4", at.send("GET", `/api/v4/leads/${lead.id}`, v4), 204],
      ["summary", at.send("GET", `/leads/summary/${lead.id}`, { token }), 404],
      ["view", get(at, to, `/leads/view/lead/?slug=${slug}`), 400],
      ["update", post(at, to, "/leads/update/lead/", { slug, ...somebody() }), 401],
      ["delete", post(at, to, "/leads/delete/lead/", { slug }), 400],
      ["note", post(at, to, "/leads/create/leadnote/", { slug, note: "x" }), 400],
    ];
    if (lead.uid) answers.push(["accept", at.send("POST", `/api/v4/leads/unsorted/${lead.uid}/accept`, v4), 404]);
    for (const [name, answer, expected] of answers) expect([name, (await answer).status]).toEqual([name, expected]);
  }
}

describe("any sequence of what callers of five APIs do, over two tenants", () => {
  it("is told alike by all five, and by no stranger's", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 15, maxLength: 45 }),
        until(40_000, async (steps: Step[]) => {
          const at = edge();
          const worlds = [
            await World.of(at, await withKey(at, await tenant(at))),
            await World.of(at, await withKey(at, await tenant(at))),
          ] as const;
          for (const one of steps) {
            at.clock.now += 1_000;
            const [told, expected] = await (worlds[one.side] as World).take(one);
            expect([one, told]).toEqual([one, expected]);
          }
          await expectStrangers(worlds[0], worlds[1]);
          await expectStrangers(worlds[1], worlds[0]);
          for (const world of worlds) {
            for (const tell of [tellOrgUser, tellUnsorted, tellCrm, tellSummaries, tellGetLeads]) await tell(world);
            // Throws where an event is missing or stray.
            for (const { uuid } of world.leads) await eventKinds(uuid);
          }
        }),
      ),
      { numRuns: 25 },
    );
  }, 60_000);
});
