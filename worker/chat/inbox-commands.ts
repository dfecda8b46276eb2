/** An operator's frames: what each asks of which room, and what it is answered. */
import type { InboxFrame, OperatorFrame } from "../../shared/chat-frames.ts";
import type { Context } from "../services/context.ts";
import type { Operator, RoomCommand } from "../services/live.ts";
import { commandRoom, findOperator } from "../services/rooms.ts";

type Verbs = Pick<Context, "db" | "live" | "now">;

/** @returns `done`, or why not; nothing for what has no id and went well. */
export async function obey(
  ctx: Verbs,
  from: { operator: Operator; organizationId: number },
  frame: OperatorFrame,
): Promise<InboxFrame[]> {
  const answered = "id" in frame ? { id: frame.id } : {};
  const command = await commandOf(ctx, from.organizationId, frame);
  if (command === null) return [{ t: "error", code: "not-found", ...answered }];
  const done = await commandRoom(ctx, from.organizationId, { roomId: frame.room, by: from.operator, command });
  if (!done.ok) return [{ t: "error", code: done.failure, ...answered }];
  return "id" in frame ? [{ t: "done", id: frame.id }] : [];
}

/** @returns null where a room is to go to nobody of the organization. */
async function commandOf(ctx: Verbs, organizationId: number, frame: OperatorFrame): Promise<RoomCommand | null> {
  switch (frame.t) {
    case "join":
    case "leave":
    case "close":
      return { kind: frame.t, id: frame.id };
    case "hand-over": {
      const to = frame.to === undefined ? null : await findOperator(ctx, organizationId, frame.to);
      return to === undefined ? null : { kind: "hand-over", id: frame.id, to };
    }
    case "say":
      return { kind: "say", id: frame.id, text: frame.text, isPrivate: frame.isPrivate ?? false };
    case "typing":
      return { kind: "typing" };
    case "read":
      return { kind: "read", seq: frame.seq };
  }
}
