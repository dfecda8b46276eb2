/**
 * What travels in a chat, one union a direction: between a visitor and their room, and between an operator and the inbox
 * of the organization. Each frame is one JSON object, told apart by `t`; sockets carry one a message, polling carries
 * them in arrays. Both sides read a frame by the parsers below before they look at anything in it.
 *
 * Imports limits only, and checks by hand: half of it is in the visitor's page. Times are milliseconds since 1970, UTC.
 */
import {
  CHAT_FRAME_LIMIT_CHARS,
  CHAT_ID_LIMIT_CHARS,
  CHAT_TEXT_LIMIT_CHARS,
  FORM_FIELDS_LIMIT,
  LANGUAGE_TAG_LIMIT_CHARS,
  LONG_ANSWER_LIMIT_CHARS,
  NAME_LIMIT_CHARS,
  PAGE_TITLE_LIMIT_CHARS,
  URL_LIMIT_CHARS,
  VISITOR_ID_LIMIT_CHARS,
} from "./limits.ts";

/** The subprotocol of both sockets. A visitor's second offer is the room's token, which no address ever carries. */
export const CHAT_PROTOCOL = "foyer.chat.v1";
/** 32 random bytes in base64url, made by the visitor's page. */
export const ROOM_TOKEN = /^[\w-]{43}$/;
/** Texts beside the frames, answered without waking anybody. */
export const PING = "ping";
export const PONG = "pong";

/** Why a socket was closed by the server. */
export const CLOSE_CODES = {
  /** The operator's credentials are no longer in force. */
  unauthenticated: 4401,
  /** Too many frames, too fast, after errors that said so. */
  rateLimited: 4429,
} as const;

/**
 * - `new`: nothing has been said; nothing is stored anywhere.
 * - `guided`: the form's questions are asked by the room itself.
 * - `waiting`: for a person; the questions go on meanwhile.
 * - `talking`: with an operator, and no question is asked.
 * - `closed`: for good.
 */
export const ROOM_STATUSES = ["new", "guided", "waiting", "talking", "closed"] as const;
export type RoomStatus = (typeof ROOM_STATUSES)[number];

/** One entry of a room, in its order. */
export interface ChatMessage {
  /** From 1 on. What only operators see leaves a gap for the visitor. */
  seq: number;
  at: number;
  by: "visitor" | "operator" | "bot" | "system";
  /** The operator's. */
  name?: string;
  /** The sender's own id of it, by which a retry is recognised. */
  id?: string;
  text: string;
  /** The form's field that the bot asks for, or that the visitor answers. */
  field?: string;
  /** Of `system`: what happened, as a word; see SYSTEM_MESSAGES. `text` says it in English. */
  type?: string;
  vars?: Record<string, string>;
  /** For operators' eyes only. */
  isPrivate?: true;
}

export const SYSTEM_MESSAGES = [
  /** The visitor asked for a person. */
  "call",
  /** `{name}` has come, left, or is to go on. */
  "joined",
  "left",
  "handed-over",
  "closed-by-visitor",
  "closed-by-operator",
  "closed-idle",
  "closed-full",
] as const;
export type SystemMessage = (typeof SYSTEM_MESSAGES)[number];

/** Text, a tick, several options; null leaves an optional question out. */
export type ChatAnswer = string | boolean | readonly string[] | null;

export type VisitorFrame =
  /** The first of every connection; with `since`, the last number that was seen, or 0. */
  | {
      t: "hello";
      since: number;
      visitor?: string;
      locale?: string;
      page?: { url?: string; title?: string; referrer?: string };
      /** Answers that the page knows: hidden fields, prefill. Taken when the visitor first says something. */
      given?: Record<string, string | boolean>;
    }
  | { t: "say"; id: string; text: string }
  /** To the question that is asked, or anew to one that was answered. */
  | { t: "answer"; id: string; field: string; value: ChatAnswer }
  /** The visitor would like a person. */
  | { t: "call"; id: string }
  | { t: "typing" }
  | { t: "read"; seq: number }
  | { t: "close"; id: string };

/** What a visitor hears. */
export type RoomFrame =
  | {
      t: "state";
      room: string;
      status: RoomStatus;
      /** The last number there is. */
      last: number;
      /** Up to where operators have read. */
      read: number;
      /** The field that is asked for now. */
      ask?: string;
      /** The operator who is there. */
      operator?: string;
      /** Nobody is in: when somebody will be, where that is known. */
      away?: { until?: number };
    }
  | ({ t: "message" } & ChatMessage)
  /** An answer that was not taken; `code` is an `AnswerProblem`, `consent` or `unknown`. */
  | { t: "problem"; id: string; field: string; code: string }
  | { t: "typing" }
  | { t: "read"; seq: number }
  | { t: "error"; code: ChatErrorCode; id?: string; retry_ms?: number };

export const CHAT_ERROR_CODES = [
  /** Not JSON, no such frame, or values that it cannot have. */
  "malformed",
  "too-large",
  "rate-limited",
  /** The first frame of a connection is `hello`. */
  "hello-first",
  /** The room has ended: another token makes another one. */
  "closed",
  /** There is no such room or user. */
  "not-found",
  /** Somebody else is there, or the caller is not. */
  "conflict",
  /** The server could not do it just now. */
  "unavailable",
] as const;
export type ChatErrorCode = (typeof CHAT_ERROR_CODES)[number];

/** A room as lists of operators show it. */
export interface RoomSummary {
  room: string;
  form: string;
  /** What the organization calls the form. */
  form_name: string;
  status: RoomStatus;
  /** The user who has it; their UUID. */
  operator: { id: string; name: string } | null;
  opened_at: number;
  /** Since when the visitor waits for a person; null where they do not. */
  waiting_since: number | null;
  closed_at: number | null;
  /** The lead that it made, and what is known of the person. */
  lead: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
}

