/** A room as operators open it, and what they do in it. */
import type { ChatErrorCode } from "../../shared/chat-frames.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Operator, RoomCommand, RoomView } from "../services/live.ts";
import type { RoomKeeper } from "./room-keeper.ts";
import { obey } from "./room-operator.ts";
import { messageOf, type RoomState, summaryOf } from "./room-state.ts";
import { beginTurn } from "./room-turn.ts";

export const viewOf = ({ log }: RoomKeeper, state: RoomState, since: number, isVisitorThere: boolean): RoomView => ({
  room: summaryOf(state),
  status: state.status,
  messages: log.after(since).map(messageOf),
  isVisitorThere,
  read: state.read,
});

/** @returns the room after it, with what was said by it; `closed` for a room that is over. */
export async function command(
  keeper: RoomKeeper,
  now: number,
  by: Operator,
  asked: RoomCommand,
  isVisitorThere: boolean,
): Promise<Result<RoomView, ChatErrorCode>> {
  if (keeper.state === null) return fail("closed");
  const since = keeper.state.last;
  const view = () => ok(viewOf(keeper, keeper.state as RoomState, since, isVisitorThere));
  const author = { by: "operator" as const, operatorId: by.uuid };
  if (asked.kind === "say" && keeper.log.find(author, asked.id)) return view();
  const around = await keeper.around(await keeper.form(keeper.state.formId), keeper.state.languages);
  const before: RoomState = keeper.state;
  const turn = beginTurn(before, around, now);
  const refusal = obey(turn, by, asked);
  if (refusal !== null) return fail(refusal);
  if (asked.kind === "typing") tellTyping(keeper, before, by);
  else if (asked.kind === "read") tellRead(keeper, before, turn.state);
  else if (turn.said.length > 0) keeper.commit(turn, before);
  return view();
}

function tellTyping(keeper: RoomKeeper, state: RoomState, by: Operator): void {
  if (state.operator?.id !== by.id) return;
  keeper.sockets.tell([{ t: "typing" }]);
  keeper.tell([{ t: "typing", room: state.roomId, by: "operator" }]);
}

function tellRead(keeper: RoomKeeper, before: RoomState, state: RoomState): void {
  if (state.read.operator === before.read.operator) return;
  keeper.keep(state);
  keeper.sockets.tell([{ t: "read", seq: state.read.operator }]);
}
