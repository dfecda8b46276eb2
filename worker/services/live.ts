/**
 * What is there besides the database: rooms in which visitors are, and inboxes that operators listen to. Both are single
 * objects of the platform, addressed by name; verbs know what can be asked of them, and nothing of how they do it.
 */
import type { ChatErrorCode, ChatMessage, InboxFrame, RoomStatus, RoomSummary } from "../../shared/chat-frames.ts";
import type { Result } from "../domain/result.ts";

/** A user as rooms know them. */
export interface Operator {
  id: number;
  uuid: string;
  /** What visitors read. */
  name: string;
  isAdministrator: boolean;
}

/** What an operator does in a room. `id` is the sender's own, by which a retry is recognised. */
export type RoomCommand =
  | { kind: "join" | "leave" | "close"; id: string }
  | { kind: "hand-over"; id: string; to: Operator | null }
  | { kind: "say"; id: string; text: string; isPrivate: boolean }
  | { kind: "typing" }
  | { kind: "read"; seq: number };

/** A room as an operator who opens it sees it. */
export interface RoomView {
  room: RoomSummary;
  status: RoomStatus;
  /** After the asked number. */
  messages: ChatMessage[];
  /** The visitor has a page open. */
  isVisitorThere: boolean;
  /** Up to where each side has read. */
  read: { visitor: number; operator: number };
}

export interface RoomDoor {
  /** not-found for a room of another organization, and for none. */
  look(organizationId: number, since: number): Promise<Result<RoomView, ChatErrorCode>>;
  command(organizationId: number, by: Operator, command: RoomCommand): Promise<Result<RoomView, ChatErrorCode>>;
  /** Its lead was purged: it forgets everything, and hangs up. */
  erase(): Promise<void>;
}

export interface InboxDoor {
  /** Everybody who listens hears it. */
  tell(frames: InboxFrame[]): Promise<void>;
  /** The user's sockets are closed. @param sessionId only those that this session opened. */
  signOut(userUuid: string, sessionId?: string): Promise<void>;
}

export interface Live {
  rooms: { getByName(roomId: string): RoomDoor };
  inboxes: { getByName(name: string): InboxDoor };
}

/** @param database the number of the one that holds the organization. */
export const inboxName = (database: number, organizationId: number): string => `${database}.${organizationId}`;

/** Whose inbox has this name. */
export function inboxOf(name: string): { database: number; organizationId: number } {
  const [database = Number.NaN, organizationId = Number.NaN] = name.split(".").map(Number);
  return { database, organizationId };
}
