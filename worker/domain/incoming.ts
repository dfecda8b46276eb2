/** A lead on its way in, as it waits to be sorted and after. Times are milliseconds since 1970, UTC. */
export const INCOMING_CATEGORIES = ["sip", "mail", "forms", "chats"] as const;
export type IncomingCategory = (typeof INCOMING_CATEGORIES)[number];

export interface IncomingLead {
  /** 60 hex characters. */
  uid: string;
  category: IncomingCategory;
  pipelineId: number;
  /** The person's, else what the lead is called. */
  name: string | null;
  sourceUid: string | null;
  sourceName: string | null;
  /** The category's own keys; after a purge, their times only. */
  metadata: Record<string, unknown>;
  /** As the caller claims; never the future. */
  createdAt: number;
  outcome: "accepted" | "declined" | "linked" | null;
  leadId: number;
  leadUuid: string;
  contactId: number;
  /** The company made with the contact, under the contact's number. */
  companyId: number | null;
}

/** A place in the list, which is ordered by creation and, within it, by number. */
export interface IncomingPlace {
  at: number;
  id: number;
}

export interface IncomingQuery {
  /** Given: leads of these uids, sorted ones too. Else those that wait. */
  uids?: string[];
  categories?: IncomingCategory[];
  pipelineId?: number;
  order: "ascending" | "descending";
  limit: number;
  /** Leads to pass over, where a page is asked for by its number alone. */
  skip: number;
  after?: IncomingPlace;
}

export interface SummaryQuery {
  uids?: string[];
  pipelineId?: number;
  /** Inclusive, milliseconds. */
  from?: number;
  to?: number;
}

export interface IncomingSummary {
  total: number;
  accepted: number;
  declined: number;
  averageSortSeconds: number;
  categories: Partial<Record<IncomingCategory, number>>;
}
