/** What the room says, and what it makes of a chat; and how much of it the visitor has not seen. */
import type { ChatMessage, RoomFrame } from "../../shared/chat-frames.ts";
import { phrase } from "../app/phrase.ts";
import type { FormCore } from "../form/state.ts";
import { fieldOf } from "./questions.ts";
import { hear, isNews } from "./room.ts";
import type { Chat } from "./state.ts";

/** When to offer again what the room could not take, where it does not say. */
const TROUBLE_MS = 5_000;

/** Takes in a frame. @returns whether it is news that the visitor has not seen. */
export function takeIn({ state }: FormCore, chat: Chat, frame: RoomFrame): boolean {
  const { room, seen } = chat;
  if (frame.t === "error") {
    const refused = [...chat.pending].find(({ deed }) => deed.id === frame.id);
    if (frame.code === "closed") chat.end();
    else if (refused && /malformed|large/.test(frame.code)) refused.isRefused = true;
    else chat.line.later(frame.retry_ms ?? TROUBLE_MS);
    return false;
  }
  const { id } = frame as ChatMessage;
  chat.settle((deed) => deed.id === id);
  if (frame.t === "problem") chat.refuse(fieldOf(state.form, frame.field), frame.code);
  const isNew = hear(room, frame, Date.now());
  if (room.status === "closed") chat.end();
  return isNew && isNews(frame as ChatMessage) && (frame as ChatMessage).seq > seen;
}

/** Counts at the launcher what has come and is not seen. */
export function countNews({ it: { launcher }, state }: FormCore, { room, seen, texts }: Chat): void {
  const n = room.messages.filter((message) => message.seq > seen && isNews(message)).length;
  if (!launcher) return;
  launcher.ariaDescription = n ? phrase(texts.unread, { n }, state.tag) : "";
  if (n) launcher.dataset.unread = `${n}`;
  else delete launcher.dataset.unread;
}
