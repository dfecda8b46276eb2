/** A person's request, as every dialect sees it. Times are milliseconds since 1970, UTC. */
import type { FormField, PersonKey } from "../../shared/lead-fields.ts";
import type { User } from "./organization.ts";

/**
 * One word for the whole of a lead's state. Intake: held (suspected spam), dropped, incoming, declined, linked.
 * Handling, all of it accepted: pending (nobody's), assigned, closed. And deleted.
 */
export const LEAD_STATES = [
  "held",
  "dropped",
  "incoming",
  "pending",
  "assigned",
  "closed",
  "declined",
  "linked",
  "deleted",
] as const;
export type LeadState = (typeof LEAD_STATES)[number];

export const LEAD_CATEGORIES = ["forms", "chats", "sip", "mail", "colleague"] as const;
export type LeadCategory = (typeof LEAD_CATEGORIES)[number];

/** As it is kept: text in the canonical form of its kind, a tick, or the options that are ticked. */
export type AnswerValue = string | boolean | readonly string[];

/**
 * One collected answer. An answer that maps to the person has no value here: the contact is the one truth about it.
 * Hidden ones (UTM, query parameters) say nothing about identity.
 */
export interface StoredAnswer {
  name: string;
  value?: AnswerValue;
  mapsTo?: PersonKey;
  hidden?: boolean;
}

/** A field that was filled in, with its tidied answer. */
export interface EnteredAnswer {
  field: FormField;
  value: AnswerValue;
}

/** Answers that the contact keeps have no value of their own. */
export const storedAnswer = ({ field, value }: EnteredAnswer): StoredAnswer => ({
  name: field.name,
  ...(field.maps_to ? { mapsTo: field.maps_to } : { value }),
  ...(field.type === "hidden" ? { hidden: true } : {}),
});

/** The person's own words about themselves; absent ones are null. */
export type Person = Record<PersonKey, string | null>;

export interface Lead {
  id: number;
  uuid: string;
  state: LeadState;
  version: number;
  changeId: string;
  formId: string | null;
  roomId: string | null;
  visitorId: string | null;
  owner: Pick<User, "id" | "uuid" | "firstName" | "lastName"> | null;
  isProcessable: boolean;
  category: LeadCategory;
  person: Person;
  answers: StoredAnswer[];
  pageUrl: string | null;
  pageTitle: string | null;
  spam: string[];
  receivedAt: number;
  updatedAt: number;
  closedAt: number | null;
  purgedAt: number | null;
}

/** Closed in the eyes of whoever works on leads: also what was sorted away. */
export function isClosed(lead: Pick<Lead, "state">): boolean {
  return ["closed", "declined", "linked", "deleted"].includes(lead.state);
}

/** Declined, linked and deleted leads take no change. */
export function isGone(lead: Pick<Lead, "state">): boolean {
  return ["declined", "linked", "deleted"].includes(lead.state);
}

/**
 * The collected data by field name: stored answers, with the mapped ones taken from the contact. A lead that no form
 * collected shows the mapped values it has. Several ticked options
 * are one text: clients of old know texts and ticks only. Empty after a purge.
 */
export function collectedData(
  lead: Pick<Lead, "answers" | "person" | "formId" | "purgedAt">,
): Record<string, string | boolean> {
  const data: Record<string, string | boolean> = {};
  if (lead.purgedAt !== null) return data;
  const put = (name: string, kept: AnswerValue | null | undefined) => {
    const value = typeof kept === "object" ? kept?.join(", ") : kept;
    // defineProperty, so that a field called __proto__ would be a key like any other
    if (value !== null && value !== undefined && value !== "") {
      Object.defineProperty(data, name, { value, enumerable: true, configurable: true, writable: true });
    }
  };
  for (const answer of lead.answers) put(answer.name, answer.mapsTo ? lead.person[answer.mapsTo] : answer.value);
  if (lead.formId === null) {
    for (const key of Object.keys(lead.person) as PersonKey[]) {
      if (key !== "first_name" && key !== "last_name") put(key, lead.person[key]);
    }
  }
  return data;
}
