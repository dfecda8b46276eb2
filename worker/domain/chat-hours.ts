/**
 * When somebody answers chats: a week of hours on the organization's clocks, and days on which nobody does. What the clocks
 * show decides, so that the hour which a change of clocks repeats is in twice, and one that it leaves out never.
 */
import * as z from "zod/mini";
import { CLOSED_DAYS_LIMIT, DAY_RANGES_LIMIT, TEXT_LIMIT_CHARS } from "../../shared/limits.ts";

const time = (pattern: RegExp, message: string) => z.string().check(z.regex(pattern, message));
const Range = z
  .tuple([
    time(/^([01]\d|2[0-3]):[0-5]\d$/, "A time like 09:00."),
    time(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "A time like 17:00; 24:00 is the end of the day."),
  ])
  .check(z.refine(([from, to]) => from < to, "It ends before it begins."));
const Ranges = z.array(Range).check(
  z.maxLength(DAY_RANGES_LIMIT),
  z.refine((ranges) => {
    const sorted = ranges.toSorted();
    return sorted.every(([from], index) => index === 0 || (sorted[index - 1]?.[1] ?? "") <= from);
  }, "Two of them overlap."),
);
const day = () => z.optional(Ranges);

export const ChatHours = z.strictObject({
  /** Nobody is in on a day that is not named. */
  days: z.strictObject({ sun: day(), mon: day(), tue: day(), wed: day(), thu: day(), fri: day(), sat: day() }),
  /** `2026-12-25`: nobody is in, whatever day of the week it is. */
  closed_days: z._default(z.array(z.iso.date()).check(z.maxLength(CLOSED_DAYS_LIMIT)), []),
  /** What visitors are greeted with while nobody is in; in each language ours where it is not given. */
  away_text: z.optional(z.string().check(z.minLength(1), z.maxLength(TEXT_LIMIT_CHARS))),
});
export type ChatHours = z.infer<typeof ChatHours>;

/** Nobody is in. */
export interface Away {
  /** The organization's own words for it; null: ours. */
  text: string | null;
  /** When somebody is in again, in milliseconds since 1970, UTC; null where that is not known. */
  until: number | null;
  /** IANA name: the clock by which visitors are told. */
  timeZone: string;
}

const WEEK = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** @param date `YYYY-MM-DD`. */
export function rangesOf(hours: ChatHours, date: string): readonly (readonly [from: string, to: string])[] {
  if (hours.closed_days.includes(date)) return [];
  return hours.days[WEEK[new Date(date).getUTCDay()] ?? "sun"] ?? [];
}

/** @param local what the clocks show: `YYYY-MM-DD HH:MM:SS`. */
export function isIn(hours: ChatHours, local: string): boolean {
  const [date = "", time = ""] = local.split(" ");
  return rangesOf(hours, date).some(([from, to]) => from <= time && time < to);
}

/** The dates from this one on. */
export const datesFrom = (date: string, count: number): string[] =>
  Array.from({ length: count }, (_, days) => new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10));
const DAY_MS = 86_400_000;
