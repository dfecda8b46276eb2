/** A room as the database is to have it. */
import type { RoomStatus } from "../../shared/chat-frames.ts";
import type { Actor } from "../domain/actor.ts";
import type { Talk } from "../domain/conversation.ts";
import type { TranscriptInput } from "../domain/transcript.ts";
import type { Visit } from "../domain/visit.ts";
import type { FormContext } from "../store/forms.ts";

/** A room at one moment. Times are milliseconds since 1970, UTC. */
export interface RoomSnapshot {
  roomId: string;
  /** Higher than that of every earlier snapshot. */
  version: number;
  form: FormContext;
  /** The uuid of the lead that the room may make: chosen once. */
  leadUuid: string;
  /** The uuid of the lead that is known to stand; it may be that of an earlier room of the visitor. */
  lead: string | null;
  status: Exclude<RoomStatus, "new">;
  operatorId: number | null;
  openedAt: number;
  /** Set where the status is `waiting`. */
  waitingSince: number | null;
  closedAt: number | null;
  /** null: Foyer itself. */
  closedBy: Actor | null;
  talk: Talk;
  /** The database has the answers already. */
  savedTalk: boolean;
  visit: Visit;
  locale: string | null;
  lastText: string;
  /** With `closed` only. */
  transcript: TranscriptInput | null;
}
