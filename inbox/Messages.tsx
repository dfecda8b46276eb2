import type { ChatMessage } from "../shared/chat-frames.ts";
import type { Desk } from "./desk.ts";
import type { Conversation, Unsent } from "./state.ts";
import { authorOf, dayOf, nameOf, timeOf } from "./words.ts";

interface Props {
  desk: Desk;
  open: Conversation;
}

/** What was said, in its order; then what is on its way. Whatever somebody wrote is text and nothing else. */
export function Messages({ desk, open }: Props) {
  const { messages, typing, read, room } = open;
  const unsent = desk.state.unsent.get(open.id) ?? [];
  const seen = messages.findLast(({ by, isPrivate, seq }) => by === "operator" && !isPrivate && seq <= read)?.seq;
  return (
    // The keyboard scrolls what has the focus.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by itself
    <div class="log" role="log" aria-label={`Conversation with ${nameOf(room)}`} tabIndex={0}>
      <ol>
        {messages.map((message, index) => (
          <Message
            key={message.seq}
            message={message}
            author={authorOf(message, room)}
            isFirstOfDay={dayOf(message.at) !== dayOf(messages[index - 1]?.at ?? 0)}
            isSeen={message.seq === seen}
          />
        ))}
        {unsent.map((message) => (
          <OnItsWay key={message.id} desk={desk} message={message} />
        ))}
      </ol>
      {typing && (
        <p class="typing">
          {typing.by === "visitor" ? nameOf(room) : (room?.operator?.name ?? "An operator")} is writing…
        </p>
      )}
    </div>
  );
}

interface MessageProps {
  message: ChatMessage;
  author: string;
  isFirstOfDay: boolean;
  /** The last one that the visitor has read. */
  isSeen: boolean;
}

function Message({ message: { by, at, text, isPrivate }, author, isFirstOfDay, isSeen }: MessageProps) {
  const day = isFirstOfDay && <p class="day">{dayOf(at)}</p>;
  const time = <time dateTime={new Date(at).toISOString()}>{timeOf(at)}</time>;
  if (by === "system") {
    return (
      <li class="system">
        {day}
        <p>
          {text} {time}
        </p>
      </li>
    );
  }
  return (
    <li class={by} data-private={isPrivate}>
      {day}
      <p class="author">
        {author} {isPrivate && <strong>Private note </strong>}
        {time}
      </p>
      <p class="text">{text}</p>
      {isSeen && <p class="seen">Seen</p>}
    </li>
  );
}

function OnItsWay({ desk, message: { id, text, isPrivate, problem } }: { desk: Desk; message: Unsent }) {
  return (
    <li class="operator" data-private={isPrivate || undefined} data-unsent>
      <p class="author">{problem ? "Not sent" : "Sending…"}</p>
      <p class="text">{text}</p>
      {problem && (
        <>
          <p class="problem">{problem}</p>
          <div class="deeds">
            <button type="button" onClick={() => desk.retry(id)}>
              Try again
            </button>
            <button type="button" onClick={() => desk.discard(id)}>
              Discard
            </button>
          </div>
        </>
      )}
    </li>
  );
}
