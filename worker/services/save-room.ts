/**
 * Brings the database to a room's state: the room, and the lead that comes of it. One batch, which the database takes once
 * and in order: what was saved before, or is older than what was, changes nothing.
 *
 * A lead is born as soon as somebody can be answered, and has agreed where the form requires it. A second room of the same
 * visitor goes on with the lead of the first while that lead's claim stands. Later answers are edits of it; a lead that was
 * sorted away or purged takes none.
 */
import { actorStamp } from "../domain/actor.ts";
import type { Person } from "../domain/lead.ts";
import { transitionMap } from "../domain/lead-transitions.ts";
import { insertLeads } from "../store/capture.ts";
import { brokenRule, commit, firstRow } from "../store/d1.ts";
import { changeLead, type LeadEventKind } from "../store/lead-changes.ts";
import { allOf, NOT_EMPTIED } from "../store/lead-words.ts";
import { type ClaimHolder, claimHolders } from "../store/repeats.ts";
import {
  type LeadOfRoom,
  refreshChatMetadata,
  type SavedRoomRow,
  savedRoom,
  stateTaken,
  updateRoom,
} from "../store/rooms.ts";
import { announceLeads, whoListens } from "./announce.ts";
import { bornLead, chatWords, claimsOf, lastTextOf, type Said, saidIn } from "./chat-lead.ts";
import type { Context } from "./context.ts";
import type { RoomSnapshot } from "./room-snapshot.ts";

export interface SavedRoom {
  lead: { uuid: string; person: Pick<Person, "name" | "email" | "phone"> } | null;
  /** The lead was purged: the room forgets everything. */
  isEmptied: boolean;
}

/** What came of one attempt: what stands now; or the lead with which to try again, or none. */
type Attempt = { saved: SavedRoom } | { again: LeadOfRoom | null };

/** @throws where the database does: the same snapshot, or a later one, may be saved again. */
export async function saveRoom(ctx: Context, room: RoomSnapshot): Promise<SavedRoom> {
  const said = saidIn(room);
  let lead: LeadOfRoom | null = room.lead === null ? null : { uuid: room.lead, by: "room" };
  for (let attempts = 1; attempts <= ATTEMPTS; attempts += 1) {
    const result = await attempt(ctx, room, said, lead);
    if ("saved" in result) return result.saved;
    lead = result.again;
  }
  throw new Error("save room: refused again and again by rules that no longer held");
}
const ATTEMPTS = 5;

async function attempt(ctx: Context, room: RoomSnapshot, said: Said, known: LeadOfRoom | null): Promise<Attempt> {
  const lead = known ?? (said.isLead ? { uuid: room.leadUuid, by: "birth" as const } : null);
  const organizationId = room.form.organization.id;
  const born = lead?.by === "birth" ? await bornLead(ctx, room, said) : null;
  const statements = [
    ...(born ? whoListens(ctx, organizationId, born) : []),
    ...(born ? insertLeads(ctx.db, organizationId, born, { kind: "visitor", id: null }) : []),
    updateRoom(ctx.db, organizationId, { ...room, id: room.roomId }, lead),
    ...(lead === null ? [] : await changes(ctx, room, said, lead)),
    savedRoom(ctx.db, organizationId, room.roomId, lead?.uuid ?? null),
  ];
  try {
    const results = await commit(ctx.db, statements, { repeatable: true });
    const row = firstRow<SavedRoomRow>(results.at(-1));
    if (born) announceLeads(ctx, organizationId, born, results[0]);
    // The earlier lead was sorted away between our look and our change.
    return lead?.by === "claim" && isBehind(row, room) ? { again: null } : { saved: savedOf(row) };
  } catch (error) {
    const rule = brokenRule(error);
    if (rule === "room") return overtaken(ctx, room, known);
    if (lead?.by === "birth" && rule === "identity") {
      // The answer to an earlier save was lost: its lead stands, and nobody has been told.
      if (born) announceLeads(ctx, organizationId, born, undefined);
      return { again: { uuid: lead.uuid, by: "room" } };
    }
    if (lead?.by === "birth" && rule === "claim") return { again: await earlierLead(ctx, room) };
    throw error;
  }
}

/** What happens to a lead that stands: new words, the end of the chat, both in one, or nothing. */
async function changes(ctx: Context, room: RoomSnapshot, said: Said, lead: LeadOfRoom): Promise<D1PreparedStatement[]> {
  const hasWords = !room.savedTalk && lead.by !== "birth";
  const isEnd = room.status === "closed";
  if (!hasWords && !isEnd) return [];
  const kind: LeadEventKind = isEnd ? "chat-ended" : "edit";
  const changeId = ctx.newId();
  const organizationId = room.form.organization.id;
  return [
    ...changeLead(ctx.db, {
      organizationId,
      lead: { uuid: lead.uuid },
      view: null,
      onlyOwnedBy: null,
      next: transitionMap(["edit"]),
      words: hasWords ? await chatWords(ctx, room, said, lead.uuid === room.leadUuid) : undefined,
      isAbout: true,
      provided: allOf(NOT_EMPTIED, stateTaken(organizationId, { id: room.roomId, version: room.version })),
      kind,
      actor: isEnd ? actorStamp(room.closedBy ?? { kind: "system" }) : { kind: "visitor", id: null },
      sortedBy: null,
      changeId,
      now: ctx.now,
    }),
    refreshChatMetadata(ctx.db, organizationId, { leadUuid: lead.uuid, changeId }, lastTextOf(room)),
  ];
}

/** The database has a later state of the room, or its end; or the room has a lead that this attempt did not know of. */
async function overtaken(ctx: Context, room: RoomSnapshot, known: LeadOfRoom | null): Promise<Attempt> {
  const found = savedRoom(ctx.db, room.form.organization.id, room.roomId, known?.by === "room" ? known.uuid : null);
  const row = await found.first<SavedRoomRow>();
  const saved = savedOf(row);
  if (!isBehind(row, room) || saved.lead === null) return { saved };
  return { again: { uuid: saved.lead.uuid, by: "room" } };
}

const isBehind = (row: SavedRoomRow | null, room: RoomSnapshot): boolean =>
  row !== null && row.version < room.version && row.status !== "closed";

/** The lead of the visitor's earlier room; null where it is claimed no more. */
async function earlierLead(ctx: Context, room: RoomSnapshot): Promise<LeadOfRoom | null> {
  const found = claimHolders(ctx.db, room.form.organization.id, claimsOf(ctx, room));
  const holder = await found.first<ClaimHolder>();
  return holder === null ? null : { uuid: holder.lead_uuid, by: "claim" };
}

function savedOf(row: SavedRoomRow | null): SavedRoom {
  if (row === null) throw new Error("save room: the room was never opened");
  const { lead_uuid: uuid, name, email, phone } = row;
  return { lead: uuid === null ? null : { uuid, person: { name, email, phone } }, isEmptied: row.is_emptied === 1 };
}
