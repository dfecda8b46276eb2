/** What frames and answers make of the state. Pure but for the state that they are handed. */
import type { ChatMessage, InboxFrame, RoomSummary } from "../shared/chat-frames.ts";
import type { Conversation, RoomEntry, State, WaitingLead } from "./state.ts";
import { messageOf, type RoomBody } from "./wire.ts";

/** Somebody who writes says so every few seconds. */
const TYPING_MS = 6_000;

/**
 * Takes one frame in.
 * @param isSeen whether the open room is before the operator's eyes.
 * @returns `behind` where messages of the open room are missing, and have to be fetched.
 */
export function hear(state: State, frame: InboxFrame, isSeen: boolean): "behind" | undefined {
  const open = state.conversation;
  switch (frame.t) {
    case "welcome":
    case "online":
      state.online = new Set(frame.t === "welcome" ? frame.online : frame.users);
      return;
    case "room":
      return hearRoom(state, frame.room);
    case "message":
      return hearMessage(state, frame.room, frame.message, isSeen);
    case "typing":
      if (open?.id === frame.room && !(frame.by === "operator" && isMine(state, open.room))) {
        open.typing = { by: frame.by, until: state.now + TYPING_MS };
      }
      return;
    case "read":
      if (open?.id === frame.room) open.read = Math.max(open.read, frame.seq);
      return;
    case "present":
      if (open?.id === frame.room) open.isVisitorThere = frame.isThere;
      return;
    case "lead":
      state.leads.set(frame.lead.id, frame.lead);
      return;
    case "sorted":
      state.leads.delete(frame.lead);
      state.leadProblems.delete(frame.lead);
  }
  return;
}

export const isMine = ({ me }: State, room: RoomSummary | undefined): boolean =>
  room?.operator != null && room.operator.id === me?.user.id && room.status !== "closed";

export function hearRoom(state: State, room: RoomSummary): undefined {
  const before = state.rooms.get(room.room);
  if (state.conversation?.id === room.room) state.conversation.room = room;
  if (room.status === "closed") {
    state.rooms.delete(room.room);
    return;
  }
  const isNews = room.status === "waiting" && before?.room.status !== "waiting";
  state.rooms.set(room.room, {
    ...(before ?? { at: room.opened_at }),
    room,
    isUnread: (before?.isUnread ?? false) || (isNews && state.conversation?.id !== room.room),
  });
  if (isNews) state.said = `${room.name ?? "A visitor"} waits for somebody.`;
}

function hearMessage(state: State, id: string, message: ChatMessage, isSeen: boolean): "behind" | undefined {
  const open = state.conversation?.id === id ? state.conversation : undefined;
  const entry = state.rooms.get(id);
  if (entry && message.by !== "system") {
    Object.assign(entry, { words: message.text, at: message.at });
    if (message.by === "visitor" && !(open && isSeen)) entry.isUnread = true;
  }
  if (open?.phase !== "shown") return;
  return add(state, open, [message]);
}

export const lastOf = ({ messages }: Conversation): number => messages.at(-1)?.seq ?? 0;

/**
 * What the open room looks like now, by an answer of the server, whose messages may begin after any number.
 * @returns `behind` where some are missing before them.
 */
export function look(state: State, open: Conversation, body: RoomBody): "behind" | undefined {
  open.phase = "shown";
  open.isVisitorThere = body.is_visitor_there;
  open.read = Math.max(open.read, body.read.visitor);
  hearRoom(state, body.room);
  const behind = add(state, open, body.messages.map(messageOf));
  const last = open.messages.findLast(({ by }) => by !== "system");
  const entry = state.rooms.get(open.id);
  if (entry && last) Object.assign(entry, { words: last.text, at: last.at });
  return behind;
}

/** Numbers of operators have no gaps: what comes after one waits until the gap is filled. */
function add(state: State, open: Conversation, messages: ChatMessage[]): "behind" | undefined {
  let isBehind = false;
  for (const message of messages) {
    const last = lastOf(open);
    if (message.seq > last + 1) isBehind = true;
    if (message.seq !== last + 1) continue;
    open.messages = [...open.messages, message];
    if (message.by === open.typing?.by) open.typing = undefined;
    const unsent = state.unsent.get(open.id);
    if (unsent && message.by === "operator") {
      state.unsent.set(
        open.id,
        unsent.filter(({ id }) => id !== message.id),
      );
    }
  }
  return isBehind ? "behind" : undefined;
}

/**
 * Puts lists that were fetched in the place of the known ones. What was heard of while they were on their way is newer
 * than they are, and stays as it is.
 * @param heard ids of rooms and leads.
 */
export function takeLists(state: State, rooms: RoomSummary[], leads: WaitingLead[], heard: ReadonlySet<string>): void {
  const before = state.rooms;
  state.rooms = new Map([...before].filter(([id]) => heard.has(id)));
  for (const room of rooms) {
    if (heard.has(room.room)) continue;
    const entry: RoomEntry = before.get(room.room) ?? { room, at: room.opened_at, isUnread: false };
    state.rooms.set(room.room, { ...entry, room });
  }
  state.leads = new Map([...state.leads].filter(([id]) => heard.has(id)));
  for (const lead of leads) if (!heard.has(lead.id)) state.leads.set(lead.id, lead);
}

/** What a frame is about, where lists have it. */
export function subjectOf(frame: InboxFrame): string | undefined {
  if (frame.t === "room") return frame.room.room;
  if (frame.t === "lead") return frame.lead.id;
  return frame.t === "sorted" ? frame.lead : undefined;
}

export type Group = "Waiting" | "Mine" | "Others";

/** Since when somebody waits there; else when something was last said. */
export const sinceOf = ({ room, at }: RoomEntry): number => room.waiting_since ?? at;

/** The rooms as they are listed: who waits longest first, then where something was said last. */
export function groupsOf(state: State): [Group, RoomEntry[]][] {
  const groups: Record<Group, RoomEntry[]> = { Waiting: [], Mine: [], Others: [] };
  for (const entry of state.rooms.values()) {
    const { status } = entry.room;
    groups[isMine(state, entry.room) ? "Mine" : status === "waiting" ? "Waiting" : "Others"].push(entry);
  }
  groups.Waiting.sort((a, b) => sinceOf(a) - sinceOf(b));
  for (const group of [groups.Mine, groups.Others]) group.sort((a, b) => b.at - a.at);
  return Object.entries(groups) as [Group, RoomEntry[]][];
}
