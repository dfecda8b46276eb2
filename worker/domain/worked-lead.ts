/** A lead that somebody works on or has closed, as those who work on it see it. Times are milliseconds since 1970, UTC. */
import type { LeadState, Person } from "./lead.ts";

export interface WorkedLead {
  id: number;
  uuid: string;
  slug: string;
  state: LeadState;
  /** The change that made it so. */
  changeId: string;
  person: Person;
  pipelineId: number;
  /** The stage of work; of a closed lead, where it was until then. */
  statusId: number;
  source: string;
  ownerId: number | null;
  /** Whose lead it is: its owner's, else that of the colleague who made it. */
  keeper: { id: number; username: string } | null;
  receivedAt: number;
  updatedAt: number;
}

/** The stage in which it is shown; a closed lead's last one is named by minus its pipeline's number. */
export const stageId = ({ state, pipelineId, statusId }: WorkedLead): number =>
  state === "closed" ? -pipelineId : statusId;

export interface Note {
  id: number;
  /** null: the visitor who wrote again. */
  author: { id: number; username: string } | null;
  text: string;
  createdAt: number;
}

export const APPOINTMENT_STATUSES = ["pending", "rescheduled", "cancelled", "fullfilled", "confirmed"] as const;
export type AppointmentStatus = (typeof APPOINTMENT_STATUSES)[number];

export interface Appointment {
  id: number;
  leadId: number;
  leadSlug: string;
  user: { id: number; username: string };
  startsAt: number;
  endsAt: number;
  status: AppointmentStatus;
  note: string | null;
}

/** A page of worked leads, newest first. */
export interface WorkedQuery {
  /** Only those of this user, by number or by name. */
  keeperId?: number;
  keeperName?: string;
  /** Only those that are shown in one of these stages. */
  stageIds?: number[];
  /** Start after this one, or end before that one. */
  afterId?: number;
  beforeId?: number;
  skip: number;
  limit: number;
}

/** What a search may be by, the most telling first. */
export const SEARCH_KEYS = ["email_key", "phone_key", "last_name_key", "first_name_key"] as const;
export type SearchKey = (typeof SEARCH_KEYS)[number];
/** Beginnings of each key; several where it is not known how it was kept. */
export type Search = Partial<Record<SearchKey, string[]>>;

/** A page of appointments in the order of their beginnings. Bounds are of the beginning, `to` exclusive. */
export interface AppointmentQuery {
  userId?: number;
  leadId?: number;
  status?: AppointmentStatus;
  from?: number;
  to?: number;
  /** Start after this one, or end before that one. */
  after?: { at: number; id: number };
  before?: { at: number; id: number };
  skip: number;
  limit: number;
}
