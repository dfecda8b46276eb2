/** One lead with everything around it, in one statement. */
import type { LeadSummary } from "../domain/lead-summary.ts";
import { parseTranscript } from "../domain/transcript.ts";
import type { Geography } from "../domain/visit.ts";
import { STAGE } from "./lead-records.ts";

export interface SummaryRow {
  id: number;
  name: string | null;
  title: string | null;
  company_name: string | null;
  phone: string | null;
  email: string | null;
  stage_name: string | null;
  stage_colour: string;
  received_at: number;
  owner_id: number | null;
  username: string;
  first_name: string;
  last_name: string;
  lead_type: string | null;
  source_id: number | null;
  geo: string | null;
  browser: string | null;
  page_url: string | null;
  ip: string | null;
  lead_room_id: string | null;
  room_id: string | null;
  opened_at: number;
  closed_at: number | null;
  transcript: string | null;
  note_count: number;
}

/** By number, in any state but those of suspected spam. */
export function leadSummary(db: D1Database, organizationId: number, leadId: number): D1PreparedStatement {
  return db
    .prepare(`SELECT lead.id, lead.received_at, lead.geo, lead.browser, lead.page_url, lead.ip,
        lead.room_id AS lead_room_id,
        contact.name, contact.title, contact.company_name, contact.phone, contact.email,
        status.name AS stage_name, status.colour AS stage_colour,
        user.id AS owner_id, user.username, user.first_name, user.last_name,
        form.settings ->> 'lead_type' AS lead_type, lead_source.id AS source_id,
        room.id AS room_id, room.opened_at, room.closed_at, room.transcript,
        (SELECT count(*) FROM note WHERE note.lead_id = lead.id) AS note_count
      FROM lead
        JOIN contact ON contact.id = lead.contact_id
        LEFT JOIN status ON status.id = (${STAGE})
        LEFT JOIN user ON user.id = lead.owner_id
        LEFT JOIN form ON form.id = lead.form_id AND form.organization_id = lead.organization_id
        LEFT JOIN lead_source ON lead_source.organization_id = lead.organization_id AND lead_source.key = lead.source
        LEFT JOIN room ON room.id = (SELECT id FROM room AS latest WHERE latest.lead_id = lead.id
          ORDER BY latest.opened_at DESC, latest.id DESC LIMIT 1)
      WHERE lead.organization_id = ?1 AND lead.id = ?2 AND lead.state NOT IN ('held', 'dropped')`)
    .bind(organizationId, leadId);
}

export const summaryOf = (row: SummaryRow): LeadSummary => ({
  id: row.id,
  name: row.name,
  title: row.title,
  company: row.company_name,
  phone: row.phone,
  email: row.email,
  stage: row.stage_name === null ? null : { name: row.stage_name, colour: row.stage_colour },
  receivedAt: row.received_at,
  owner:
    row.owner_id === null
      ? null
      : { id: row.owner_id, username: row.username, firstName: row.first_name, lastName: row.last_name },
  leadType: row.lead_type,
  sourceId: row.source_id,
  geography: row.geo === null ? null : (JSON.parse(row.geo) as Geography),
  browser: row.browser,
  pageUrl: row.page_url,
  ip: row.ip,
  roomId: row.lead_room_id,
  chat:
    row.room_id === null
      ? null
      : {
          roomId: row.room_id,
          openedAt: row.opened_at,
          closedAt: row.closed_at,
          messages: parseTranscript(row.transcript),
        },
  noteCount: row.note_count,
});
