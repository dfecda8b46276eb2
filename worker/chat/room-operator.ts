/** What an operator's commands make of a room. One operator has it at a time; administrators may give any to somebody. */
import type { ChatErrorCode } from "../../shared/chat-frames.ts";
import type { Operator, RoomCommand } from "../services/live.ts";
import { end, note, pose, say, type Turn } from "./room-turn.ts";

type Refusal = Extract<ChatErrorCode, "conflict" | "closed"> | null;

/** @returns why nothing happens; null where it is done, or was already. */
export function obey(turn: Turn, by: Operator, command: RoomCommand): Refusal {
  const { state } = turn;
  if (state.status === "closed") return command.kind === "close" ? null : "closed";
  const isTheirs = state.operator?.id === by.id;
  switch (command.kind) {
    case "join":
      return state.operator && !isTheirs ? "conflict" : isTheirs ? null : give(turn, by, "joined");
    case "leave":
      if (state.operator === null) return null;
      return isTheirs ? leave(turn, by) : "conflict";
    case "hand-over":
      return handOver(turn, by, command.to);
    case "say":
      if (!isTheirs && !command.isPrivate) return "conflict";
      say(turn, {
        ...{ by: "operator", operatorId: by.uuid, name: by.name, id: command.id, text: command.text },
        ...(command.isPrivate ? { isPrivate: true } : {}),
      });
      return null;
    case "close":
      // A room that nobody has may be ended by anyone, one of a colleague's by administrators only.
      if (state.operator && !isTheirs && !by.isAdministrator) return "conflict";
      end(turn, by);
      return null;
    case "read":
      // What somebody else looks at, the visitor's partner has not read.
      if (isTheirs) state.read = { ...state.read, operator: clamp(command.seq, state.read.operator, state.last) };
      return null;
    case "typing":
      return null;
  }
}

/** @returns the number, not before where one was and not after what there is. */
export const clamp = (seq: number, least: number, most: number): number => Math.min(Math.max(seq, least), most);

function give(turn: Turn, to: Operator, type: "joined" | "handed-over"): null {
  turn.state.operator = to;
  turn.state.status = "talking";
  note(turn, type, { name: to.name });
  return null;
}

/** The bot goes on; where the visitor has asked for a person, they wait for one again. */
function leave(turn: Turn, by: Operator): null {
  note(turn, "left", { name: by.name });
  return alone(turn, turn.state.hasCalled ? "waiting" : "guided");
}

function handOver(turn: Turn, by: Operator, to: Operator | null): Refusal {
  const { state } = turn;
  // Done before: the answer was lost.
  if (to === null ? state.operator === null && state.status === "waiting" : state.operator?.id === to.id) return null;
  if (state.operator?.id !== by.id && !by.isAdministrator) return "conflict";
  if (to !== null) return give(turn, to, "handed-over");
  note(turn, "handed-over");
  return alone(turn, "waiting");
}

function alone(turn: Turn, status: "guided" | "waiting"): null {
  turn.state.operator = null;
  turn.state.status = status;
  // What was asked before they talked is far up by now.
  turn.state.asked = null;
  pose(turn);
  return null;
}
