/**
 * Times and days as an organization's clocks show them, daylight saving included. Instants are milliseconds since 1970,
 * UTC; zones are IANA names. The calendar's arithmetic is evaluated only where a time in a zone is asked for.
 */
import { Late } from "./late.ts";

export const CALENDARS = new Late(() => import("temporal-polyfill"));
const temporal = async () => (await CALENDARS.load()).Temporal;

/** The years whose times are read: what is read can be written again. */
const [FIRST_YEAR, LAST_YEAR] = [1970, 9999];

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL = /^(\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
const ISO =
  /^(?<local>\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?)(?<offset>Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/;

/**
 * @param day `YYYY-MM-DD`.
 * @returns its first moment: later than midnight where clocks leap over it. null for what is no real date.
 */
export const startOfDay = (zone: string, day: string): Promise<number | null> => startOf(zone, day, 0);

/** @returns the first moment after the day, which is the next day's first; null for what is no real date. */
export const endOfDay = (zone: string, day: string): Promise<number | null> => startOf(zone, day, 1);

async function startOf(zone: string, day: string, daysLater: number): Promise<number | null> {
  if (!DAY.test(day)) return null;
  const { PlainDate } = await temporal();
  const date = real(() => PlainDate.from(day));
  return date?.add({ days: daysLater }).toZonedDateTime(zone).epochMilliseconds ?? null;
}

/** @returns `YYYY-MM-DD HH:MM:SS` on the zone's clocks. */
export async function formatLocal(zone: string, ms: number): Promise<string> {
  const local = (await zoned(zone, ms)).toPlainDateTime();
  return local.toString({ smallestUnit: "second" }).replace("T", " ");
}

/** @returns the same time with the zone's offset, as in `2026-03-02T12:00:00+02:00`. */
export async function isoLocal(zone: string, ms: number): Promise<string> {
  return (await zoned(zone, ms)).toString({ smallestUnit: "second", timeZoneName: "never" });
}

/**
 * Reads `yyyy-mm-dd HH:MM`, `yyyy-mm-dd HH:MM:SS`, and ISO 8601 with `T`, with or without an offset or `Z`. Without one
 * it is the zone's own time: null where clocks leap over it, the earlier moment where they show it twice.
 * @returns null for whatever else, and for times that are not of the years 1970 to 9999 in the zone.
 */
export async function parseLocal(zone: string, text: string): Promise<number | null> {
  const { Instant, PlainDateTime } = await temporal();
  const { local, offset } = LOCAL.test(text) ? { local: text, offset: undefined } : (ISO.exec(text)?.groups ?? {});
  const wanted = local === undefined ? null : real(() => PlainDateTime.from(local));
  if (wanted === null) return null;
  const found =
    offset === undefined
      ? wanted.toZonedDateTime(zone, { disambiguation: "earlier" })
      : Instant.from(text).toZonedDateTimeISO(zone);
  // In a gap, "earlier" is another time than the one that was asked for.
  if (offset === undefined && !found.toPlainDateTime().equals(wanted)) return null;
  return found.year >= FIRST_YEAR && found.year <= LAST_YEAR ? found.epochMilliseconds : null;
}

/**
 * @param local `yyyy-mm-dd HH:MM`, a real one.
 * @returns when the zone's clocks show it: once; never where they leap over it; twice where they are put back.
 */
export async function momentsOf(zone: string, local: string): Promise<number[]> {
  const { PlainDateTime } = await temporal();
  const wanted = PlainDateTime.from(local);
  const found = (["earlier", "later"] as const)
    .map((disambiguation) => wanted.toZonedDateTime(zone, { disambiguation }))
    .filter((at) => at.toPlainDateTime().equals(wanted));
  return [...new Set(found.map(({ epochMilliseconds }) => epochMilliseconds))];
}

/** When the zone's clocks are put forward or back, in (after, until]. */
export async function clockChanges(zone: string, after: number, until: number): Promise<number[]> {
  const found: number[] = [];
  for (let at = await zoned(zone, after); ; ) {
    const next = at.getTimeZoneTransition("next");
    if (next === null || next.epochMilliseconds > until) return found;
    found.push(next.epochMilliseconds);
    at = next;
  }
}

async function zoned(zone: string, ms: number) {
  const { Instant } = await temporal();
  return Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
}

/** null for the 30th of February, of which the calendar says so by an exception. */
function real<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
