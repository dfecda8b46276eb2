/** What a visitor's page finds in its room, and what each frame of it does, by whichever way it comes. */
import type { RoomFrame, VisitorFrame } from "../../shared/chat-frames.ts";
import type { FrameRefusal } from "../../shared/frame-checks.ts";
import { given } from "../domain/conversation.ts";
import { wellFormed } from "../domain/text.ts";
import { openRoom } from "../services/open-room.ts";
import { attempt, type Guest, idOf } from "./room-guest.ts";
import type { RoomKeeper } from "./room-keeper.ts";
import { clamp } from "./room-operator.ts";
import { messageFrame, newRoom, type RoomForm, type RoomState, stateFrame } from "./room-state.ts";
import { beginTurn, type Turn, welcome } from "./room-turn.ts";
import { hear, isSpeech, type Speech, speakerOf } from "./room-visitor.ts";

/** What a page finds: the room as it is, and every message that it has not seen. Stores nothing. */
export async function greet(keeper: RoomKeeper, now: number, guest: Guest, since: number): Promise<RoomFrame[]> {
  if (keeper.tombstone) return [{ t: "error", code: "closed" }];
  if (keeper.state === null) {
    const { turn } = await opening(keeper, now, guest);
    const unseen = turn.said.filter(({ seq }) => seq > since);
    return [stateFrame(turn.state, "new", turn.away), ...unseen.map(messageFrame)];
  }
  const { away } = await keeper.form.around(await keeper.form.load(keeper.state.formId), keeper.state.languages);
  const unseen = keeper.log.after(since).filter(({ isPrivate }) => !isPrivate);
  return [stateFrame(keeper.state, keeper.state.status, away), ...unseen.map(messageFrame)];
}

/** Never fails. @returns whether the next frame of the same sender may be taken: after a failure it is out of order. */
export async function take(
  keeper: RoomKeeper,
  now: number,
  guest: Guest,
  frame: VisitorFrame | FrameRefusal,
): Promise<boolean> {
  return (await attempt(guest, frame, () => takeFrame(keeper, now, guest, frame))) ?? false;
}

async function takeFrame(
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
  const changed = await keeper.change(now, (turn) => hear(turn, frame));
  guest.hear(changed?.turn.answers ?? [closed]);
  return true;
}

/** The room begins with what is said, unless that is refused, or the form has too many of them just now. */
async function open(keeper: RoomKeeper, now: number, guest: Guest, frame: Speech): Promise<boolean> {
  const { form, base, turn } = await opening(keeper, now, guest);
  const welcomed = turn.said.length;
  hear(turn, frame);
  guest.hear(turn.answers);
  if (turn.said.length === welcomed) return true;
  const { roomId, formId, organizationId, visit } = base;
  const { visitorId, ip } = visit;
  keeper.expectOpening({ roomId, formId, organizationId }, now);
  const opened = await openRoom(keeper.context(base), { form, roomId, visitorId, ip });
  if (opened.ok) {
    keeper.log.begin(form);
    keeper.commit(turn, base);
    return true;
  }
  keeper.log.keepOpening(null);
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
  const form = await keeper.form.load(visiting.formId);
  const around = await keeper.form.around(form, languages);
  const { roomId, formId } = visiting;
  const organizationId = form.organization.id;
  const leadUuid = keeper.newLeadId();
  const base = newRoom(
    { roomId, formId, formName: form.form.settings.name, organizationId, visit, languages, leadUuid },
    now,
  );
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
