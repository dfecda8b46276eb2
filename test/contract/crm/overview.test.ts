/** GET leads/overview: counts that are kept, and the appointments of a period. */
import { describe, expect, test } from "vitest";
import { patched } from "../../support/asking.ts";
import { admin, lead as captured, type Edge, type Person } from "../../support/edge.ts";
import { rows } from "../../support/rows.ts";
import { accept, uids } from "../unsorted/v4.ts";
import { appointed, type CrmTenant, createLead, data, get, listed, refused, remove, updated, world } from "./v1.ts";

interface Overview {
  LeadsData: {
    status: { status: string; count: number; Description: string; Color: string }[];
    source: { source: string; count: number }[];
  };
  TotalLeads: number;
  appointments: Record<string, string>[];
}
const overview = async (at: Edge, of: CrmTenant, query = "", by: Person = of.admin): Promise<Overview> =>
  data<Overview>(await get(at, of, `/leads/overview/${query}`, by));
/** What is not 0, by status and by source. */
const counted = ({ LeadsData, TotalLeads }: Overview) => ({
  ...Object.fromEntries(LeadsData.status.filter(({ count }) => count > 0).map(({ status, count }) => [status, count])),
  ...Object.fromEntries(LeadsData.source.filter(({ count }) => count > 0).map(({ source, count }) => [source, count])),
  total: TotalLeads,
});

describe("counts", () => {
  test("of nothing: every status and source of the organization's, with its words, and 0", async () => {
    const { at, of } = await world();
    const { LeadsData, TotalLeads, appointments } = await overview(at, of);
    expect(LeadsData.status.map(({ status }) => status)).toEqual([
      ...["prospect", "tentative", "potential", "contact", "customer", "closed"],
    ]);
    expect(LeadsData.status[0]).toEqual({
      ...{ status: "prospect", count: 0, Color: "#0EA5E9" },
      Description: "Accepted; nobody has spoken to them yet.",
    });
    expect(LeadsData.source.map(({ source }) => source)).toEqual([
      ...["form", "chat", "call", "mail", "referral", "campaign", "event", "other"],
    ]);
    expect([TotalLeads, appointments]).toEqual([0, []]);
  });

  test("follow every dialect's changes, and agents' are their own; both equal what the lists show", async () => {
    const { at, of } = await world();
    const [bob, cyd] = [of.agent.username, of.otherAgent.username];
    const one = await createLead(at, of, { assignee: bob, source: "event" });
    const two = await createLead(at, of, { status: "closed" }, of.agent);
    const waiting = await captured(at, of.formId);
    expect(counted(await overview(at, of))).toEqual({ prospect: 1, closed: 1, event: 1, other: 1, total: 2 });
    await accept(at, (await uids(at, of))[0] as string, of.admin);
    await patched(at, of, waiting, { assigned_user_id: of.otherAgent.id });
    await updated(at, of, one, { status: "customer", source: "referral" });
    expect(counted(await overview(at, of))).toEqual({
      ...{ prospect: 1, closed: 1, customer: 1, referral: 1, other: 1, form: 1, total: 3 },
    });
    await updated(at, of, two, { status: "tentative", assignee: cyd });
    expect(counted(await overview(at, of, "", of.agent))).toEqual({ customer: 1, referral: 1, total: 1 });
    expect(counted(await overview(at, of, "", of.otherAgent))).toEqual({
      prospect: 1,
      tentative: 1,
      form: 1,
      other: 1,
      total: 2,
    });
    await patched(at, of, waiting, { is_closed: true });
    await remove(at, of, one.slug);
    await admin(at, "PATCH", `/organizations/${of.id}/users/${of.otherAgent.id}`, { is_active: false });
    // What was the colleague's is again the agent's who made it.
    expect(counted(await overview(at, of, "", of.agent))).toEqual({ tentative: 1, other: 1, total: 1 });
    const total = counted(await overview(at, of));
    expect(total).toEqual({ tentative: 1, closed: 1, other: 1, form: 1, total: 2 });
    for (const [status, count] of Object.entries({ tentative: 1, closed: 1, customer: 0 })) {
      expect((await listed(at, of, `?status=${status}`)).count).toBe(count);
    }
    const recount = `SELECT state = 'closed' AS is_closed, count(*) AS count FROM lead
      WHERE state IN ('pending', 'assigned', 'closed') GROUP BY 1 ORDER BY 1`;
    expect(await rows(recount)).toEqual([
      { is_closed: 0, count: 1 },
      { is_closed: 1, count: 1 },
    ]);
  });
});

