/**
 * What a room remembers, and how each side sees it. Everything but the messages is one value, replaced as a whole: a
 * room that wakes up reads it, and goes on where it was.
 */
import type { ChatMessage, RoomFrame, RoomStatus, RoomSummary } from "../../shared/chat-frames.ts";
import { NO_TALK, type Talk } from "../domain/conversation.ts";
import type { FormSettings } from "../domain/form.ts";
import type { TranscriptInput } from "../domain/transcript.ts";
import type { Visit } from "../domain/visit.ts";
import type { Operator } from "../services/live.ts";
import type { RoomSnapshot } from "../services/room-snapshot.ts";

/** The form of a room, with its organization. */
export type RoomForm = RoomSnapshot["form"];

/** A message with what only the transcript tells. */
export interface StoredMessage extends ChatMessage {
  /** The operator's UUID. */
  operatorId?: string;
  /** Said before the visitor had said anything. */
  isWelcome?: true;
}

/** What a connection said of itself before the room was opened. */
export interface Entry {
  visit: Visit;
  languages: string[];
  given: Record<string, string | boolean>;
}

export interface RoomState {
  roomId: string;
  formId: string;
  /** As it was when the room last saw the form. */
  formName: string;
  organizationId: number;
  visit: Visit;
  languages: string[];
  status: Exclude<RoomStatus, "new">;
  operator: Operator | null;
  /** Since when a person is waited for; null unless the status says so. */
  waitingSince: number | null;
  /** The visitor has asked for a person. */
  hasCalled: boolean;
  talk: Talk;
  /** The field that the bot asked for last; null where nothing is left. */
  asked: string | null;
  isThanked: boolean;
  /** The number of the last message, and the bytes of all texts as JSON has them. */
  last: number;
  bytes: number;
  lastText: string;
  read: { visitor: number; operator: number };
  openedAt: number;
  lastAt: number;
  closedAt: number | null;
  closedBy: "visitor" | "system" | Operator | null;
  /** The lead's id, if this room is the one that makes it. */
  leadUuid: string;
  lead: { uuid: string; person: { name: string | null; email: string | null; phone: string | null } } | null;
  /** Counts what the database is to know of, and how far it does. */
  version: number;
  savedVersion: number;
  isTalkSaved: boolean;
}

export function newRoom(
  made: Pick<RoomState, "roomId" | "formId" | "formName" | "organizationId" | "visit" | "languages" | "leadUuid">,
  now: number,
): RoomState {
  return {
    ...made,
    ...{
      status: "guided",
      operator: null,
      waitingSince: null,
      hasCalled: false,
      talk: NO_TALK,
      asked: null,
      isThanked: false,
    },
    ...{ last: 0, bytes: 0, lastText: "", read: { visitor: 0, operator: 0 } },
    ...{ openedAt: now, lastAt: now, closedAt: null, closedBy: null, lead: null },
    ...{ version: 0, savedVersion: 0, isTalkSaved: true },
  };
}

export const isDirty = (state: RoomState): boolean => state.version > state.savedVersion;

/** @param status `new` for a room that has nothing but its welcome yet. */
export function stateFrame(
  state: RoomState,
  status: RoomStatus,
  away: { until: number | null } | null,
): Extract<RoomFrame, { t: "state" }> {
  const isAsking = status !== "talking" && status !== "closed" && state.asked !== null;
  return {
    t: "state",
    room: state.roomId,
    status,
    last: state.last,
    read: state.read.operator,
    ...(isAsking && state.asked !== null ? { ask: state.asked } : {}),
    ...(status === "talking" && state.operator ? { operator: state.operator.name } : {}),
    ...(away ? { away: away.until === null ? {} : { until: away.until } } : {}),
  };
}

export function summaryOf(state: RoomState): RoomSummary {
  const { operator, lead } = state;
  return {
    room: state.roomId,
    form: state.formId,
    form_name: state.formName,
    status: state.status,
    operator: operator && { id: operator.uuid, name: operator.name },
    opened_at: state.openedAt,
    waiting_since: state.waitingSince,
    closed_at: state.closedAt,
    lead: lead?.uuid ?? null,
    name: lead?.person.name ?? null,
    email: lead?.person.email ?? null,
    phone: lead?.person.phone ?? null,
  };
}

/** Without what is for the transcript. */
export function messageOf({ operatorId: _id, isWelcome: _welcome, ...message }: StoredMessage): ChatMessage {
  return message;
}

export const messageFrame = (message: StoredMessage): RoomFrame => ({ t: "message", ...messageOf(message) });

/** What the bot of a form is called where transcripts name authors. */
const BOT = "bot";

/** The whole conversation, as the database keeps it. */
export function transcriptOf(state: RoomState, messages: StoredMessage[]): TranscriptInput {
  return messages.map((message) => {
    const { seq, at, text, id = null } = message;
    const common = { seq, at, text, visibility: message.isPrivate ? ("agents" as const) : ("all" as const) };
    if (message.by === "system") {
      return { ...common, kind: "system" as const, type: message.type ?? "", textVars: message.vars ?? {} };
    }
    const author =
      message.by === "visitor"
        ? { kind: "visitor" as const, id: state.visit.visitorId ?? state.roomId }
        : message.by === "operator"
          ? { kind: "operator" as const, id: message.operatorId ?? "" }
          : { kind: "bot" as const, id: BOT };
    return { ...common, kind: "message" as const, author, customId: id, isWelcome: message.isWelcome === true };
  });
}

/** The language in which the form was read, where its owner has said which it is. */
export const localeOf = (settings: FormSettings): string | null => settings.locale ?? null;
