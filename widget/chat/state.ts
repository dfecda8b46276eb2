/** What a chat is made of while a visitor has it, and who does what to it. */
import type { Answer } from "../../shared/answers.ts";
import type { ChatMessage } from "../../shared/chat-frames.ts";
import type { PublicField } from "../../shared/lead-fields.ts";
import type { Sender } from "../form/state.ts";
import type { Deed, Doing, Pending } from "./kept.ts";
import type { Line } from "./line.ts";
import type { ChatTexts } from "./locales/en.ts";
import type { Room } from "./room.ts";

/** A line of the log; `waiting` is there until it has arrived. */
export type Shown = ChatMessage & { waiting?: Pending };

/** The visitor's place in a room, from the first thing said to the end, over pages and lost connections. */
export interface Stay {
  readonly room: Room;
  /** In the order in which it was done. */
  readonly pending: Set<Pending>;
  /** The last connection was lost, and there is no other yet. */
  isOffline: boolean;
  readonly line: Line;
  /** All is there that a room asks a page for: from now on it connects where there is a reason to. */
  start(): void;
  /** The network is back, or the visitor looks, or looks away. */
  wake(): void;
  /** Does it, here at once, and in the room as soon as that can be had. */
  act(what: Doing): void;
  /** What of it has arrived waits no more. */
  settle(hasArrived: (deed: Deed) => boolean): void;
  /** The room has ended. What it did not hear goes on in another. */
  end(): void;
  /** What is in sight is seen, here and for the operators. */
  look(): void;
  /** Somebody else has said it, and the visitor was not there. */
  isUnseen(message: ChatMessage): boolean;
  /** A new room after one that has ended. */
  renew(): void;
}

/** What the view shows of a chat, and what the visitor can do there. */
export interface Chat extends Sender, Stay {
  /** The chat's own; what it shares with forms stands in theirs. */
  texts: ChatTexts;
  /** What was said, also in rooms that have ended since the page came, and what has yet to arrive. */
  shown(): Shown[];
  /** The question that the visitor is at, by the room or by their own choice; without one they say what they like. */
  field(): PublicField | undefined;
  /** To a question, or to what was answered. Undefined leaves it out. */
  answer(field: PublicField, value: Answer | undefined): void;
  /** Turns to a field, to free words with an empty name, or back to what is asked. */
  turnTo(name?: string): void;
  /** Says what is wrong with an answer, where it can be mended. */
  refuse(field: PublicField | undefined, code: string): void;
  /** Offers again what was refused. */
  again(pending: Pending): void;
}
