/** GET leads/appointments/list: by day on the organization's clocks, by status, by lead. */
import { describe, expect, test } from "vitest";
import { rows } from "../../support/rows.ts";
import {
  appoint,
  appointed,
  type CrmAppointment,
  createLead,
  data,
  get,
  hour,
  meetings,
  reappoint,
  refused,
  walk,
  world,
} from "./v1.ts";

const ids = (page: { appointment_id: number }[]) => page.map(({ appointment_id }) => appointment_id);

/** In New York it is the 2nd of March, 5 o'clock in the morning. */
async function inNewYork() {
  const { at, of } = await world({ organization: { time_zone: "America/New_York" } });
  const { slug } = await createLead(at, of);
  const add = (from: string, to: string) => appointed(at, of, slug, { appointment_date: from, appointment_to: to });
  const found = async (query: string) => {
    const { results, count } = await meetings(at, of, query);
    expect(count).toBe(results.length);
    return results.map(({ appointment_date }) => appointment_date.slice(5, 16));
  };
  return { at, of, slug, add, found };
}

describe("days", () => {
  test("on, before and after are the organization's own days, to the minute", async () => {
    const { add, found } = await inNewYork();
    for (const [from, to] of [
      ["2026-03-04 23:59", "2026-03-05 00:00"],
      ["2026-03-05 00:00", "2026-03-05 00:30"],
      ["2026-03-05 23:59", "2026-03-06 00:00"],
      ["2026-03-06 00:00", "2026-03-06 00:30"],
    ] as const) {
      await add(from, to);
    }
    expect(await found("?datesetting=on&ondate=03/05/2026")).toEqual(["03-05T00:00", "03-05T23:59"]);
    expect(await found("?ondate=03/05/2026")).toEqual(["03-05T00:00", "03-05T23:59"]);
    expect(await found("?datesetting=before&ondate=03/05/2026")).toEqual(["03-04T23:59"]);
    expect(await found("?datesetting=after&ondate=03/05/2026")).toEqual(["03-06T00:00"]);
  });

  test("without a date it is today; without either it is any", async () => {
    const { add, found } = await inNewYork();
    await add("2026-03-02 23:59", "2026-03-03 00:30");
    await add("2026-03-03 01:00", "2026-03-03 02:00");
    expect(await found("?datesetting=on")).toEqual(["03-02T23:59"]);
    expect(await found("?datesetting=after")).toEqual(["03-03T01:00"]);
    expect(await found("?datesetting=before")).toEqual([]);
    expect(await found("")).toHaveLength(2);
  });

  test("a day of 23 hours, and one of 25", async () => {
    const { add, found } = await inNewYork();
    await add("2026-03-08 23:30", "2026-03-08 23:45");
    await add("2026-03-09 00:00", "2026-03-09 00:15");
    await add("2026-11-01 23:30", "2026-11-01 23:45");
    await add("2026-11-02 00:00", "2026-11-02 00:15");
    expect(await found("?ondate=03/08/2026")).toEqual(["03-08T23:30"]);
    expect(await found("?ondate=11/01/2026")).toEqual(["11-01T23:30"]);
  });

  test.each([
    ["ondate=13/01/2026", "ondate"],
    ["ondate=02/30/2026", "ondate"],
    ["ondate=2026-03-05", "ondate"],
    ["datesetting=during", "datesetting"],
    ["status=done", "status"],
    ["offset=ten", "offset"],
  ])("%s is refused by its name", async (query, field) => {
    const { at, of } = await inNewYork();
    const answer = await get(at, of, `/leads/appointments/list/?${query}`);
    expect(Object.keys(await refused(answer, 400))).toEqual([field]);
  });
});

describe("filters", () => {
  test("status, lead and day together, for agents among their own", async () => {
    const { at, of } = await world();
    const owner = { assignee: of.agent.username };
    const [one, two] = [await createLead(at, of, owner), await createLead(at, of, owner)];
    const a = await appointed(at, of, one.slug, { ...hour(1), appointment_status: "confirmed" }, of.agent);
    const b = await appointed(at, of, one.slug, hour(3), of.admin);
    const c = await appointed(at, of, two.slug, hour(30), of.agent);
    const found = async (query: string, by = of.admin) => ids((await meetings(at, of, query, by)).results);
    const all = [a, b, c].map(({ appointment_id }) => appointment_id);
    expect(await found("")).toEqual(all);
    expect(await found("?status=confirmed")).toEqual([all[0]]);
    expect(await found(`?lead=${one.slug}`)).toEqual([all[0], all[1]]);
    expect(await found(`?lead=${one.slug}&status=pending`)).toEqual([all[1]]);
    expect(await found(`?lead=${one.slug}&ondate=03/03/2026`)).toEqual([]);
    expect(await found("?ondate=03/03/2026")).toEqual([all[2]]);
    expect(await found("?lead=nobody")).toEqual([]);
    expect(await found("", of.agent)).toEqual([all[0], all[2]]);
    expect(await found(`?lead=${one.slug}`, of.agent)).toEqual([all[0]]);
    expect(await found("", of.otherAgent)).toEqual([]);
  });
});

describe("pages", () => {
  test("in the order of their beginnings, each once, while appointments come and move", async () => {
    const { at, of } = await world();
    const leads = await Promise.all(Array.from({ length: 4 }, () => createLead(at, of)));
    const made: CrmAppointment[] = [];
    for (let index = 0; index < 24; index += 1) {
      made.push(await appointed(at, of, leads[index % 4]?.slug as string, hour(10 + index)));
    }
    for (const query of ["limit=5", `limit=5&status=pending`, "limit=5&datesetting=after&ondate=03/01/2026"]) {
      const pages = await walk<CrmAppointment>(at, of, `/leads/appointments/list/?${query}`, "next");
      expect(pages.map(({ length }) => length)).toEqual([5, 5, 5, 5, 4]);
      expect(pages.flat()).toEqual(made);
    }
    let earlier = 0;
    const walked = await walk<CrmAppointment>(at, of, "/leads/appointments/list/?limit=5", "next", async () => {
      earlier += 1;
      await appoint(at, of, leads[0]?.slug as string, hour(earlier));
      await data(await reappoint(at, of, made[earlier]?.appointment_id as number, hour(40 + earlier)));
    });
    expect(new Set(ids(walked.flat()))).toEqual(new Set(ids(made)));
    const { count } = await meetings(at, of);
    const last = await meetings(at, of, `?limit=5&offset=${count - 5}`);
    const back = await walk<CrmAppointment>(at, of, last.previous as string, "previous");
    expect([...back.reverse().flat(), ...last.results]).toEqual((await meetings(at, of, "?limit=100")).results);
  });

  test("many of one moment: each once", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of);
    const cancelled = { ...hour(1), appointment_status: "cancelled" };
    for (let count = 0; count < 12; count += 1) await appointed(at, of, slug, cancelled);
    const walked = (await walk<CrmAppointment>(at, of, "/leads/appointments/list/?limit=5", "next")).flat();
    const stored = await rows<{ id: number }>("SELECT id FROM appointment ORDER BY id");
    expect(ids(walked)).toEqual(stored.map(({ id }) => id));
    expect((await meetings(at, of, "?status=cancelled")).count).toBe(12);
  });
});
