/**
 * Brings the database to a room's state: the room, and the lead that comes of it. One batch, which the database takes once
 * and in order: what was saved before, or is older than what was, changes nothing.
 *
 * A lead is born as soon as somebody can be answered, and has agreed where the form requires it. A second room of the same
 * visitor goes on with the lead of the first while that lead's claim stands. Later answers are edits of it; a lead that was
 * sorted away or purged takes none.
 */
import type { RoomStatus } from "../../shared/chat-frames.ts";
import { type Actor, actorStamp } from "../domain/actor.ts";
import type { Talk } from "../domain/conversation.ts";
import type { Person } from "../domain/lead.ts";
import { transitionMap } from "../domain/lead-transitions.ts";
import type { TranscriptInput } from "../domain/transcript.ts";
import type { Visit } from "../domain/visit.ts";
import { brokenRule, commit, firstRow } from "../store/d1.ts";
import type { FormContext } from "../store/forms.ts";
import { changeLead, type LeadEventKind } from "../store/lead-changes.ts";
import { NOT_EMPTIED } from "../store/lead-words.ts";
import { type ClaimHolder, claimHolders } from "../store/repeats.ts";
import { refreshChatMetadata, type SavedRoomRow, savedRoom, updateRoom } from "../store/rooms.ts";
import { bornLead, chatWords, claimsOf, lastTextOf, type Said, saidIn } from "./chat-lead.ts";
import type { Context } from "./context.ts";

/** A room at one moment. Times are milliseconds since 1970, UTC. */
export interface RoomSnapshot {
  roomId: string;
  /** Higher than that of every earlier snapshot. */
  version: number;
  form: FormContext;
  /** The uuid of the lead that the room may make: chosen once. */
  leadUuid: string;
  /** The uuid of the lead that is known to stand; it may be that of an earlier room of the visitor. */
  lead: string | null;
  status: Exclude<RoomStatus, "new">;
  operatorId: number | null;
  openedAt: number;
  closedAt: number | null;
  /** null: Foyer itself. */
  closedBy: Actor | null;
  talk: Talk;
  /** The database has the answers already. */
  savedTalk: boolean;
  visit: Visit;
  locale: string | null;
  lastText: string;
  /** With `closed` only. */
  transcript: TranscriptInput | null;
}

export interface SavedRoom {
  lead: { uuid: string; person: Pick<Person, "name" | "email" | "phone"> } | null;
  /** The lead was purged: the room forgets everything. */
  isEmptied: boolean;
}

type Attempt = { saved: SavedRoom } | { lead: string } | "again";

/** @throws where the database does: the same snapshot, or a later one, may be saved again. */
export async function saveRoom(ctx: Context, room: RoomSnapshot): Promise<SavedRoom> {
  const said = saidIn(room);
  let lead = room.lead;
  for (let attempts = 1; attempts <= 4; attempts += 1) {
    const result = await attempt(ctx, room, said, lead);
    if (result === "again") continue;
    if ("saved" in result) return result.saved;
    lead = result.lead;
  }
  throw new Error("save room: refused four times by rules that no longer held");
}

/** @returns what stands; or the lead with which to try again. */
async function attempt(ctx: Context, room: RoomSnapshot, said: Said, lead: string | null): Promise<Attempt> {
  const isBorn = lead === null && said.isLead;
  const leadUuid = isBorn ? room.leadUuid : lead;
  const organizationId = room.form.organization.id;
  const statements = [
    ...(isBorn ? await bornLead(ctx, room, said) : []),
    updateRoom(
      ctx.db,
      organizationId,
      { ...room, id: room.roomId },
      leadUuid === null ? null : { uuid: leadUuid, isBorn },
    ),
    ...(leadUuid === null ? [] : await changes(ctx, room, said, { uuid: leadUuid, isBorn })),
    savedRoom(ctx.db, organizationId, room.roomId, leadUuid),
  ];
  try {
    const results = await commit(ctx.db, statements);
    return { saved: savedOf(firstRow<SavedRoomRow>(results.at(-1))) };
  } catch (error) {
    const rule = brokenRule(error);
    if (rule === "room") return overtaken(ctx, room, lead);
    // The answer to an earlier save was lost: its lead stands.
    if (isBorn && rule === "identity") return { lead: room.leadUuid };
    if (!isBorn || rule !== "claim") throw error;
    return holderOf(ctx, room);
  }
}

/** What happens to a lead that stands: new words, the end of the chat, both in one, or nothing. */
async function changes(
  ctx: Context,
  room: RoomSnapshot,
  said: Said,
  lead: { uuid: string; isBorn: boolean },
): Promise<D1PreparedStatement[]> {
  const hasWords = !room.savedTalk && !lead.isBorn;
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
      provided: NOT_EMPTIED,
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
async function overtaken(ctx: Context, room: RoomSnapshot, lead: string | null): Promise<Attempt> {
  const found = savedRoom(ctx.db, room.form.organization.id, room.roomId, lead);
  const row = await found.first<SavedRoomRow>();
  const saved = savedOf(row);
  const isBehind = row !== null && row.version < room.version && row.status !== "closed";
  return isBehind && saved.lead !== null && lead === null ? { lead: saved.lead.uuid } : { saved };
}

/** The lead of the visitor's earlier room. */
async function holderOf(ctx: Context, room: RoomSnapshot): Promise<Attempt> {
  const found = claimHolders(ctx.db, room.form.organization.id, claimsOf(ctx, room));
  const holder = await found.first<ClaimHolder>();
  return holder === null ? "again" : { lead: holder.lead_uuid };
}

function savedOf(row: SavedRoomRow | null): SavedRoom {
  if (row === null) throw new Error("save room: the room was never opened");
  const { lead_uuid: uuid, name, email, phone } = row;
  return { lead: uuid === null ? null : { uuid, person: { name, email, phone } }, isEmptied: row.is_emptied === 1 };
}