/** In New York it is Monday, the 2nd of March 2026, 5 o'clock in the morning. */
async function calendar() {
  const { at, of } = await world({ organization: { time_zone: "America/New_York" } });
  const { slug } = await createLead(at, of);
  const add = (from: string, to: string) => appointed(at, of, slug, { appointment_date: from, appointment_to: to });
  const shown = async (query: string, by = of.admin) =>
    (await overview(at, of, query, by)).appointments.map(({ appointment_date }) => appointment_date?.slice(5, 16));
  return { at, of, slug, add, shown };
}

describe("appointments of a period, on the organization's clocks", () => {
  test("today, week from Monday to Sunday, and month, to the minute of their ends", async () => {
    const { at, add, shown } = await calendar();
    at.clock.now = Date.parse("2026-02-01T12:00:00Z");
    for (const day of ["02-28", "03-01", "03-02", "03-03", "03-08", "03-31", "04-01"]) {
      await add(`2026-${day} 00:00`, `2026-${day} 00:01`);
      await add(`2026-${day} 23:58`, `2026-${day} 23:59`);
    }
    const both = (...days: string[]) => days.flatMap((day) => [`${day}T00:00`, `${day}T23:58`]);
    // In UTC it is Tuesday already.
    at.clock.now = Date.parse("2026-03-03T04:59:00Z");
    expect(await shown("?appointment=today")).toEqual(both("03-02"));
    expect(await shown("?appointment=week")).toEqual(both("03-02", "03-03", "03-08"));
    expect(await shown("?appointment=month")).toEqual(both("03-01", "03-02", "03-03", "03-08", "03-31"));
    at.clock.now = Date.parse("2026-03-02T04:59:00Z");
    expect(await shown("?appointment=today")).toEqual(both("03-01"));
    expect(await shown("?appointment=week")).toEqual(both("02-28", "03-01"));
    at.clock.now = Date.parse("2026-03-01T04:59:00Z");
    expect(await shown("?appointment=month")).toEqual(both("02-28"));
  });

  test("upcoming is from now on, and what is shown where nothing is asked", async () => {
    const { at, add, shown } = await calendar();
    await add("2026-03-02 06:00", "2026-03-02 07:00");
    await add("2027-03-02 06:00", "2027-03-02 07:00");
    const all = ["03-02T06:00", "03-02T06:00"];
    expect([await shown(""), await shown("?appointment=upcoming"), await shown("?appointment=")]).toEqual([
      all,
      all,
      all,
    ]);
    at.clock.now += 3_600_000;
    expect(await shown("?appointment=upcoming")).toEqual(all);
    at.clock.now += 1;
    expect(await shown("?appointment=upcoming")).toHaveLength(1);
  });

  test("agents see their own; a foreign period is refused", async () => {
    const { at, of, slug, shown } = await calendar();
    const lead = await createLead(at, of, { assignee: of.agent.username });
    await appointed(at, of, slug, { appointment_date: "2026-03-02 08:00", appointment_to: "2026-03-02 09:00" });
    const time = { appointment_date: "2026-03-02 10:00", appointment_to: "2026-03-02 11:00" };
    await appointed(at, of, lead.slug, { ...time, appointment_note: "Bring cake" }, of.agent);
    const own = await overview(at, of, "", of.agent);
    expect(own.appointments).toEqual([
      {
        ...{ appointment_note: "Bring cake", appointment_status: "pending" },
        ...{ appointment_date: "2026-03-02T10:00:00-05:00", appointment_to: "2026-03-02T11:00:00-05:00" },
      },
    ]);
    expect(await shown("")).toHaveLength(2);
    expect(await shown("", of.otherAgent)).toEqual([]);
    for (const value of ["year", "Today", "1"]) {
      const answer = await get(at, of, `/leads/overview/?appointment=${value}`);
      expect(await refused(answer, 400)).toEqual({ appointment: ["Invalid appointment filter value."] });
    }
  });
});
