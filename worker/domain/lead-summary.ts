/** One lead on one page: who, from where, how far, and what was said. Times are milliseconds since 1970, UTC. */
import type { User } from "./organization.ts";
import type { TranscriptMessage } from "./transcript.ts";
import type { Geography } from "./visit.ts";

export interface LeadSummary {
  id: number;
  name: string | null;
  title: string | null;
  company: string | null;
  phone: string | null;
  email: string | null;
  /** The stage that the lead is shown in. */
  stage: { name: string; colour: string } | null;
  receivedAt: number;
  owner: Pick<User, "id" | "username" | "firstName" | "lastName"> | null;
  /** As its form says. */
  leadType: string | null;
  /** The number of the source among the organization's sources. */
  sourceId: number | null;
  geography: Geography | null;
  browser: string | null;
  pageUrl: string | null;
  ip: string | null;
  /** The room that made it, though its words may be with another lead now. */
  roomId: string | null;
  /** The latest of the chats that belong to it. */
  chat: Chat | null;
  noteCount: number;
}

export interface Chat {
  roomId: string;
  openedAt: number;
  closedAt: number | null;
  messages: TranscriptMessage[];
}
