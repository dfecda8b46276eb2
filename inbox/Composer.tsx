import { CHAT_TEXT_LIMIT_CHARS } from "../shared/limits.ts";
import type { Desk } from "./desk.ts";
import { NO_DRAFT } from "./sender.ts";
import type { Conversation } from "./state.ts";
import { nameOf } from "./words.ts";

const LINES_MOST = 8;

/** Where the operator writes. Enter sends, Shift and Enter break the line; while a word is composed Enter ends that. */
export function Composer({ desk, open }: { desk: Desk; open: Conversation }) {
  const { text, isPrivate } = desk.state.drafts.get(open.id) ?? NO_DRAFT;
  function press(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    desk.say();
  }
  function send(event: SubmitEvent) {
    event.preventDefault();
    desk.say();
  }
  return (
    <form class="composer" data-private={isPrivate || undefined} onSubmit={send}>
      <label class="unseen" for="words">
        {isPrivate ? "Private note" : `Message to ${nameOf(open.room)}`}
      </label>
      <textarea
        id="words"
        rows={Math.min(LINES_MOST, text.split("\n").length)}
        maxLength={CHAT_TEXT_LIMIT_CHARS}
        placeholder={isPrivate ? "A note that the visitor never sees" : "Write a message"}
        value={text}
        onInput={({ currentTarget }) => desk.draft({ text: currentTarget.value })}
        onKeyDown={press}
      />
      <label class="toggle">
        <input
          type="checkbox"
          checked={isPrivate}
          onChange={({ currentTarget }) => desk.draft({ isPrivate: currentTarget.checked })}
        />
        Private note
      </label>
      <button type="submit" class="strong">
        {isPrivate ? "Keep note" : "Send"}
      </button>
    </form>
  );
}
