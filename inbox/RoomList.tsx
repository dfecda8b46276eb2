import type { Desk } from "./desk.ts";
import { type Group, groupsOf, sinceOf } from "./hear.ts";
import type { RoomEntry } from "./state.ts";
import { ago, nameOf, statusOf } from "./words.ts";

/** All rooms that are open, by who has to do something. Each is a link, so that the browser's way back works. */
export function RoomList({ desk }: { desk: Desk }) {
  const groups = groupsOf(desk.state);
  return (
    <div class="scroll">
      {groups.map(([group, entries]) => (
        <section key={group} aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`}>
            {group} <span class="count">{entries.length}</span>
          </h2>
          {entries.length > 0 && (
            <ul>
              {entries.map((entry) => (
                <Room key={entry.room.room} desk={desk} entry={entry} group={group} />
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  );
}

interface RoomProps {
  desk: Desk;
  entry: RoomEntry;
  group: Group;
}

function Room({ desk: { state }, entry, group }: RoomProps) {
  const { room, words, isUnread } = entry;
  const since = sinceOf(entry);
  return (
    <li>
      <a href={`#${room.room}`} aria-current={state.conversation?.id === room.room ? "true" : undefined}>
        <span class="name">
          {isUnread && (
            <span class="dot">
              <span class="unseen">Unread: </span>
            </span>
          )}
          {nameOf(room)}
        </span>
        <time dateTime={new Date(since).toISOString()}>{ago(since, state.now)}</time>
        <span class="words">{words ?? "…"}</span>
        {group === "Others" && <span class="status">{statusOf(room, false)}</span>}
        <span class="form">{room.form_name}</span>
      </a>
    </li>
  );
}
