/** What the page says in words: times, people, what happened. */
import type { ChatMessage, RoomSummary } from "../shared/chat-frames.ts";

const MINUTE_MS = 60_000;
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

/** How long ago, in one unit. Times are milliseconds since 1970, UTC. */
export function ago(at: number, now: number): string {
  const minutes = Math.floor((now - at) / MINUTE_MS);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60 / 24)} d`;
}

/** The time of day, in the operator's zone. */
export const timeOf = (at: number): string => clock.format(at);
/** The day, in the operator's zone. */
export const dayOf = (at: number): string => calendar.format(at);

export const nameOf = (room: RoomSummary | undefined): string => room?.name ?? "Visitor";

const STATUS = { new: "New", guided: "With the bot", waiting: "Waiting", talking: "Talking", closed: "Closed" };

/** @param mine whether it is the reader's own room. */
export function statusOf({ status, operator }: RoomSummary, mine: boolean): string {
  if (status !== "talking" || !operator) return STATUS[status];
  return mine ? "With you" : `With ${operator.name}`;
}

export function authorOf(message: ChatMessage, room: RoomSummary | undefined): string {
  if (message.by === "visitor") return nameOf(room);
  return message.name ?? (message.by === "bot" ? "Bot" : "Operator");
}

const CATEGORIES: Record<string, string> = { sip: "Call", mail: "E-mail", forms: "Form", chats: "Chat" };

/** A lead's category for people; one that is unknown here as it is. */
export const categoryOf = (category: string): string => CATEGORIES[category] ?? category;
