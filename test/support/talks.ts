/** Rooms as their objects hand them to the verbs. */
import { env } from "cloudflare:workers";
import { v7 } from "uuid";
import type { ChatAnswer } from "../../shared/chat-frames.ts";
import { answered, asks, NO_TALK, type Talk } from "../../worker/domain/conversation.ts";
import type { FormSettings } from "../../worker/domain/form.ts";
import { configOf } from "../../worker/env.ts";
import type { Context } from "../../worker/services/context.ts";
import { loadForm } from "../../worker/services/load-form.ts";
import { openRoom } from "../../worker/services/open-room.ts";
import type { RoomSnapshot } from "../../worker/services/room-snapshot.ts";
import { type Edge, firstDatabase, START } from "./edge.ts";

/** What a visitor's room hands to every verb. */
export function visiting(at: Edge): Context {
  const { live, keys } = configOf(env);
  return {
    db: firstDatabase(at),
    actor: { kind: "visitor", visitorId: null },
    now: at.clock.now,
    newId: () => v7(),
    keys,
    live,
  };
}

/** The talk after these answers, in their order. @throws where one of them is not taken. */
export function talk(settings: FormSettings, answers: Record<string, ChatAnswer>, from: Talk = NO_TALK): Talk {
  let now = from;
  for (const [field, value] of Object.entries(answers)) {
    // What stands in between is optional, and left out.
    for (
      let ask = asks(settings, now);
      ask !== null && ask !== field && !isKnown(now, field);
      ask = asks(settings, now)
    ) {
      now = taken(settings, now, ask, null);
    }
    now = taken(settings, now, field, value);
  }
  return now;
}

const isKnown = (now: Talk, field: string) => Object.hasOwn(now.answers, field) || now.skipped.includes(field);

function taken(settings: FormSettings, now: Talk, field: string, value: ChatAnswer): Talk {
  const result = answered(settings, now, field, value);
  if (!result.ok) throw new Error(`${field}: ${result.failure}`);
  return result.value.talk;
}

export interface Opened extends RoomSnapshot {
  /** The next state of the room, in which these answers have been given as well. */
  next: (change?: Partial<RoomSnapshot> & { said?: Record<string, ChatAnswer> }) => Opened;
}

/** A room that has been opened, in its first state. */
export async function opened(at: Edge, formId: string, visitorId: string | null = v7()): Promise<Opened> {
  const ctx = visiting(at);
  const form = await loadForm([firstDatabase(at)], formId, ctx.now);
  if (form === null) throw new Error("no such form");
  const roomId = crypto.randomUUID();
  const result = await openRoom(ctx, { form, roomId, visitorId, ip: null });
  if (!result.ok) throw new Error(result.failure.kind);
  return inState({
    roomId,
    version: 1,
    form,
    leadUuid: v7(),
    lead: null,
    status: "guided",
    operatorId: null,
    openedAt: ctx.now,
    waitingSince: null,
    closedAt: null,
    closedBy: null,
    talk: NO_TALK,
    savedTalk: false,
    visit: { visitorId, pageUrl: null, pageTitle: null, referrer: null, ip: null, geography: null, browser: null },
    locale: null,
    lastText: "Hello",
    transcript: null,
  });
}

const inState = (room: RoomSnapshot): Opened => ({
  ...room,
  next: ({ said = {}, ...change } = {}) =>
    inState({
      ...room,
      version: room.version + 1,
      talk: talk(room.form.form.settings, said, room.talk),
      waitingSince: (change.status ?? room.status) === "waiting" ? (room.waitingSince ?? START) : null,
      ...change,
    }),
});
