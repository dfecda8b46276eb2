/**
 * Rooms as operators meet them. What goes on is asked of the room itself; lists, and what has ended, stand in the
 * database. A room that does not answer is `unavailable`: nothing was done, or the same command again does no harm.
 */
import type { ChatErrorCode, RoomSummary } from "../../shared/chat-frames.ts";
import { ROOMS_PAGE_LIMIT } from "../../shared/limits.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import {
  getRoom,
  type KeptRoomRow,
  listRooms as list,
  messagesOf,
  type RoomFilter,
  type RoomRow,
  roomOf,
} from "../store/room-lists.ts";
import type { Context } from "./context.ts";
import { findUser } from "./find-user.ts";
import type { Live, Operator, RoomCommand, RoomView } from "./live.ts";
import { operatorOf } from "./operator.ts";

/** One round trip. @returns the oldest first, a page and one more. */
export async function listRooms(
  ctx: Context,
  organizationId: number,
  query: { filter: RoomFilter; after: { at: number; id: string } },
): Promise<RoomSummary[]> {
  const { results } = await list(ctx.db, organizationId, { ...query, limit: ROOMS_PAGE_LIMIT }).all<RoomRow>();
  return results.map(roomOf);
}

type Seen = Result<RoomView, ChatErrorCode>;

/** Whatever else is asked for wakes nobody. */
const ROOM_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function ask(
  rooms: Live["rooms"],
  roomId: string,
  question: (room: ReturnType<Live["rooms"]["getByName"]>) => Promise<Seen>,
): Promise<Seen> {
  if (!ROOM_ID.test(roomId)) return fail("not-found");
  try {
    return await question(rooms.getByName(roomId));
  } catch {
    return fail("unavailable");
  }
}

/** A room that goes on, or what is kept of one that has ended. @param since messages after this number. */
export async function lookAtRoom(ctx: Context, organizationId: number, roomId: string, since: number): Promise<Seen> {
  const seen = await ask(ctx.live.rooms, roomId, (room) => room.look(organizationId, since));
  if (seen.ok || (seen.failure !== "not-found" && seen.failure !== "closed")) return seen;
  const row = await getRoom(ctx.db, organizationId, roomId).first<KeptRoomRow>();
  if (row?.status !== "closed") return fail("not-found");
  const messages = messagesOf(row, since);
  const last = messages.at(-1)?.seq ?? since;
  const room = roomOf(row);
  return ok({ room, status: room.status, messages, isVisitorThere: false, read: { visitor: last, operator: last } });
}

/** @returns the room after it. A room that forgot itself because it has ended says `not-found`; here that is `closed`. */
export async function commandRoom(
  ctx: Pick<Context, "db" | "live">,
  organizationId: number,
  asked: { roomId: string; by: Operator; command: RoomCommand },
): Promise<Seen> {
  const { roomId, by, command } = asked;
  const done = await ask(ctx.live.rooms, roomId, (room) => room.command(organizationId, by, command));
  if (done.ok || done.failure !== "not-found" || !ROOM_ID.test(roomId)) return done;
  const row = await getRoom(ctx.db, organizationId, roomId).first<KeptRoomRow>();
  return fail(row?.status === "closed" ? "closed" : "not-found");
}

/** Whom a room is handed over to. @returns undefined for whoever is no active user of the organization. */
export async function findOperator(
  ctx: Pick<Context, "db" | "now">,
  organizationId: number,
  uuid: string,
): Promise<Operator | undefined> {
  const user = await findUser(ctx.db, organizationId, uuid.toLowerCase(), ctx.now);
  return user?.isActive ? operatorOf(user) : undefined;
}
