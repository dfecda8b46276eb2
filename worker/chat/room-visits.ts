/** What comes from a visitor, by whichever way: who they are, what they find, and what each of their frames does. */
import type { FrameRefusal, RoomFrame, VisitorFrame } from "../../shared/chat-frames.ts";
import { given } from "../domain/conversation.ts";
import { wantedLanguages } from "../domain/form-language.ts";
import { wellFormed } from "../domain/text.ts";
import { openRoom } from "../services/open-room.ts";
import type { Hello, Visiting } from "../services/visitor-door.ts";
import type { RoomKeeper } from "./room-keeper.ts";
import { clamp } from "./room-operator.ts";
import { type Entry, messageFrame, newRoom, type RoomForm, type RoomState, stateFrame } from "./room-state.ts";
import { beginTurn, type Turn, welcome } from "./room-turn.ts";
import { hear, isSpeech, type Speech, speakerOf } from "./room-visitor.ts";

/** One of the visitor's pages. */
export interface Guest {
  visiting: Visiting;
  /** What it said of itself. */
  entry: () => Entry;
  hear: (frames: RoomFrame[]) => void;
}

export function entryOf({ visit, languages }: Visiting, hello: Hello | null): Entry {
  const { page, visitor, locale, given: known } = (wellFormed(hello) ?? {}) as Partial<Hello>;
  return {
    visit: {
      ...visit,
      visitorId: visitor || null,
      pageUrl: page?.url || visit.pageUrl,
      pageTitle: page?.title || null,
      referrer: page?.referrer || null,
    },
    languages: locale ? wantedLanguages(locale) : languages,
    given: known ?? {},
  };
}

/** The id of what a frame says, for an answer about it. */
export const idOf = (frame: VisitorFrame | FrameRefusal | null): { id?: string } =>
  typeof frame === "object" && frame !== null && "id" in frame ? { id: frame.id } : {};

/** What a page finds: the room as it is, and every message that it has not seen. Stores nothing. */
export async function greet(keeper: RoomKeeper, now: number, guest: Guest, since: number): Promise<RoomFrame[]> {
  if (keeper.tombstone) return [{ t: "error", code: "closed" }];
  if (keeper.state === null) {
    const { turn } = await opening(keeper, now, guest);
    const unseen = turn.said.filter(({ seq }) => seq > since);
    return [stateFrame(turn.state, "new", turn.away), ...unseen.map(messageFrame)];
  }
  const { away } = await keeper.around(await keeper.form(keeper.state.formId), keeper.state.languages);
  const unseen = keeper.log.after(since).filter(({ isPrivate }) => !isPrivate);
  return [stateFrame(keeper.state, keeper.state.status, away), ...unseen.map(messageFrame)];
}

/** @returns whether later frames of the same sender may be taken. */
export async function take(
  keeper: RoomKeeper,
  now: number,
  guest: Guest,
  frame: VisitorFrame | FrameRefusal,
): Promise<boolean> {
  const sent = typeof frame === "object" ? (wellFormed(frame) as VisitorFrame) : frame;
  if (typeof sent === "string" || sent.t === "hello") {
    guest.hear([{ t: "error", code: typeof sent === "string" ? sent : "malformed" }]);
    return true;
  }
  if (isSpeech(sent)) {
    // What was nothing but what no text can hold.
    const isEmpty = sent.id === "" || (sent.t === "say" && sent.text.trim() === "");
    if (!isEmpty) return takeSpeech(keeper, now, guest, sent);
    guest.hear([{ t: "error", code: "malformed", ...idOf(frame) }]);
  } else if (sent.t === "typing") tellTyping(keeper);
  else tellRead(keeper, sent.seq);
  return true;
}

async function takeSpeech(keeper: RoomKeeper, now: number, guest: Guest, frame: Speech): Promise<boolean> {
  const closed: RoomFrame = { t: "error", code: "closed", id: frame.id };
  if (keeper.state === null) {
    if (keeper.tombstone === null && frame.t !== "close") return open(keeper, now, guest, frame);
    guest.hear([closed]);
    return true;
  }
  const known = keeper.log.find({ by: speakerOf(frame) }, frame.id);
  if (known || keeper.state.status === "closed") {
    guest.hear([known ? messageFrame(known) : closed]);
    return true;
  }
  const around = await keeper.around(await keeper.form(keeper.state.formId), keeper.state.languages);
  const before: RoomState = keeper.state;
  const turn = beginTurn(before, around, now);
  hear(turn, frame);
  if (turn.said.length > 0) keeper.commit(turn, before);
  guest.hear(turn.answers);
  return true;
}

/** The room begins with what is said, unless that is refused, or the form has too many of them just now. */
async function open(keeper: RoomKeeper, now: number, guest: Guest, frame: Speech): Promise<boolean> {
  const { form, base, turn } = await opening(keeper, now, guest);
  const welcomed = turn.said.length;
  hear(turn, frame);
  guest.hear(turn.answers);
  if (turn.said.length === welcomed) return true;
  const { roomId, visit } = base;
  const { visitorId, ip } = visit;
  const opened = await openRoom(keeper.context(base), { form, roomId, visitorId, ip });
  if (opened.ok) {
    keeper.log.begin(form);
    keeper.commit(turn, base);
    return true;
  }
  if (opened.failure.kind === "closed") {
    await keeper.forget(base.organizationId);
    guest.hear([{ t: "error", code: "closed", id: frame.id }]);
  } else {
    const retry = opened.failure.retryAfterSeconds * 1000;
    guest.hear([{ t: "error", code: "rate-limited", id: frame.id, retry_ms: retry }]);
  }
  return false;
}

/** A room with nothing but its welcome. */
async function opening(
  keeper: RoomKeeper,
  now: number,
  { visiting, entry }: Guest,
): Promise<{ form: RoomForm; base: RoomState; turn: Turn }> {
  const { visit, languages, given: known } = entry();
  const form = await keeper.form(visiting.formId);
  const around = await keeper.around(form, languages);
  const { roomId, formId } = visiting;
  const organizationId = form.organization.id;
  const leadUuid = keeper.newLeadId();
  const base = newRoom({ roomId, formId, organizationId, visit, languages, leadUuid }, now);
  const turn = beginTurn(base, around, now);
  if (Object.keys(known).length > 0) turn.state.talk = given(around.settings, base.talk, known);
  welcome(turn);
  return { form, base, turn };
}

function tellTyping(keeper: RoomKeeper): void {
  const { state } = keeper;
  if (state && state.status !== "closed") keeper.tell([{ t: "typing", room: state.roomId, by: "visitor" }]);
}

function tellRead(keeper: RoomKeeper, seq: number): void {
  const { state } = keeper;
  if (state === null) return;
  const visitor = clamp(seq, state.read.visitor, state.last);
  if (visitor === state.read.visitor) return;
  keeper.keep({ ...state, read: { ...state.read, visitor } });
  keeper.tell([{ t: "read", room: state.roomId, seq: visitor }]);
}
