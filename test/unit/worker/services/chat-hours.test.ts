/** Whether somebody answers chats, and when again: by hand where clocks do something unusual, and against every minute. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ChatHours } from "../../../../worker/domain/chat-hours.ts";
import { awayNow } from "../../../../worker/services/chat-hours.ts";

type Days = ChatHours["days"];
const WEEK = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const MINUTE = 60_000;
const at = (iso: string): number => Date.parse(iso);
const hours = (days: Days, more: Partial<ChatHours> = {}): ChatHours => ChatHours.parse({ days, ...more });
const away = (chatHours: ChatHours | null, timeZone: string, now: string) => awayNow({ chatHours, timeZone }, at(now));
const OFFICE = { mon: [["09:00", "12:00"] as const, ["13:00", "17:00"] as const] };
const office = ChatHours.parse({ days: OFFICE });
const HELSINKI = "Europe/Helsinki";

describe("an organization", () => {
  it("that names no hours is always in", async () => {
    expect(await away(null, HELSINKI, "2026-03-02T03:00:00Z")).toBeNull();
  });

  test.each([
    ["as its hours begin", "2026-03-02T07:00:00Z"],
    ["a second before they end", "2026-03-02T14:59:59Z"],
  ])("is in %s", async (_when, now) => {
    expect(await away(office, HELSINKI, now)).toBeNull();
  });

  test.each([
    ["a second before its hours begin", "2026-03-02T06:59:59Z", "2026-03-02T07:00:00Z"],
    ["between two ranges", "2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z"],
    ["as its hours end", "2026-03-02T15:00:00Z", "2026-03-09T07:00:00Z"],
    // Summer time began in between
    ["on another day", "2026-03-27T12:00:00Z", "2026-03-30T06:00:00Z"],
  ])("is away %s, until they begin", async (_when, now, until) => {
    expect(await away(office, HELSINKI, now)).toEqual({ text: null, until: at(until), timeZone: HELSINKI });
  });

  it("is away on a closed day, with its own words", async () => {
    const closed = hours(OFFICE as unknown as Days, { closed_days: ["2026-03-02"], away_text: "Back soon." });
    const found = await away(closed, HELSINKI, "2026-03-02T08:00:00Z");
    expect(found).toEqual({ text: "Back soon.", until: at("2026-03-09T07:00:00Z"), timeZone: HELSINKI });
  });

  it("that is in on no day of the next sixty says no time", async () => {
    expect((await away(hours({}), HELSINKI, "2026-03-02T08:00:00Z"))?.until).toBeNull();
  });

  it("is in to the end of the day at 24:00, and on", async () => {
    const night = hours({ mon: [["22:00", "24:00"]], tue: [["00:00", "02:00"]] });
    expect(await away(night, "UTC", "2026-03-02T23:59:59Z")).toBeNull();
    expect(await away(night, "UTC", "2026-03-03T00:00:00Z")).toBeNull();
    expect(await away(night, "UTC", "2026-03-03T02:00:00Z")).not.toBeNull();
  });

  test.each([
    // Clocks leap from 3 to 4
    ["a range that begins in an hour that is left out", "03:30", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"],
    // Clocks go back from 4 to 3: half past three comes twice, and again after the first was over
    ["a range in an hour that comes twice", "03:30", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z"],
    ["a range in an hour that comes again", "03:30", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z"],
  ])("opens %s when clocks show it", async (_what, from, now, until) => {
    const sunday = hours({ sun: [[from, "04:30"]] });
    expect((await away(sunday, HELSINKI, now))?.until).toBe(at(until));
  });
});

const ZONES = [
  { zone: HELSINKI, from: "2026-03-23T00:00:00Z" },
  { zone: "America/New_York", from: "2026-10-26T00:00:00Z" },
  { zone: "Australia/Lord_Howe", from: "2026-03-30T00:00:00Z" },
  { zone: "America/Santiago", from: "2026-08-31T00:00:00Z" },
];
const FORTNIGHT_MINUTES = 14 * 24 * 60;

/** What the clocks show at each minute of a fortnight in which they are changed. */
function minutesOf(zone: string, start: number) {
  const clock = new Intl.DateTimeFormat("en-CA", {
    ...{ timeZone: zone, hourCycle: "h23", weekday: "short" },
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
  });
  return Array.from({ length: FORTNIGHT_MINUTES }, (_, index) => {
    const parts = Object.fromEntries(
      clock.formatToParts(start + index * MINUTE).map(({ type, value }) => [type, value]),
    );
    return {
      day: (parts.weekday ?? "").toLowerCase().slice(0, 3) as (typeof WEEK)[number],
      date: `${parts.year}-${parts.month}-${parts.day}`,
      minute: Number(parts.hour) * 60 + Number(parts.minute),
    };
  });
}

const clockOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const someRanges = fc
  .uniqueArray(
    fc.oneof(
      fc.integer({ min: 0, max: 1_440 }),
      fc.integer({ min: 0, max: 48 }).map((half) => half * 30),
    ),
    {
      maxLength: 6,
    },
  )
  .map((ends) => ends.sort((a, b) => a - b))
  .map((ends) =>
    Array.from({ length: Math.floor(ends.length / 2) }, (_, n) => [ends[2 * n], ends[2 * n + 1]] as number[]),
  );
const someWeek = fc.record(
  Object.fromEntries(WEEK.map((day) => [day, someRanges])) as Record<string, typeof someRanges>,
);

describe.each(ZONES)("in $zone, over a change of clocks", ({ zone, from }) => {
  it("says of any hours what looking at every minute says", async () => {
    const minutes = minutesOf(zone, at(from));
    const someNow = fc.integer({ min: 0, max: FORTNIGHT_MINUTES / 2 });
    await fc.assert(
      fc.asyncProperty(
        someWeek,
        fc.integer({ min: 0, max: 13 }),
        fc.array(someNow, { minLength: 4 }),
        async (week, shut, nows) => {
          const closed = minutes[shut * 1_440]?.date as string;
          const isIn = minutes.map(
            ({ day, date, minute }) =>
              date !== closed && (week[day] ?? []).some(([begin = 0, end = 0]) => begin <= minute && minute < end),
          );
          const days = Object.fromEntries(
            Object.entries(week).map(([day, ranges]) => [day, ranges.map((range) => range.map(clockOf))]),
          );
          const chatHours = ChatHours.parse({ days, closed_days: [closed] });
          for (const now of nows) {
            const found = await awayNow({ chatHours, timeZone: zone }, at(from) + now * MINUTE);
            const next = isIn.indexOf(true, now);
            expect([now, found === null]).toEqual([now, isIn[now]]);
            if (found !== null && next >= 0) expect(found.until).toBe(at(from) + next * MINUTE);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("hours", () => {
  test.each([
    ["end before they begin", { days: { mon: [["17:00", "09:00"]] } }],
    ["are of no length", { days: { mon: [["09:00", "09:00"]] } }],
    [
      "overlap",
      {
        days: {
          mon: [
            ["09:00", "12:00"],
            ["11:59", "13:00"],
          ],
        },
      },
    ],
    [
      "overlap in another order",
      {
        days: {
          mon: [
            ["11:00", "13:00"],
            ["09:00", "12:00"],
          ],
        },
      },
    ],
    ["are of no clock", { days: { mon: [["9:00", "12:00"]] } }],
    ["begin at the end", { days: { mon: [["24:00", "24:00"]] } }],
    ["are of no day", { days: { monday: [] } }],
    ["are closed on no real day", { days: {}, closed_days: ["2026-02-30"] }],
    ["are seven a day", { days: { mon: Array.from({ length: 7 }, (_, n) => [`0${n}:00`, `0${n}:30`]) } }],
    ["say nothing", { days: {}, away_text: "" }],
  ])("that %s are refused", (_why, given) => {
    expect(ChatHours.safeParse(given).success).toBe(false);
  });

  it("may follow each other without a gap, to the end of the day", () => {
    expect(
      ChatHours.safeParse({
        days: {
          mon: [
            ["12:00", "24:00"],
            ["09:00", "12:00"],
          ],
        },
      }).success,
    ).toBe(true);
  });
});
