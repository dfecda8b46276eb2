/** What the operators' page makes of the news that it hears, in any order, twice, and while lists are on their way. */
import { describe, expect, it } from "vitest";
import { groupsOf, hear, look, takeLists } from "../../../inbox/hear.ts";
import { newConversation, newState, type State } from "../../../inbox/state.ts";
import type { ChatMessage, RoomSummary } from "../../../shared/chat-frames.ts";

const NOW = Date.UTC(2026, 0, 1);
const ME = { id: "me", name: "Ines" };
const room = (id: string, change: Partial<RoomSummary> = {}): RoomSummary => ({
  room: id,
  form: "form",
  form_name: "Contact",
  status: "waiting",
  operator: null,
  opened_at: NOW,
  waiting_since: change.status === undefined || change.status === "waiting" ? NOW : null,
  closed_at: null,
  lead: null,
  name: null,
  email: null,
  phone: null,
  ...change,
});
const said = (seq: number, by: ChatMessage["by"] = "visitor", id?: string): ChatMessage => ({
  seq,
  at: NOW + seq,
  by,
  id,
  text: `${seq}`,
});
const lead = (id: string) => ({ id, category: "forms", name: null, received_at: NOW });

function desk(): State {
  const state = newState(NOW);
  state.me = { user: { ...ME, role: "agent" }, organization: { id: "o", name: "O" }, csrf: "" };
  return state;
}
function deskWithOpen(id: string): State & { conversation: NonNullable<State["conversation"]> } {
  const conversation = { ...newConversation(id, room(id)), phase: "shown" as const };
  return Object.assign(desk(), { conversation, rooms: new Map([[id, { room: room(id), at: NOW, isUnread: false }]]) });
}
const seqs = (state: State) => state.conversation?.messages.map(({ seq }) => seq);
const view = (messages: ChatMessage[]) => ({ room: room("a"), messages, is_visitor_there: true, read: { visitor: 0 } });

describe("messages of the open room", () => {
  it("stand there once and in their order, whatever is told again", () => {
    const state = deskWithOpen("a");
    for (const seq of [1, 2, 2, 1, 3]) hear(state, { t: "message", room: "a", message: said(seq) }, true);
    expect(seqs(state)).toEqual([1, 2, 3]);
  });

  it("after a gap wait until it is filled", () => {
    const state = deskWithOpen("a");
    expect(hear(state, { t: "message", room: "a", message: said(2) }, true)).toBe("behind");
    expect(seqs(state)).toEqual([]);
    expect(look(state, state.conversation, view([said(1), said(2), said(3)]))).toBeUndefined();
    expect(look(state, state.conversation, view([said(3), said(5)]))).toBe("behind");
    expect(seqs(state)).toEqual([1, 2, 3]);
  });

  it("take the place of what was on its way under the same id, and of nothing else", () => {
    const state = deskWithOpen("a");
    state.unsent.set("a", [
      { id: "x", text: "1", isPrivate: false },
      { id: "y", text: "2", isPrivate: false },
    ]);
    hear(state, { t: "message", room: "a", message: said(1, "visitor", "y") }, true);
    hear(state, { t: "message", room: "a", message: said(2, "operator", "x") }, true);
    expect(state.unsent.get("a")?.map(({ id }) => id)).toEqual(["y"]);
  });

  it("that only operators see are known as such, however they come", () => {
    const state = deskWithOpen("a");
    look(state, state.conversation, { ...view([]), messages: [{ ...said(1, "operator"), is_private: true }] });
    expect(state.conversation.messages[0]?.isPrivate).toBe(true);
  });

  it("end what was said of somebody who writes, but not of somebody else", () => {
    const state = deskWithOpen("a");
    hear(state, { t: "typing", room: "a", by: "visitor" }, true);
    hear(state, { t: "message", room: "a", message: said(1, "operator") }, true);
    expect(state.conversation.typing?.by).toBe("visitor");
    hear(state, { t: "message", room: "a", message: said(2) }, true);
    expect(state.conversation.typing).toBeUndefined();
  });
});

describe("rooms", () => {
  it("are unread when a visitor wrote unseen: in another room, or while the page is hidden", () => {
    const state = deskWithOpen("a");
    hear(state, { t: "room", room: room("b", { status: "guided" }) }, true);
    const unread = () => [...state.rooms.values()].filter(({ isUnread }) => isUnread).map((entry) => entry.room.room);
    hear(state, { t: "message", room: "a", message: said(1) }, true);
    hear(state, { t: "message", room: "b", message: said(1, "bot") }, true);
    expect(unread()).toEqual([]);
    hear(state, { t: "message", room: "b", message: said(2) }, true);
    expect(unread()).toEqual(["b"]);
    hear(state, { t: "message", room: "a", message: said(2) }, false);
    expect(unread()).toEqual(["a", "b"]);
  });

  it("that wait are told of once, the longest wait first", () => {
    const state = desk();
    hear(state, { t: "room", room: room("a", { waiting_since: NOW + 5, name: "Ada" }) }, true);
    expect(state.said).toBe("Ada waits for somebody.");
    state.said = "";
    hear(state, { t: "room", room: room("a", { waiting_since: NOW + 5, name: "Ada Rey" }) }, true);
    expect(state.said).toBe("");
    hear(state, { t: "room", room: room("b", { opened_at: NOW + 9 }) }, true);
    hear(state, { t: "room", room: room("c", { status: "talking", operator: ME }) }, true);
    hear(state, { t: "room", room: room("d", { status: "talking", operator: { id: "x", name: "X" } }) }, true);
    const listed = groupsOf(state).map(([group, entries]) => [group, entries.map((entry) => entry.room.room)]);
    expect(listed).toEqual([
      ["Waiting", ["b", "a"]],
      ["Mine", ["c"]],
      ["Others", ["d"]],
    ]);
  });

  it("that end leave the lists, and what is open of them stays to be read", () => {
    const state = deskWithOpen("a");
    hear(state, { t: "room", room: room("a", { status: "closed" }) }, true);
    expect(state.rooms.size).toBe(0);
    expect(state.conversation.room?.status).toBe("closed");
  });
});

describe("lists that were on their way", () => {
  it("are older than what was heard meanwhile, and newer than all else", () => {
    const state = desk();
    for (const id of ["gone", "ended", "kept"]) hear(state, { t: "room", room: room(id) }, true);
    for (const id of ["gone", "sorted"]) hear(state, { t: "lead", lead: lead(id) }, true);
    hear(state, { t: "room", room: room("ended", { status: "closed" }) }, true);
    hear(state, { t: "room", room: room("kept", { name: "Newer" }) }, true);
    hear(state, { t: "sorted", lead: "sorted" }, true);
    hear(state, { t: "lead", lead: lead("new") }, true);
    const heard = new Set(["ended", "kept", "sorted", "new"]);
    takeLists(state, [room("ended"), room("kept"), room("fetched")], [lead("sorted"), lead("fetched")], heard);
    expect([...state.rooms.keys()].sort()).toEqual(["fetched", "kept"]);
    expect(state.rooms.get("kept")?.room.name).toBe("Newer");
    expect([...state.leads.keys()].sort()).toEqual(["fetched", "new"]);
  });
});
