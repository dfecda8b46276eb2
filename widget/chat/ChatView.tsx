import { phrase } from "../app/phrase.ts";
import { type ChatProps, composer } from "./Composer.tsx";
import { lineView, link } from "./Message.tsx";

const WHEN = { weekday: "long", hour: "numeric", minute: "numeric" } as const;

/** All of a chat: what was said, how things stand, and what can be said next. */
export function ChatView(props: ChatProps) {
  const { chat, form, texts } = props;
  const { room, texts: t } = chat;
  const { status, operator: name, away } = room;
  const { title = texts.title, intro } = form.texts;
  const isNew = status === "new";
  const isOver = status === "closed";
  return (
    <div class="chat">
      <h2 id="title" part="title">
        {title}
      </h2>
      <p part="intro" role="status">
        {chat.isOffline
          ? t.offline
          : name
            ? room.typingUntil > Date.now()
              ? phrase(t.typing, { name })
              : name
            : away
              ? away.until
                ? phrase(t.until, { when: new Date(away.until).toLocaleString(texts.tag, WHEN) })
                : t.away
              : status === "waiting"
                ? t.waiting
                : intro}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <div class="log" role="log" tabIndex={0} aria-labelledby="title">
        <div>{chat.shown().map((message) => lineView(chat, message, texts))}</div>
      </div>
      {isOver ? (
        <button type="button" class="button" part="button" onClick={chat.renew}>
          {t.again}
        </button>
      ) : (
        composer(props)
      )}
      <p>
        {(isNew || status === "guided") && !away && link(t.person, () => chat.act({ t: "call" }))}
        {isNew || link(t.save, async () => (await import("./rare.ts")).save(chat, texts, title))}
        {isNew || isOver || link(t.end, () => chat.act({ t: "close" }))}
      </p>
    </div>
  );
}
