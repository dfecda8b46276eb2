/** Calendar periods around now, on an organization's clocks. */
import { endOfDay, formatLocal, startOfDay } from "./zoned-time.ts";

export const PERIODS = ["upcoming", "today", "week", "month"] as const;
export type Period = (typeof PERIODS)[number];

const DAY_MS = 86_400_000;

/** @returns from its first moment to the one after its last. Weeks begin on Monday; what is upcoming has no end. */
export async function periodOf(zone: string, now: number, period: Period): Promise<{ from: number; to?: number }> {
  if (period === "upcoming") return { from: now };
  const today = (await formatLocal(zone, now)).slice(0, 10);
  const [first, last] = daysOf(today, period);
  return { from: (await startOfDay(zone, first)) as number, to: (await endOfDay(zone, last)) as number };
}

/** First and last day, in the calendar alone. */
function daysOf(today: string, period: Exclude<Period, "upcoming">): [string, string] {
  if (period === "today") return [today, today];
  const [year = 0, month = 1] = today.split("-").map(Number);
  if (period === "month") return [print(Date.UTC(year, month - 1, 1)), print(Date.UTC(year, month, 0))];
  const day = Date.parse(today);
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return [print(day - sinceMonday * DAY_MS), print(day + (6 - sinceMonday) * DAY_MS)];
}

const print = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
