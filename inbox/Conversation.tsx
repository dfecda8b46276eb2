import { Composer } from "./Composer.tsx";
import type { Desk } from "./desk.ts";
import { moveTo } from "./focus.ts";
import { isMine } from "./hear.ts";
import { Messages } from "./Messages.tsx";
import type { Conversation } from "./state.ts";
import { nameOf, statusOf, timeOf } from "./words.ts";

interface Props {
  desk: Desk;
  open: Conversation;
}

/** The open room: who it is, what can be done, what was said, and where to write. */
export function ConversationView({ desk, open }: Props) {
  const { room, phase, problem } = open;
  const mine = isMine(desk.state, room);
  return (
    <article aria-labelledby="who">
      <div class="head">
        <a class="back" href="#lists">
          <span aria-hidden="true">←</span> Lists
        </a>
        <h2 id="who" tabIndex={-1}>
          {nameOf(room)}
        </h2>
        {room && (
          <p class="presence" data-there={open.isVisitorThere}>
            {statusOf(room, mine)}
            {room.status !== "closed" && (open.isVisitorThere ? " · on the page" : " · has left the page")}
          </p>
        )}
        <Deeds desk={desk} open={open} />
      </div>
      <Details open={open} />
      {problem && (
        <p class="refusal" role="alert">
          {problem}
        </p>
      )}
      {phase === "loading" && <p class="hint">Loading…</p>}
      {phase === "gone" && <p class="hint">This conversation is no longer there.</p>}
      {phase === "unavailable" && (
        <p class="hint">This conversation cannot be shown just now. It will be tried again.</p>
      )}
      {phase === "shown" && <Messages desk={desk} open={open} />}
      {mine ? <Composer desk={desk} open={open} /> : <Rest open={open} />}
    </article>
  );
}

function Rest({ open: { room, phase } }: { open: Conversation }) {
  if (phase !== "shown" || !room) return null;
  if (room.status === "closed") return <p class="hint">This conversation has ended.</p>;
  return <p class="hint">{room.operator ? `${room.operator.name} has this conversation.` : "Join to write."}</p>;
}

/** What the operator may do in the room as it is. */
function Deeds({ desk, open }: Props) {
  const { state } = desk;
  const { room } = open;
  if (!room || room.status === "closed") return null;
  const mine = isMine(state, room);
  const isBusy = state.doing.has(open.id);
  // A button that did its work is gone, and so would be the focus.
  const then = (done: Promise<void>) => done.then(() => moveTo("#words", "#who"));
  function ask(what: "hand-over" | "close") {
    state.asking = what;
    desk.draw();
  }
  return (
    <div class="deeds">
      {!room.operator && (
        <button type="button" class="strong" aria-disabled={isBusy} onClick={() => then(desk.join())}>
          Join
        </button>
      )}
      {mine && (
        <button type="button" aria-disabled={isBusy} onClick={() => then(desk.leave())}>
          Leave
        </button>
      )}
      {(mine || (room.operator && state.me?.user.role === "admin")) && (
        <button type="button" aria-disabled={isBusy} onClick={() => ask("hand-over")}>
          Hand over…
        </button>
      )}
      {mine && (
        <button type="button" aria-disabled={isBusy} onClick={() => ask("close")}>
          Close…
        </button>
      )}
    </div>
  );
}

function Details({ open: { room } }: { open: Conversation }) {
  if (!room) return null;
  const known: [string, string | null][] = [
    ["E-mail", room.email],
    ["Phone", room.phone],
    ["Form", room.form_name],
    ["Began", timeOf(room.opened_at)],
    ["Waits since", room.waiting_since === null ? null : timeOf(room.waiting_since)],
  ];
  return (
    <dl>
      {known.map(
        ([what, value]) =>
          value && (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