/** A lead that has come in, or was sorted: where to read more of it is its `id`. */
export interface LeadNews {
  id: string;
  category: string;
  name: string | null;
  /** Milliseconds since 1970, UTC. */
  received_at: number;
}

export type OperatorFrame =
  | { t: "join"; id: string; room: string }
  | { t: "leave"; id: string; room: string }
  /** `to`: a user's UUID; without it, to whoever takes it. */
  | { t: "hand-over"; id: string; room: string; to?: string }
  | { t: "say"; id: string; room: string; text: string; isPrivate?: boolean }
  | { t: "typing"; room: string }
  | { t: "read"; room: string; seq: number }
  | { t: "close"; id: string; room: string };

/** What operators hear: all of the same organization hear the same, but for answers to their own frames. */
export type InboxFrame =
  | { t: "welcome"; user: string; online: string[] }
  | { t: "room"; room: RoomSummary }
  | { t: "message"; room: string; message: ChatMessage }
  | { t: "typing"; room: string; by: "visitor" | "operator" }
  /** Up to where the visitor has read. */
  | { t: "read"; room: string; seq: number }
  | { t: "present"; room: string; isThere: boolean }
  | { t: "lead"; lead: LeadNews }
  /** It waits no longer. */
  | { t: "sorted"; lead: string }
  | { t: "online"; users: string[] }
  | { t: "done"; id: string }
  | { t: "error"; code: ChatErrorCode; id?: string };

type Check = (value: unknown) => boolean;
const text =
  (most: number): Check =>
  (value) =>
    typeof value === "string" && value.length <= most;
const word =
  (most: number): Check =>
  (value) =>
    typeof value === "string" && value !== "" && value.length <= most;
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const flag: Check = (value) => typeof value === "boolean";
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const object =
  (shape: Record<string, Check>): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(shape).every((key) => shape[key]?.(Object.hasOwn(value, key) ? value[key as never] : undefined));
const entries =
  (check: Check): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length <= FORM_FIELDS_LIMIT &&
    Object.entries(value).every(([key, one]) => key.length <= NAME_LIMIT_CHARS && check(one));

const id = word(CHAT_ID_LIMIT_CHARS);
const said = word(CHAT_TEXT_LIMIT_CHARS);
const answer: Check = (value) =>
  value === null ||
  flag(value) ||
  text(LONG_ANSWER_LIMIT_CHARS)(value) ||
  (Array.isArray(value) && value.length <= FORM_FIELDS_LIMIT && value.every(text(NAME_LIMIT_CHARS)));

const VISITOR: Record<VisitorFrame["t"], Check> = {
  hello: object({
    since: count,
    visitor: optional(word(VISITOR_ID_LIMIT_CHARS)),
    locale: optional(text(LANGUAGE_TAG_LIMIT_CHARS)),
    page: optional(
      object({
        url: optional(text(URL_LIMIT_CHARS)),
        title: optional(text(PAGE_TITLE_LIMIT_CHARS)),
        referrer: optional(text(URL_LIMIT_CHARS)),
      }),
    ),
    given: optional(entries((value) => flag(value) || text(LONG_ANSWER_LIMIT_CHARS)(value))),
  }),
  say: object({ id, text: said }),
  answer: object({ id, field: word(NAME_LIMIT_CHARS), value: answer }),
  call: object({ id }),
  typing: object({}),
  read: object({ seq: count }),
  close: object({ id }),
};

const room = word(CHAT_ID_LIMIT_CHARS);
const OPERATOR: Record<OperatorFrame["t"], Check> = {
  join: object({ id, room }),
  leave: object({ id, room }),
  "hand-over": object({ id, room, to: optional(word(CHAT_ID_LIMIT_CHARS)) }),
  say: object({ id, room, text: said, isPrivate: optional(flag) }),
  typing: object({ room }),
  read: object({ room, seq: count }),
  close: object({ id, room }),
};

/** Why a text is no frame. */
export type FrameRefusal = Extract<ChatErrorCode, "malformed" | "too-large">;

/** Reads JSON of one frame. Properties that it does not know stay in it, unread. */
function parse<Frame>(checks: Record<string, Check>, json: unknown): Frame | FrameRefusal {
  if (typeof json !== "string") return "malformed";
  if (json.length > CHAT_FRAME_LIMIT_CHARS) return "too-large";
  try {
    return check<Frame>(checks, JSON.parse(json));
  } catch {
    return "malformed";
  }
}

function check<Frame>(checks: Record<string, Check>, value: unknown): Frame | FrameRefusal {
  const t = (value as { t?: unknown } | null)?.t;
  return typeof t === "string" && Object.hasOwn(checks, t) && checks[t]?.(value) ? (value as Frame) : "malformed";
}

/** @param json one message of a socket. */
export const parseVisitorFrame = (json: unknown): VisitorFrame | FrameRefusal => parse(VISITOR, json);
/** The same for a frame that is an object already: one of an exchange without a socket. */
export const checkVisitorFrame = (value: unknown): VisitorFrame | FrameRefusal => check(VISITOR, value);
export const parseOperatorFrame = (json: unknown): OperatorFrame | FrameRefusal => parse(OPERATOR, json);

/** Frames from the server; null for what this version does not know. Their order is the socket's. */
export function parseServerFrame<Frame extends RoomFrame | InboxFrame>(json: unknown): Frame | null {
  try {
    const value = JSON.parse(json as string);
    return typeof value?.t === "string" ? value : null;
  } catch {
    return null;
  }
}
