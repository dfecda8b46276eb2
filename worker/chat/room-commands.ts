/** A room as operators open it, and what they do in it. */
import type { ChatErrorCode } from "../../shared/chat-frames.ts";
import { logError } from "../api/http/log.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Operator, RoomCommand, RoomView } from "../services/live.ts";
import type { RoomKeeper } from "./room-keeper.ts";
import { obey } from "./room-operator.ts";
import { messageOf, type RoomState, summaryOf } from "./room-state.ts";

export const viewOf = ({ log }: RoomKeeper, state: RoomState, since: number, isVisitorThere: boolean): RoomView => ({
  room: summaryOf(state),
  status: state.status,
  messages: log.after(since).map(messageOf),
  isVisitorThere,
  read: state.read,
});

/** @returns the room after it, with what was said by it; `closed` for a room that is over. Never fails. */
export async function command(...asked: Parameters<typeof obeyed>): ReturnType<typeof obeyed> {
  try {
    return await obeyed(...asked);
  } catch (error) {
    logError(error, { method: "RPC", route: "ChatRoom.command" });
    return fail("unavailable");
  }
}

async function obeyed(
  keeper: RoomKeeper,
  now: number,
  by: Operator,
  asked: RoomCommand,
  isVisitorThere: boolean,
): Promise<Result<RoomView, ChatErrorCode>> {
  if (keeper.state === null) return fail("closed");
  const since = keeper.state.last;
  const view = () => (keeper.state ? ok(viewOf(keeper, keeper.state, since, isVisitorThere)) : fail("closed" as const));
  const author = { by: "operator" as const, operatorId: by.uuid };
  if (asked.kind === "say" && keeper.log.find(author, asked.id)) return view();
  let refusal: ReturnType<typeof obey> = null;
  const changed = await keeper.change(now, (turn) => {
    refusal = obey(turn, by, asked);
  });
  if (changed === null) return fail("closed");
  if (refusal !== null) return fail(refusal);
  if (asked.kind === "typing") tellTyping(keeper, changed.before, by);
  else if (asked.kind === "read") tellRead(keeper, changed.before, changed.turn.state);
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
