/** Whether somebody answers chats just now, and when again. */
import { type Away, type ChatHours, datesFrom, isIn, rangesOf } from "../domain/chat-hours.ts";
import type { Organization } from "../domain/organization.ts";
import { clockChanges, formatLocal, momentsOf } from "./zoned-time.ts";

/** How far it is looked for a day on which somebody is in. */
const LOOK_AHEAD_DAYS = 60;
const DAY_MS = 86_400_000;

/** @returns null while somebody is in, which is always where the organization names no hours. */
export async function awayNow(
  { chatHours: hours, timeZone }: Pick<Organization, "chatHours" | "timeZone">,
  now: number,
): Promise<Away | null> {
  if (hours === null) return null;
  const local = await formatLocal(timeZone, now);
  if (isIn(hours, local)) return null;
  return { text: hours.away_text ?? null, until: await nextOpening(hours, timeZone, now, local), timeZone };
}

/** Somebody comes in when a range begins, or when a change of clocks leaps into the midst of one. */
async function nextOpening(hours: ChatHours, zone: string, now: number, local: string): Promise<number | null> {
  const changes = await clockChanges(zone, now, now + LOOK_AHEAD_DAYS * DAY_MS);
  const leaps = await Promise.all(changes.map(async (at) => ({ at, local: await formatLocal(zone, at) })));
  for (const date of datesFrom(local.slice(0, 10), LOOK_AHEAD_DAYS)) {
    const begins = await Promise.all(rangesOf(hours, date).map(([from]) => momentsOf(zone, `${date} ${from}`)));
    const leapsIn = leaps.filter((leap) => leap.local.startsWith(date) && isIn(hours, leap.local));
    const openings = [...begins.flat(), ...leapsIn.map(({ at }) => at)].filter((at) => at > now);
    if (openings.length > 0) return Math.min(...openings);
  }
  return null;
}
