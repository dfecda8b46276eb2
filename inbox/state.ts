/** What the page knows, in one object; the views are functions of it. Nothing of it outlives the page. */
import type { ChatMessage, LeadNews, RoomSummary } from "../shared/chat-frames.ts";

/** Who is signed in, as GET /inbox/session says it. */
export interface Me {
  user: { id: string; name: string; role: "admin" | "agent" };
  organization: { id: string; name: string };
  /** Goes back with whatever changes something. */
  csrf: string;
}

/** A room in the list, with what was heard of it since the page is open. */
export interface RoomEntry {
  room: RoomSummary;
  words?: string;
  /** Of the last words; milliseconds since 1970, UTC. */
  at: number;
  isUnread: boolean;
}

/** What was written here and is not known to be stored. `id` stays the same however often it is sent. */
export interface Unsent {
  id: string;
  text: string;
  isPrivate: boolean;
  /** Why it was not sent; while it is on its way, nothing. */
  problem?: string;
  /** It was not tried: one before it was not sent. */
  waits?: boolean;
}

export interface Draft {
  text: string;
  isPrivate: boolean;
}

/** The room that is open. */
export interface Conversation {
  id: string;
  phase: "loading" | "shown" | "gone" | "unavailable";
  /** As it was last heard of; also once it is closed and in no list any more. */
  room?: RoomSummary;
  /** By number, without gaps. */
  messages: ChatMessage[];
  isVisitorThere: boolean;
  /** Up to where the visitor has read. */
  read: number;
  /** Up to where the visitor was told that it was read here. */
  told: number;
  /** Who writes just now, and until when that is believed. */
  typing?: { by: "visitor" | "operator"; until: number };
  problem?: string;
}

/** A lead that waits to be sorted. */
export interface WaitingLead extends LeadNews {
  /** What it is sorted by. News do not have it; lists do. */
  uid?: string;
}

export interface Colleague {
  id: string;
  name: string;
}

export interface State {
  phase: "loading" | "signed-out" | "signed-in";
  me?: Me;
  /** Why nobody is signed in, or why signing in or out failed. */
  problem?: string;
  isBusy: boolean;
  /** Whether news arrive. */
  isLive: boolean;
  tab: "rooms" | "leads";
  rooms: Map<string, RoomEntry>;
  leads: Map<string, WaitingLead>;
  /** Where more leads are. */
  moreLeads: string | null;
  /** Why leads were not sorted, by their ids. */
  leadProblems: Map<string, string>;
  /** What is being done to rooms and leads now: buttons do nothing twice. */
  doing: Set<string>;
  colleagues: Colleague[];
  /** Users who are here, by their ids. */
  online: Set<string>;
  conversation?: Conversation;
  drafts: Map<string, Draft>;
  unsent: Map<string, Unsent[]>;
  /** What the open dialog asks. */
  asking?: "hand-over" | "close";
  /** What screen readers are told. */
  said: string;
  now: number;
}

/** A room that was asked for, of which at most the list's line is known. */
export const newConversation = (id: string, room?: RoomSummary): Conversation => ({
  id,
  phase: "loading",
  room,
  messages: [],
  isVisitorThere: false,
  read: 0,
  told: 0,
});

/** @param now milliseconds since 1970, UTC. */
export const newState = (now: number): State => ({
  phase: "loading",
  me: undefined,
  problem: undefined,
  conversation: undefined,
  asking: undefined,
  isBusy: false,
  isLive: false,
  tab: "rooms",
  rooms: new Map(),
  leads: new Map(),
  moreLeads: null,
  leadProblems: new Map(),
  doing: new Set(),
  colleagues: [],
  online: new Set(),
  drafts: new Map(),
  unsent: new Map(),
  said: "",
  now,
});
