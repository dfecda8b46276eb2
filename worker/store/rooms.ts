/**
 * Rooms, as the database knows them. A room's own object is ahead of it and brings it up to date, one version after the
 * other; the trigger `room_moves_on` refuses the whole batch of whoever comes late.
 */
import type { RoomStatus } from "../../shared/chat-frames.ts";
import type { TranscriptInput } from "../domain/transcript.ts";
import type { Fragment } from "./lead-words.ts";

/** A room of which something is kept. */
export type KeptStatus = Exclude<RoomStatus, "new">;

/** Refused by the rule `identity` where it stands. */
export function insertRoom(
  db: D1Database,
  organizationId: number,
  room: { id: string; formId: string; visitorId: string | null; openedAt: number },
): D1PreparedStatement {
  return db
    .prepare("INSERT INTO room (organization_id, id, form_id, visitor_id, opened_at) VALUES (?1, ?2, ?3, ?4, ?5)")
    .bind(organizationId, room.id, room.formId, room.visitorId, room.openedAt);
}

/** Removes a room of which no state was ever saved. */
export function deleteUnbegun(db: D1Database, organizationId: number, roomId: string): D1PreparedStatement {
  return db
    .prepare("DELETE FROM room WHERE organization_id = ?1 AND id = ?2 AND version = 0 AND lead_id IS NULL")
    .bind(organizationId, roomId);
}

export interface RoomWrite {
  id: string;
  version: number;
  status: KeptStatus;
  operatorId: number | null;
  waitingSince: number | null;
  closedAt: number | null;
  /** Kept where the room has a lead that still knows its person. */
  transcript: TranscriptInput | null;
}

/** A lead of a room, and why it is: just made by it, still claimed by its visitor, or known to be its lead. */
export interface LeadOfRoom {
  uuid: string;
  by: "birth" | "claim" | "room";
}

/** Whether this state of the room has been taken, as what the change of its lead depends on. */
export const stateTaken = (organizationId: number, room: Pick<RoomWrite, "id" | "version">): Fragment => ({
  sql: "EXISTS (SELECT 1 FROM room WHERE room.organization_id = ? AND room.id = ? AND room.version = ?)",
  values: [organizationId, room.id, room.version],
});

/**
 * The next state of a room; refused by the rule `room` where it has a later one, has ended, or has another lead. Nothing
 * happens where a lead is not claimed any more.
 * @param lead null: none is made yet.
 */
export function updateRoom(
  db: D1Database,
  organizationId: number,
  room: RoomWrite,
  lead: LeadOfRoom | null,
): D1PreparedStatement {
  const found = "(SELECT id FROM lead WHERE organization_id = ?1 AND uuid = ?7)";
  // A lead that was linked has given its rooms to another one.
  const leadId = lead?.by === "room" ? `coalesce(lead_id, ${found})` : found;
  const claimed = lead?.by === "claim" ? `AND EXISTS (SELECT 1 FROM claim WHERE lead_id = ${found})` : "";
  return db
    .prepare(`UPDATE room SET version = ?3, status = ?4, operator_id = ?5, closed_at = ?6, waiting_since = ?9,
        lead_id = ${leadId}, transcript = iif(${leadId} IS NULL, NULL, ?8), visitor_id = iif(${leadId} IS NULL AND ?4 = 'closed', NULL, visitor_id)
      WHERE organization_id = ?1 AND id = ?2 ${claimed}`)
    .bind(
      organizationId,
      ...[room.id, room.version, room.status, room.operatorId, room.closedAt, lead?.uuid ?? null],
      room.transcript === null ? null : JSON.stringify(room.transcript),
      room.waitingSince,
    );
}

export interface SavedRoomRow {
  version: number;
  status: KeptStatus;
  /** The lead that the room belongs to was purged. */
  is_emptied: number;
  lead_uuid: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
}

/** A room with a lead: the one that is named, else its own. */
export function savedRoom(
  db: D1Database,
  organizationId: number,
  roomId: string,
  leadUuid: string | null,
): D1PreparedStatement {
  return db
    .prepare(`SELECT room.version, room.status, own.purged_at IS NOT NULL AS is_emptied,
        lead.uuid AS lead_uuid, contact.name, contact.email, contact.phone
      FROM room
        LEFT JOIN lead AS own ON own.id = room.lead_id
        LEFT JOIN lead ON lead.id = coalesce((SELECT id FROM lead WHERE organization_id = ?1 AND uuid = ?3), room.lead_id)
        LEFT JOIN contact ON contact.id = lead.contact_id
      WHERE room.organization_id = ?1 AND room.id = ?2`)
    .bind(organizationId, roomId, leadUuid);
}

/** What an incoming chat says of itself besides, where the change of its lead was made. */
export function refreshChatMetadata(
  db: D1Database,
  organizationId: number,
  change: { leadUuid: string; changeId: string },
  lastText: string,
): D1PreparedStatement {
  return db
    .prepare(`UPDATE incoming_lead SET metadata = json_set(metadata, '$.last_message_text', ?4,
          '$.client.name', contact.name,
          '$.from', coalesce(contact.name, ''))
        FROM lead JOIN contact ON contact.id = lead.contact_id
        WHERE lead.organization_id = ?1 AND lead.uuid = ?2 AND lead.change_id = ?3
          AND incoming_lead.lead_id = lead.id AND incoming_lead.outcome IS NULL`)
    .bind(organizationId, change.leadUuid, change.changeId, lastText);
}
