/**
 * What travels in a chat, one union a direction: between a visitor and their room, and between an operator and the inbox
 * of the organization. Each frame is one JSON object, told apart by `t`; sockets carry one a message, polling carries
 * them in arrays. Before anybody looks at anything in a frame, what comes from outside is held against `frame-checks.ts`, and
 * what a page hears is read by `parseServerFrame`. Times are milliseconds since 1970, UTC.
 */

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

/** Frames from the server; null for what this version does not know. Their order is the socket's. */
export function parseServerFrame<Frame extends RoomFrame | InboxFrame>(json: unknown): Frame | null {
  try {
    const value = JSON.parse(json as string);
    return value.t ? value : null;
  } catch {
    return null;
  }
}
