/** Rooms as operators list them, from the rows that rooms keep of themselves. */
import type { ChatMessage, RoomStatus, RoomSummary } from "../../shared/chat-frames.ts";
import { fullName } from "../domain/organization.ts";
import { parseTranscript, type TranscriptMessage } from "../domain/transcript.ts";

export interface RoomRow {
  id: string;
  form_id: string;
  form_name: string;
  status: RoomStatus;
  opened_at: number;
  waiting_since: number | null;
  closed_at: number | null;
  operator_uuid: string | null;
  username: string;
  first_name: string;
  last_name: string;
  lead_uuid: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
}

/** Nothing of a lead that was emptied, or that is suspected spam. */
const ROOMS = `SELECT room.id, room.form_id, form.name AS form_name, room.status,
    room.opened_at, room.waiting_since, room.closed_at,
    user.uuid AS operator_uuid, user.username, user.first_name, user.last_name,
    lead.uuid AS lead_uuid, contact.name, contact.email, contact.phone`;
const JOINS = `JOIN form ON form.id = room.form_id
    LEFT JOIN user ON user.id = room.operator_id
    LEFT JOIN lead ON lead.id = room.lead_id AND lead.purged_at IS NULL AND lead.state NOT IN ('held', 'dropped')
    LEFT JOIN contact ON contact.id = lead.contact_id`;

export const roomOf = (row: RoomRow): RoomSummary => ({
  room: row.id,
  form: row.form_id,
  form_name: row.form_name,
  status: row.status,
  operator:
    row.operator_uuid === null
      ? null
      : {
          id: row.operator_uuid,
          name: fullName({ firstName: row.first_name, lastName: row.last_name }) || row.username,
        },
  opened_at: row.opened_at,
  waiting_since: row.waiting_since,
  closed_at: row.closed_at,
  lead: row.lead_uuid,
  name: row.name,
  email: row.email,
  phone: row.phone,
});

/** Which rooms: all that go on, those that wait for a person, or those of one operator. */
export type RoomFilter = { kind: "open" } | { kind: "waiting" } | { kind: "of"; operatorId: number };

/** In the words of the partial indexes. */
const FILTERS = {
  open: "room.status <> 'closed'",
  waiting: "room.status = 'waiting'",
  of: "room.operator_id = ?5 AND room.status <> 'closed'",
} as const;

/** The oldest first: a page and one more. Each index holds what still goes on, however much has ended. */
export function listRooms(
  db: D1Database,
  organizationId: number,
  query: { filter: RoomFilter; after: { at: number; id: string }; limit: number },
): D1PreparedStatement {
  const { filter, after, limit } = query;
  return db
    .prepare(`${ROOMS} FROM room ${JOINS}
      WHERE room.organization_id = ?1 AND ${FILTERS[filter.kind]} AND (room.opened_at, room.id) > (?2, ?3)
      ORDER BY room.opened_at, room.id LIMIT ?4`)
    .bind(organizationId, after.at, after.id, limit + 1, ...(filter.kind === "of" ? [filter.operatorId] : []));
}

export type KeptRoomRow = RoomRow & { transcript: string | null; names: string };

/** One room with what was said in it, and by name who of the organization said it. */
export function getRoom(db: D1Database, organizationId: number, roomId: string): D1PreparedStatement {
  return db
    .prepare(`${ROOMS}, room.transcript,
        (SELECT json_group_object(speaker.uuid, coalesce(nullif(trim(speaker.first_name || ' ' || speaker.last_name), ''),
            speaker.username)) FROM user AS speaker
          WHERE speaker.organization_id = ?1 AND speaker.uuid IN (SELECT DISTINCT said.value ->> '$.author.id'
            FROM json_each(iif(json_valid(room.transcript), room.transcript, '[]')) AS said)) AS names
      FROM room ${JOINS} WHERE room.organization_id = ?1 AND room.id = ?2`)
    .bind(organizationId, roomId);
}

/** What is kept of it, after the number. */
export function messagesOf({ transcript, names }: KeptRoomRow, since: number): ChatMessage[] {
  const known = JSON.parse(names) as Record<string, string>;
  return parseTranscript(transcript)
    .filter(({ seq }) => seq > since)
    .map((message) => messageOf(message, known));
}

function messageOf(message: TranscriptMessage, names: Record<string, string>): ChatMessage {
  const { seq, at, text, visibility } = message;
  const common = { seq, at, text, ...(visibility === "agents" ? { isPrivate: true as const } : {}) };
  if (message.kind === "system") return { ...common, by: "system", type: message.type, vars: message.textVars };
  const { author, customId } = message;
  const name = author.kind === "operator" ? names[author.id] : undefined;
  return { ...common, by: author.kind, ...(name ? { name } : {}), ...(customId === null ? {} : { id: customId }) };
}
