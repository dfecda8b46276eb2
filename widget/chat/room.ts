/** A room as the visitor's page knows it, and what each frame from the server makes of it. Draws and sends nothing. */
import type { ChatMessage, RoomFrame, RoomStatus } from "../../shared/chat-frames.ts";

type StateFrame = Extract<RoomFrame, { t: "state" }>;

export interface Room extends Pick<StateFrame, "ask" | "operator" | "away"> {
  status: RoomStatus;
  /** By their numbers; 0 is that of what was said in a room before. */
  messages: ChatMessage[];
  /** Up to where operators have read. */
  read: number;
  /** Until when an operator counts as typing, in milliseconds since 1970. */
  typingUntil: number;
  /** What the visitor has turned to in place of what is asked: a field, or free words where it is empty. */
  at: string | undefined;
}

/** What a state need not say; where it does not, it is not so any more. */
const UNSAID = { ask: undefined, operator: undefined, away: undefined };

/** A room of which nothing is known but what was said in one before. */
export const newRoom = (messages: ChatMessage[]): Room => ({
  ...UNSAID,
  status: "new",
  read: 0,
  typingUntil: 0,
  messages,
  at: undefined,
});

/** How long an operator counts as typing after a sign of it. */
export const TYPING_MS = 6_000;

/** The highest number that there is. */
export const lastOf = ({ messages }: Room): number => messages.at(-1)?.seq ?? 0;

/** Somebody else said it, and to the visitor. */
export const isNews = ({ by }: ChatMessage): boolean => by === "operator" || by === "bot";

/**
 * Takes in a state, a message, or a sign of life; of what it does not know, nothing.
 * @returns whether it is a message that was not there before.
 */
export function hear(room: Room, frame: RoomFrame, nowMs: number): boolean {
  const { messages } = room;
  if (frame.t === "state") Object.assign(room, UNSAID, frame);
  else if (frame.t === "read") room.read = frame.seq;
  else if (frame.t === "typing") room.typingUntil = nowMs + TYPING_MS;
  else if (frame.t === "message" && !messages.some(({ seq }) => seq === frame.seq)) {
    messages.push(frame);
    messages.sort((a, b) => a.seq - b.seq);
    if (frame.by === "operator") room.typingUntil = 0;
    return true;
  }
  return false;
}
