/** How a lead stands in its rows. */
import type { PersonKey } from "../../shared/lead-fields.ts";
import type { Lead, LeadCategory, LeadState, StoredAnswer } from "../domain/lead.ts";

/** Joins at most two rows to a lead: its contact and its owner. A page reads three rows a lead, whatever it holds. */
export const SELECT_LEAD = `
  SELECT lead.id, lead.uuid, lead.state, lead.version, lead.change_id, lead.form_id, lead.room_id, lead.visitor_id,
    lead.is_processable, lead.category, lead.answers, lead.message, lead.page_url, lead.page_title, lead.spam,
    lead.received_at, lead.updated_at, lead.closed_at, lead.purged_at,
    contact.name, contact.first_name, contact.last_name, contact.email, contact.phone, contact.title, contact.location,
    contact.company_name AS company,
    user.id AS owner_id, user.uuid AS owner_uuid, user.first_name AS owner_first_name, user.last_name AS owner_last_name
  FROM lead
    JOIN contact ON contact.id = lead.contact_id
    LEFT JOIN user ON user.id = lead.owner_id`;

export type LeadRow = Record<PersonKey, string | null> & {
  id: number;
  uuid: string;
  state: LeadState;
  version: number;
  change_id: string;
  form_id: string | null;
  room_id: string | null;
  visitor_id: string | null;
  is_processable: number;
  category: LeadCategory;
  answers: string;
  page_url: string | null;
  page_title: string | null;
  spam: string | null;
  received_at: number;
  updated_at: number;
  closed_at: number | null;
  purged_at: number | null;
  owner_id: number | null;
  owner_uuid: string;
  owner_first_name: string;
  owner_last_name: string;
};

export function leadOf(row: LeadRow): Lead {
  const { name, first_name, last_name, email, phone, company, title, message, location } = row;
  return {
    id: row.id,
    uuid: row.uuid,
    state: row.state,
    version: row.version,
    changeId: row.change_id,
    formId: row.form_id,
    roomId: row.room_id,
    visitorId: row.visitor_id,
    owner:
      row.owner_id === null
        ? null
        : { id: row.owner_id, uuid: row.owner_uuid, firstName: row.owner_first_name, lastName: row.owner_last_name },
    isProcessable: row.is_processable === 1,
    category: row.category,
    person: { name, first_name, last_name, email, phone, company, title, message, location },
    answers: JSON.parse(row.answers) as StoredAnswer[],
    pageUrl: row.page_url,
    pageTitle: row.page_title,
    spam: row.spam === null ? [] : (JSON.parse(row.spam) as string[]),
    receivedAt: row.received_at,
    updatedAt: row.updated_at,
    closedAt: row.closed_at,
    purgedAt: row.purged_at,
  };
}
