/** A room's state as the database is to have it: one snapshot, which may be sent again and again. */
import { v7 } from "uuid";
import type { Actor } from "../domain/actor.ts";
import { shardOfForm } from "../domain/shard.ts";
import type { Config } from "../env.ts";
import type { Context } from "../services/context.ts";
import { findUser } from "../services/find-user.ts";
import type { RoomSnapshot } from "../services/room-snapshot.ts";
import { saveRoom } from "../services/save-room.ts";
import { localeOf, type RoomForm, type RoomState, type StoredMessage, transcriptOf } from "./room-state.ts";
import type { Around } from "./room-turn.ts";

interface OfRoom {
  formId: string;
  visit: Pick<RoomState["visit"], "visitorId">;
}

/** What a verb is handed that a room calls: the visitor acts, in the database that their form is in. */
export function contextOf(config: Config, state: OfRoom, now: number): Context {
  const db = config.databases[shardOfForm(state.formId) ?? -1];
  if (db === undefined) throw new Error("room: its form's database is not there");
  const actor: Actor = { kind: "visitor", visitorId: state.visit.visitorId };
  return { db, actor, now, newId: () => v7(), keys: config.keys, live: config.live };
}

/** @param messages read only where the room has ended. */
export async function save(
  ctx: Context,
  state: RoomState,
  { form, settings }: { form: RoomForm } & Pick<Around, "settings">,
  messages: () => StoredMessage[],
): ReturnType<typeof saveRoom> {
  const { talk, visit, version, status, openedAt, waitingSince, closedAt, leadUuid, lastText, roomId } = state;
  const snapshot: RoomSnapshot = {
    ...{ roomId, version, form, leadUuid, status, openedAt, waitingSince, closedAt, talk, visit, lastText },
    lead: state.lead?.uuid ?? null,
    operatorId: state.operator?.id ?? null,
    closedBy: await closerOf(ctx, state, form),
    savedTalk: state.isTalkSaved,
    locale: localeOf(settings),
    transcript: status === "closed" ? transcriptOf(state, messages()) : null,
  };
  return saveRoom(ctx, snapshot);
}

/** Whoever ended the room; Foyer itself for an operator who is not there any more. */
async function closerOf(ctx: Context, { closedBy }: RoomState, { organization }: RoomForm): Promise<Actor | null> {
  if (closedBy === null) return null;
  if (closedBy === "visitor") return ctx.actor;
  const user = closedBy === "system" ? null : await findUser(ctx.db, organization.id, closedBy.uuid, ctx.now);
  return user ? { kind: "user", user, organization } : { kind: "system" };
}
