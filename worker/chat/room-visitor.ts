/** What a visitor's frames make of a room that is open, or that opens with them. */
import type { VisitorFrame } from "../../shared/chat-frames.ts";
import { answered, notInNow } from "../domain/conversation.ts";
import { end, note, pose, say, type Turn } from "./room-turn.ts";

/** What says something: it opens a new room, and is stored once for each id. */
export type Speech = Extract<VisitorFrame, { t: "say" | "answer" | "call" | "close" }>;

export const isSpeech = (frame: VisitorFrame): frame is Speech =>
  frame.t === "say" || frame.t === "answer" || frame.t === "call" || frame.t === "close";

/** As whose id the frame's is kept. */
export const speakerOf = (frame: Speech): "visitor" | "system" =>
  frame.t === "say" || frame.t === "answer" ? "visitor" : "system";

/** Takes what the visitor says. The turn says nothing where an answer is refused. */
export function hear(turn: Turn, frame: Speech): void {
  if (frame.t === "answer") answer(turn, frame);
  else if (frame.t === "call") call(turn, frame.id);
  else if (frame.t === "close") end(turn, "visitor", frame.id);
  else say(turn, { by: "visitor", id: frame.id, text: frame.text });
}

function answer(turn: Turn, { id, field, value }: Extract<Speech, { t: "answer" }>): void {
  const { state, settings } = turn;
  const taken = answered(settings, state.talk, field, value);
  if (!taken.ok) {
    turn.answers.push({ t: "problem", id, field, code: taken.failure });
    return;
  }
  state.talk = taken.value.talk;
  say(turn, { by: "visitor", id, text: taken.value.text, field });
  pose(turn);
}

/** Nobody is called who is not in: the visitor hears when somebody will be. */
function call(turn: Turn, id: string): void {
  const { state, away, settings } = turn;
  note(turn, "call", { id });
  state.hasCalled = true;
  if (state.status !== "guided") return;
  if (away === null) state.status = "waiting";
  else say(turn, { by: "bot", text: notInNow(state.languages, away, settings) });
}
