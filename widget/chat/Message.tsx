import type { ChatMessage } from "../../shared/chat-frames.ts";
import type { Texts } from "../app/locales/en.ts";
import { phrase } from "../app/phrase.ts";
import type { ChatTexts } from "./locales/en.ts";
import type { Chat, Shown } from "./state.ts";

/** @param about the id of what it is about, for who hears it and does not see where it stands. */
export const link = (words: string, onClick: () => void, about?: string) => (
  <button type="button" class="link" aria-describedby={about} onClick={onClick}>
    {words}
  </button>
);

/** What the system says in the visitor's words, where there are any. */
export function wordsOf({ type, vars, text }: ChatMessage, texts: ChatTexts): string {
  const words = type && texts[type.replace(/-.*/, "") as "joined"];
  return words ? phrase(words, vars ?? {}) : text;
}

/** One entry of the room, or what was said and is not known to have arrived. */
export function lineView(chat: Chat, message: Shown, texts: Texts) {
  const { by, at, name, field, seq, waiting } = message;
  const { texts: t, room, isOffline } = chat;
  const words = wordsOf(message, t);
  if (by === "system") return <small>{words}</small>;
  const isOwn = by === "visitor";
  const id = `m-${seq}`;
  return (
    <div class={by}>
      <b class={isOwn ? "unseen" : ""}>{isOwn ? t.you : name}</b>
      <p id={id} part="message" dir="auto">
        {words}
      </p>
      <small>
        {waiting?.isRefused
          ? [t.unsent, " ", link(texts.retry, () => chat.again(waiting))]
          : waiting
            ? isOffline || texts.sending
            : [
                // By the 24 hours that every language reads: the first time that a page has its own clock costs a slow phone 100 ms.
                new Date(at).toTimeString().slice(0, 5),
                " ",
                isOwn &&
                  seq > 0 && [seq <= room.read && t.read, " ", field && link(t.edit, () => chat.turnTo(field), id)],
              ]}
      </small>
    </div>
  );
}
