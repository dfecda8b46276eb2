/** The operators' API as this page reads it: what its answers hold, and the frames' terms for them. */
import type { ChatMessage, RoomSummary } from "../shared/chat-frames.ts";
import type { WaitingLead } from "./state.ts";

export const API = "/admin/v1";
export const SESSION = "/inbox/session";

export interface Page<T> {
  results: T[];
  /** The address of the next page. */
  next: string | null;
}

export type MessageBody = Omit<ChatMessage, "isPrivate"> & { is_private?: true };

/** A room, asked for or after something was done in it. */
export interface RoomBody {
  room: RoomSummary;
  messages: MessageBody[];
  is_visitor_there: boolean;
  read: { visitor: number };
}

/** A lead that waits to be sorted. */
export interface IncomingBody {
  uid: string;
  lead_id: string;
  category: string;
  name: string | null;
  /** Milliseconds since 1970, UTC. */
  created_at: number;
}

export const messageOf = ({ is_private, ...message }: MessageBody): ChatMessage => ({
  ...message,
  ...(is_private ? { isPrivate: true } : {}),
});

export const leadOf = ({ uid, lead_id, category, name, created_at }: IncomingBody): WaitingLead => ({
  id: lead_id,
  uid,
  category,
  name,
  received_at: created_at,
});
