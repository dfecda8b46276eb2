/**
 * One thing that happens in a room: what it makes of the state, what is said, and what its sender alone hears. Pure, so
 * that a turn that comes to nothing, or that the rates refuse, has changed nothing.
 */

import type { RoomFrame, SystemMessage } from "../../shared/chat-frames.ts";
import { ROOM_MESSAGES_LIMIT, ROOM_TEXT_LIMIT_BYTES } from "../../shared/limits.ts";
import type { Away } from "../domain/chat-hours.ts";
import { asks, farewell, greeting, question } from "../domain/conversation.ts";
import type { FormSettings } from "../domain/form.ts";
import type { Operator } from "../services/live.ts";
import type { RoomState, StoredMessage } from "./room-state.ts";

/** The form as the visitor reads it, and whether anybody is in. */
export interface Around {
  settings: FormSettings;
  away: Away | null;
}

export interface Turn extends Around {
  /** A draft: what stands in it is replaced, never changed. */
  state: RoomState;
  now: number;
  said: StoredMessage[];
  /** To the sender alone. */
  answers: RoomFrame[];
}

export const beginTurn = (state: RoomState, around: Around, now: number): Turn => ({
  ...around,
  state: { ...state, formName: around.settings.name },
  now: Math.max(now, state.lastAt),
  said: [],
  answers: [],
});

const encoder = new TextEncoder();
const isPerson = ({ by, isPrivate }: Pick<StoredMessage, "by" | "isPrivate">): boolean =>
  (by === "visitor" || by === "operator") && !isPrivate;

export function say(turn: Turn, message: Omit<StoredMessage, "seq" | "at">): void {
  const { state, now } = turn;
  state.last += 1;
  state.bytes += encoder.encode(JSON.stringify(message.text)).length;
  state.lastAt = now;
  if (isPerson(message)) state.lastText = message.text;
  turn.said.push({ seq: state.last, at: now, ...message });
}

/** What happened, in English: pages say it in the visitor's words. */
const SYSTEM_TEXTS: Record<SystemMessage, string> = {
  call: "The visitor asked for a person.",
  joined: "{name} joined.",
  left: "{name} left.",
  "handed-over": "Handed over to {name}.",
  "closed-by-visitor": "The visitor ended the chat.",
  "closed-by-operator": "{name} ended the chat.",
  "closed-idle": "The chat ended, since nobody said anything.",
  "closed-full": "The chat ended, since it has become too long.",
};

/** @param about the person whom it is about; `id`: the visitor's own, of what made it happen. */
export function note(turn: Turn, type: SystemMessage, about: { name?: string; id?: string } = {}): void {
  const { name, id } = about;
  say(turn, {
    by: "system",
    type,
    text: SYSTEM_TEXTS[type].replace("{name}", () => name ?? "the next who is free"),
    ...(name === undefined ? {} : { vars: { name } }),
    ...(id === undefined ? {} : { id }),
  });
}

/** What the visitor finds: the form's words, and its first question. */
export function welcome(turn: Turn): void {
  const { state, settings, away } = turn;
  say(turn, { by: "bot", text: greeting(settings, state.languages, away), isWelcome: true });
  pose(turn, { isWelcome: true });
}

/** Asks what is to be asked now, where nobody else talks and it was not asked already; thanks when all is said. */
export function pose(turn: Turn, extra: { isWelcome?: true } = {}): void {
  const { state, settings } = turn;
  if (state.status !== "guided" && state.status !== "waiting") return;
  const field = asks(settings, state.talk);
  if (field === state.asked) return;
  state.asked = field;
  if (field !== null) {
    say(turn, { by: "bot", text: question(settings, field, state.languages), field, ...extra });
  } else if (!state.isThanked) {
    state.isThanked = true;
    say(turn, { by: "bot", text: farewell(settings, state.languages) });
  }
}

const CLOSING = { visitor: "closed-by-visitor", idle: "closed-idle", full: "closed-full" } as const;

/** The room ends. @param id the visitor's, of what ended it. */
export function end(turn: Turn, by: keyof typeof CLOSING | Operator, id?: string): void {
  const { state } = turn;
  if (typeof by === "string") note(turn, CLOSING[by], { id });
  else note(turn, "closed-by-operator", { name: by.name });
  state.status = "closed";
  state.closedAt = turn.now;
  state.closedBy = typeof by === "object" || by === "visitor" ? by : "system";
}

/** Ends a room that has grown as far as it may, and counts what the database is to hear of. */
export function finishTurn(turn: Turn, before: RoomState): void {
  const { state } = turn;
  const isFull = state.last >= ROOM_MESSAGES_LIMIT || state.bytes >= ROOM_TEXT_LIMIT_BYTES;
  if (isFull && state.status !== "closed") end(turn, "full");
  if (state.status !== "waiting") state.waitingSince = null;
  else if (before.status !== "waiting") state.waitingSince = turn.now;
  if (state.talk !== before.talk) state.isTalkSaved = false;
  const isNews =
    state.talk !== before.talk || state.status !== before.status || state.operator?.id !== before.operator?.id;
  if (isNews) state.version += 1;
}
