/** What few chats need: requests where no socket can be had, and the transcript to take along. A chunk of its own. */
import type { RoomFrame } from "../../shared/chat-frames.ts";
import { CHAT_EXCHANGE_FRAMES_LIMIT } from "../../shared/limits.ts";
import type { Texts } from "../app/locales/en.ts";
import type { Talk } from "./line.ts";
import { wordsOf } from "./Message.tsx";
import type { Chat } from "./state.ts";

const TIMEOUT_MS = 30_000;
const PAUSE_MS = 2_500;
/** While nothing happens, and while nobody looks. */
const PAUSE_QUIET_MS = 10_000;
const PAUSE_UNSEEN_MS = 30_000;
const QUIET_MS = 120_000;

/** Says and hears everything by one request. @returns the pause until the next one, in milliseconds. Throws where it fails. */
export async function exchange(talk: Talk): Promise<number> {
  const { url, signal, token, hello, waiting, heard, isSeen } = talk;
  const body = { token: token(), hello: hello(), frames: waiting().slice(0, CHAT_EXCHANGE_FRAMES_LIMIT) };
  const answer = await fetch(url, {
    method: "POST",
    // JSON as text/plain: no preflight.
    body: JSON.stringify(body),
    credentials: "omit",
    signal: AbortSignal.timeout?.(TIMEOUT_MS),
  });
  const { frames }: { frames: RoomFrame[] } = await answer.json();
  // A room that has nothing new tells its state all the same.
  if (frames.length > 1) talk.stirredAt = Date.now();
  for (const frame of frames) {
    // Of a room that the visitor has left, nothing more is heard.
    if (body.token === token() && !signal.aborted) heard(frame);
  }
  return isSeen() ? (Date.now() - (talk.stirredAt ?? 0) < QUIET_MS ? PAUSE_MS : PAUSE_QUIET_MS) : PAUSE_UNSEEN_MS;
}

/** Gives the visitor a text file: every line with its time and who said it. */
export function save(chat: Chat, { tag }: Texts, title: string): void {
  const { texts } = chat;
  const lines = chat.shown().map((message) => {
    const { at, by, name = by === "bot" ? title : "" } = message;
    const time = new Date(at).toLocaleString(tag, { dateStyle: "short", timeStyle: "short" });
    const who = by === "visitor" ? texts.you : name;
    return `${time}  ${who && `${who}: `}${wordsOf(message, texts)}\n`;
  });
  const href = URL.createObjectURL(new Blob(lines, { type: "text/plain" }));
  Object.assign(document.createElement("a"), { href, download: `${title}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(href));
}
