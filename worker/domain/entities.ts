/** Leads, contacts and companies as records of their own, with what belongs to each. Times are milliseconds since 1970. */
import { isGone, type LeadState } from "./lead.ts";

/** A field of the organization's own making, kept as its caller sent it. */
export interface CustomField {
  field_id?: number | null;
  field_code?: string | null;
  values: { value?: unknown }[];
  [key: string]: unknown;
}

/** One lead with its contact and company: three records that are made together under one number. */
export interface LeadRecord {
  id: number;
  state: LeadState;
  name: string | null;
  price: number | null;
  pipelineId: number;
  /** The stage that the lead is in, as its state and its stage of work say together. */
  statusId: number;
  ownerId: number | null;
  creatorId: number | null;
  customFields: CustomField[] | null;
  tags: { id?: number; name?: string }[];
  createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  contact: {
    id: number;
    name: string | null;
    firstName: string | null;
    lastName: string | null;
    email: string | null;
    phone: string | null;
    customFields: CustomField[] | null;
    company: { name: string; customFields: CustomField[] | null } | null;
  };
}

/** Still waits to be sorted: what belongs to it is in no list. */
export const isUnsorted = (record: Pick<LeadRecord, "state">): boolean => record.state === "incoming";
export const isDeleted = (record: Pick<LeadRecord, "state">): boolean => isGone(record);
