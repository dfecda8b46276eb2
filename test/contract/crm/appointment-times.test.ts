/** Times of appointments: the organization's clocks outside, UTC inside; what may not be. */
import { describe, expect, test } from "vitest";
import { START } from "../../support/edge.ts";
import { row } from "../../support/rows.ts";
import {
  appoint,
  appointed,
  createLead,
  data,
  failed,
  hour,
  meetings,
  reappoint,
  refused,
  timeAt,
  world,
} from "./v1.ts";

const INVALID = ["Invalid date format."];
const PAST = "Please Specify a date in the future.";
const PRIOR = "End Date Can't be prior to Start Date.";
const HELSINKI = "Europe/Helsinki";
const NEW_YORK = "America/New_York";
const stored = () => row<{ starts_at: number; ends_at: number }>("SELECT starts_at, ends_at FROM appointment");

async function inZone(time_zone?: string) {
  const { at, of } = await world({ organization: { time_zone } });
  return { at, of, slug: (await createLead(at, of)).slug };
}

describe("the order of its times", () => {
  test("an end before the start, or at it, is refused", async () => {
    const { at, of, slug } = await inZone();
    for (const to of [timeAt(START + 3_600_000), timeAt(START)]) {
      const times = { ...hour(1), appointment_to: to };
      await failed(await appoint(at, of, slug, times), PRIOR);
    }
  });

  test("a time that is past, or now, is refused; before that, whether the lead takes one is asked", async () => {
    const { at, of, slug } = await inZone();
    for (const hours of [-5, -0.5, 0]) await failed(await appoint(at, of, slug, hour(hours)), PAST);
    await appointed(at, of, slug, hour(1 / 60));
    expect(await refused(await appoint(at, of, "nobody", hour(-5)), 400)).toEqual({
      slug: ["Requested slug is invalid."],
    });
  });

  test("a past one is marked and told about; only a time that is new must be in the future", async () => {
    const { at, of, slug } = await inZone();
    const { appointment_id: id } = await appointed(at, of, slug, hour(1));
    at.clock.now += 5 * 3_600_000;
    const done = { appointment_status: "fullfilled", appointment_note: "Went well" };
    expect(await data(await reappoint(at, of, id, { ...hour(1), ...done }))).toMatchObject(done);
    await failed(await reappoint(at, of, id, { appointment_to: hour(3).appointment_to }), PAST);
    expect(await data(await reappoint(at, of, id, { appointment_to: hour(9).appointment_to }))).toMatchObject(done);
  });

  test("an update of only one of the two is judged with the other as it stands", async () => {
    const { at, of, slug } = await inZone();
    const { appointment_id: id } = await appointed(at, of, slug, hour(4, 2));
    await failed(await reappoint(at, of, id, { appointment_date: hour(6).appointment_date }), PRIOR);
    await failed(await reappoint(at, of, id, { appointment_to: hour(4).appointment_date }), PRIOR);
    await data(await reappoint(at, of, id, { appointment_date: hour(5).appointment_date }));
    await data(await reappoint(at, of, id, { appointment_to: hour(8).appointment_date }));
    expect(await stored()).toEqual({ starts_at: START + 5 * 3_600_000, ends_at: START + 8 * 3_600_000 });
  });

  test("both ends moved apart at once: each is made or refused, and what stands is a period", async () => {
    const { at, of, slug } = await inZone();
    const { appointment_id: id } = await appointed(at, of, slug, hour(4, 2));
    const answers = await Promise.all([
      reappoint(at, of, id, { appointment_date: hour(5.5).appointment_date }),
      reappoint(at, of, id, { appointment_to: hour(5).appointment_date }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    const { starts_at, ends_at } = await stored();
    expect(ends_at).toBeGreaterThan(starts_at);
  });
});

describe("an organization's clocks", () => {
  test.each([
    [HELSINKI, "2026-03-02 14:00", "2026-03-02T12:00:00.000Z", "2026-03-02T14:00:00+02:00"],
    [HELSINKI, "2026-06-01 14:00", "2026-06-01T11:00:00.000Z", "2026-06-01T14:00:00+03:00"],
    [NEW_YORK, "2026-03-02 14:00", "2026-03-02T19:00:00.000Z", "2026-03-02T14:00:00-05:00"],
    [NEW_YORK, "2026-06-01 14:00", "2026-06-01T18:00:00.000Z", "2026-06-01T14:00:00-04:00"],
  ])("%s: %s is stored as %s and answered as %s", async (zone, local, utc, answered) => {
    const { at, of, slug } = await inZone(zone);
    const end = local.replace("14:00", "15:00");
    const made = await appointed(at, of, slug, { appointment_date: local, appointment_to: end });
    expect(made.appointment_date).toBe(answered);
    expect((await stored()).starts_at).toBe(Date.parse(utc));
    expect((await meetings(at, of)).results).toEqual([made]);
    // What was answered can be sent again.
    const { appointment_id: id, appointment_date, appointment_to } = made;
    expect(await data(await reappoint(at, of, id, { appointment_date, appointment_to }))).toEqual(made);
  });

  test.each([
    [HELSINKI, "2026-03-29 03:30"],
    [NEW_YORK, "2026-03-08 02:30"],
  ])("%s leaps over %s in spring: there is no such time", async (zone, gap) => {
    const { at, of, slug } = await inZone(zone);
    const [day] = gap.split(" ");
    const ends = { appointment_date: gap, appointment_to: `${day} 08:00` };
    expect(await refused(await appoint(at, of, slug, ends), 400)).toEqual({ appointment_date: INVALID });
    const starts = { appointment_date: `${day} 01:00`, appointment_to: gap };
    expect(await refused(await appoint(at, of, slug, starts), 400)).toEqual({ appointment_to: INVALID });
    const both = { appointment_date: gap, appointment_to: gap };
    expect(await refused(await appoint(at, of, slug, both), 400)).toEqual({
      appointment_date: INVALID,
      appointment_to: INVALID,
    });
    // Around the leap it is an hour shorter than the clocks say.
    await appointed(at, of, slug, { appointment_date: `${day} 01:00`, appointment_to: `${day} 04:00` });
    const { starts_at, ends_at } = await stored();
    expect(ends_at - starts_at).toBe(2 * 3_600_000);
  });

  test.each([
    [HELSINKI, "2026-10-25 03:30", "2026-10-25T00:30:00.000Z", "2026-10-25T03:30:00+03:00"],
    [NEW_YORK, "2026-11-01 01:30", "2026-11-01T05:30:00.000Z", "2026-11-01T01:30:00-04:00"],
  ])("%s shows %s twice in autumn: the earlier is meant", async (zone, twice, utc, answered) => {
    const { at, of, slug } = await inZone(zone);
    const made = await appointed(at, of, slug, {
      appointment_date: twice,
      appointment_to: `${twice.slice(0, 10)} 05:00`,
    });
    expect(made.appointment_date).toBe(answered);
    expect((await stored()).starts_at).toBe(Date.parse(utc));
  });

  test.each([
    "2026-02-30 10:00",
    "2026-13-01 10:00",
    "2026-03-03",
    "03/03/2026 10:00",
    "2026-03-03 24:00",
    "2026-03-03 9:00",
    "tomorrow",
    "1e9",
  ])("%s is no time", async (text) => {
    const { at, of, slug } = await inZone(HELSINKI);
    const times = { ...hour(1), appointment_date: text };
    expect(await refused(await appoint(at, of, slug, times), 400)).toEqual({ appointment_date: INVALID });
  });
});
