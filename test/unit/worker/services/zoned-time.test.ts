/** Days and times on an organization's clocks, where clocks are known to do something unusual. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endOfDay, formatLocal, isoLocal, parseLocal, startOfDay } from "../../../../worker/services/zoned-time.ts";

const at = (iso: string): number => Date.parse(iso);
const HELSINKI = "Europe/Helsinki";
const NEW_YORK = "America/New_York";
const SANTIAGO = "America/Santiago";
const SAO_PAULO = "America/Sao_Paulo";
const LORD_HOWE = "Australia/Lord_Howe";
const APIA = "Pacific/Apia";

describe("a day", () => {
  test.each([
    ["UTC", "2026-03-02", "2026-03-02T00:00:00Z", 24],
    [HELSINKI, "2026-03-02", "2026-03-01T22:00:00Z", 24],
    [HELSINKI, "2026-03-29", "2026-03-28T22:00:00Z", 23],
    [HELSINKI, "2026-10-25", "2026-10-24T21:00:00Z", 25],
    [NEW_YORK, "2026-03-08", "2026-03-08T05:00:00Z", 23],
    [NEW_YORK, "2026-11-01", "2026-11-01T04:00:00Z", 25],
    [LORD_HOWE, "2026-04-05", "2026-04-04T13:00:00Z", 24.5],
    [LORD_HOWE, "2026-10-04", "2026-10-03T13:30:00Z", 23.5],
    // Clocks leap from midnight to one
    [SANTIAGO, "2026-09-06", "2026-09-06T04:00:00Z", 23],
    [SAO_PAULO, "2018-11-04", "2018-11-04T03:00:00Z", 23],
    // Clocks fall back to the day before, which then has a 25th hour
    [SANTIAGO, "2026-04-04", "2026-04-04T03:00:00Z", 25],
    // The island moved across the date line: a day of no hours
    [APIA, "2011-12-29", "2011-12-29T10:00:00Z", 24],
    [APIA, "2011-12-30", "2011-12-30T10:00:00Z", 0],
    [APIA, "2011-12-31", "2011-12-30T10:00:00Z", 24],
    ["Asia/Kathmandu", "2024-02-29", "2024-02-28T18:15:00Z", 24],
    ["UTC", "9999-12-31", "9999-12-31T00:00:00Z", 24],
  ])("in %s, %s begins at %s and has %d hours", async (zone, day, start, hours) => {
    expect(await startOfDay(zone, day)).toBe(at(start));
    expect(await endOfDay(zone, day)).toBe(at(start) + hours * 3_600_000);
  });

  test.each([
    ...["2026-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "2026-04-31", "2026-04-00", "1900-02-29"],
    ...["2023-7-10", "23-07-10", "2023/07/10", "20230710", "10-07-2023", "2023-07-10 ", " 2023-07-10", "2023-07-10\n"],
    ...["", "today", "2023-07-10T00:00:00", "+002023-07-10", "-002023-07-10", "٢٠٢٣-٠٧-١٠", "2023-07-10[u-ca=hebrew]"],
  ])("%j is none", async (text) => {
    expect([await startOfDay(HELSINKI, text), await endOfDay(HELSINKI, text)]).toEqual([null, null]);
  });
});

describe("a moment is written", () => {
  test.each([
    ["UTC", "2024-08-05T14:07:36.999Z", "2024-08-05 14:07:36", "2024-08-05T14:07:36+00:00"],
    [HELSINKI, "2026-03-02T10:00:00Z", "2026-03-02 12:00:00", "2026-03-02T12:00:00+02:00"],
    [HELSINKI, "2026-03-29T00:59:59Z", "2026-03-29 02:59:59", "2026-03-29T02:59:59+02:00"],
    [HELSINKI, "2026-03-29T01:00:00Z", "2026-03-29 04:00:00", "2026-03-29T04:00:00+03:00"],
    [NEW_YORK, "2026-11-01T05:30:00Z", "2026-11-01 01:30:00", "2026-11-01T01:30:00-04:00"],
    [NEW_YORK, "2026-11-01T06:30:00Z", "2026-11-01 01:30:00", "2026-11-01T01:30:00-05:00"],
    [LORD_HOWE, "2026-04-04T15:00:00Z", "2026-04-05 01:30:00", "2026-04-05T01:30:00+10:30"],
    ["Asia/Kathmandu", "2024-02-28T18:15:00Z", "2024-02-29 00:00:00", "2024-02-29T00:00:00+05:45"],
  ])("in %s, %s as %s and %s", async (zone, moment, local, iso) => {
    expect(await formatLocal(zone, at(moment))).toBe(local);
    expect(await isoLocal(zone, at(moment))).toBe(iso);
  });
});

describe("a time is read", () => {
  test.each([
    ["2026-03-02 12:00", "2026-03-02T10:00:00Z"],
    ["2026-03-02 12:00:01", "2026-03-02T10:00:01Z"],
    ["2026-03-02T12:00", "2026-03-02T10:00:00Z"],
    ["2026-03-02T12:00:01", "2026-03-02T10:00:01Z"],
    ["2026-03-02T12:00:01.5", "2026-03-02T10:00:01.500Z"],
    ["2026-03-02T12:00Z", "2026-03-02T12:00:00Z"],
    ["2026-03-02T12:00:01.060009Z", "2026-03-02T12:00:01.060Z"],
    ["2026-03-02T12:00:00-05:30", "2026-03-02T17:30:00Z"],
    // An offset says which moment it is, also where the zone's clocks never show it
    ["2026-03-29T03:30:00+02:00", "2026-03-29T01:30:00Z"],
    ["1970-01-01 02:00", "1970-01-01T00:00:00Z"],
    ["9999-12-31 23:59:59", "9999-12-31T21:59:59Z"],
  ])("%s, in Helsinki, is %s", async (text, moment) => {
    expect(await parseLocal(HELSINKI, text)).toBe(at(moment));
  });

  test.each([
    [HELSINKI, "2026-03-29 03:00", "2026-03-29 02:59:59", "2026-03-29 04:00"],
    [NEW_YORK, "2026-03-08 02:30", "2026-03-08 01:59:59", "2026-03-08 03:00"],
    [SANTIAGO, "2026-09-06 00:00", "2026-09-05 23:59:59", "2026-09-06 01:00"],
    [SAO_PAULO, "2018-11-04T00:59:59", "2018-11-03 23:59:59", "2018-11-04 01:00"],
    [LORD_HOWE, "2026-10-04 02:15", "2026-10-04 01:59:59", "2026-10-04 02:30"],
    [APIA, "2011-12-30 12:00", "2011-12-29 23:59:59", "2011-12-31 00:00"],
  ])("in %s, never as %s, which clocks leap over: %s is a second before %s", async (zone, gap, before, after) => {
    expect(await parseLocal(zone, gap)).toBe(null);
    const [last, first] = [await parseLocal(zone, before), await parseLocal(zone, after)];
    expect((first as number) - (last as number)).toBe(1_000);
  });

  test.each([
    [HELSINKI, "2026-10-25 03:30", "2026-10-25T00:30:00Z"],
    [NEW_YORK, "2026-11-01T01:30:00", "2026-11-01T05:30:00Z"],
    [SANTIAGO, "2026-04-04 23:30", "2026-04-05T02:30:00Z"],
    [LORD_HOWE, "2026-04-05 01:45", "2026-04-04T14:45:00Z"],
  ])("in %s, %s as the earlier of the two: %s", async (zone, text, moment) => {
    expect(await parseLocal(zone, text)).toBe(at(moment));
  });

  test.each([
    ...["", " ", "now", "2026-03-02", "12:00", "2026-03-02 24:00", "2026-03-02 12:60", "2026-03-02 12:00:60"],
    ...["2026-02-30 12:00", "2026-13-01T12:00:00Z", "2025-02-29T12:00:00Z", "2026-3-2 12:00", "2026-03-02 9:00"],
    ...["2026-03-02  12:00", " 2026-03-02 12:00", "2026-03-02 12:00 ", "2026-03-02 12:00\n", "2026-03-02 12:00Z"],
    ...[
      "2026-03-02 12:00+02:00",
      "2026-03-02 12:00:00.5",
      "2026-03-02t12:00:00z",
      "20260302T120000Z",
      "2026-03-02T12Z",
    ],
    ...["2026-03-02T12:00:00+0200", "2026-03-02T12:00:00+24:00", "2026-03-02T12:00:00+02:00[Europe/Helsinki]"],
    ...["2026-03-02T12:00:00.Z", "2026-03-02T12:00:00.1234567890Z", "2026-03-02T12:00:00,5", "٢٠٢٦-٠٣-٠٢ ١٢:٠٠"],
    ...["03/02/2026 12:00", "1772445600", "1772445600000", "+002026-03-02T12:00:00Z", "2026-W10-1T12:00"],
    ...["1969-12-31 23:59:59", "1970-01-01T00:00:00+04:00", "10000-01-01 00:00", "9999-12-31T23:59:59-05:00"],
  ])("never from %j", async (text) => {
    expect(await parseLocal(HELSINKI, text)).toBe(null);
  });
});

describe("what is written can be read again", () => {
  const ZONES = [
    "UTC",
    HELSINKI,
    NEW_YORK,
    SANTIAGO,
    SAO_PAULO,
    LORD_HOWE,
    APIA,
    "Asia/Kathmandu",
    "Africa/Casablanca",
  ];
  const SECONDS = fc.integer({ min: at("1973-01-01T00:00:00Z") / 1_000, max: at("2099-12-31T00:00:00Z") / 1_000 });
  /** Half an hour and more around a time at which some of these clocks are changed. */
  const CHANGES = [
    "2026-03-29T01:00Z",
    "2026-10-25T01:00Z",
    "2026-11-01T06:00Z",
    "2026-04-05T03:00Z",
    "2011-12-30T10:00Z",
  ];
  const near = fc
    .tuple(fc.constantFrom(...CHANGES.map((text) => at(text) / 1_000)), fc.integer({ min: -9_000, max: 9_000 }))
    .map(([change, seconds]) => change + seconds);
  const moment = fc.oneof(SECONDS, near).map((seconds) => seconds * 1_000);

  test("with its offset always, without it but for hours that clocks show twice", async () => {
    let repeated = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ZONES), moment, async (zone, ms) => {
        expect(await parseLocal(zone, await isoLocal(zone, ms))).toBe(ms);
        const local = await formatLocal(zone, ms);
        const read = (await parseLocal(zone, local)) as number;
        expect(await formatLocal(zone, read)).toBe(local);
        if (read === ms) return;
        repeated += 1;
        expect(read).toBeLessThan(ms);
        expect(await isoLocal(zone, read)).not.toBe(await isoLocal(zone, ms));
      }),
      { numRuns: 1_000 },
    );
    expect(repeated).toBeGreaterThan(0);
  });
});
