/** What the room says, and what it makes of a chat; and how much of it the visitor has not seen. */
import type { ChatMessage, RoomFrame } from "../../shared/chat-frames.ts";
import { phrase } from "../app/phrase.ts";
import type { FormCore } from "../form/state.ts";
import { fieldOf } from "./questions.ts";
import { hear } from "./room.ts";
import type { Chat } from "./state.ts";

/** When to offer again what the room could not take, where it does not say. */
const TROUBLE_MS = 5_000;

/** Takes in a frame. @returns whether it is news that the visitor has not seen. */
export function takeIn({ state }: FormCore, chat: Chat, frame: RoomFrame): boolean {
  if (frame.t === "error") {
    const { code, id, retry_ms = TROUBLE_MS } = frame;
    if (code === "closed") chat.end();
    else if (!/malformed|large/.test(code)) chat.line.later(retry_ms);
    else for (const one of chat.pending) one.isRefused ||= one.deed.id === id;
    return false;
  }
  const { id } = frame as ChatMessage;
  chat.settle((deed) => deed.id === id);
  if (frame.t === "problem") chat.refuse(fieldOf(state.form, frame.field), frame.code);
  const isUnseen = hear(chat.room, frame, Date.now()) && chat.isUnseen(frame as ChatMessage);
  if (chat.room.status === "closed") chat.end();
  return isUnseen;
}

/** Counts at the launcher what has come and is not seen. */
export function countNews({ it: { launcher }, state }: FormCore, { room, texts, isUnseen }: Chat): void {
  const n = room.messages.filter(isUnseen).length;
  if (!launcher) return;
  launcher.ariaDescription = n ? phrase(texts.unread, { n }, state.tag) : "";
  if (n) launcher.dataset.unread = `${n}`;
  else delete launcher.dataset.unread;
}
