/** Operators of a room, its clock, and what its organization's inbox is told. */
import { runInDurableObject } from "cloudflare:test";
import type { env } from "cloudflare:workers";
import { type MockInstance, vi } from "vitest";
import type { InboxFrame } from "../../shared/chat-frames.ts";
import { type ChatRoom, Inbox } from "../../worker/chat/objects.ts";
import type { Operator, RoomCommand, RoomView } from "../../worker/services/live.ts";
import type { Person, Tenant } from "./edge.ts";

type RoomStub = ReturnType<(typeof env)["ROOMS"]["getByName"]>;

export const operator = (person: Person, isAdministrator = false): Operator => ({
  id: person.user_id,
  uuid: person.id,
  name: person.username,
  isAdministrator,
});

/** What an operator of the organization does in a room, and how the room is after it. */
export async function does(room: RoomStub, to: Tenant, by: Operator, command: RoomCommand): Promise<RoomView> {
  const done = await room.command(to.accountId, by, command);
  if (!done.ok) throw new Error(`${command.kind}: ${done.failure}`);
  return done.value;
}

export const join = (room: RoomStub, to: Tenant, by: Operator) => does(room, to, by, { kind: "join", id: "j" });

/** Sets the room's clock so far ahead of the machine's. */
export const ahead = (room: RoomStub, ms: number) =>
  runInDurableObject(room, ({ inner }: ChatRoom) => {
    inner.now = () => Date.now() + ms;
  });

/** Everything that inboxes are told from now on. */
export function listen(): { told: InboxFrame[]; spy: MockInstance } {
  const told: InboxFrame[] = [];
  const spy = vi.spyOn(Inbox.prototype, "tell").mockImplementation(async (frames) => {
    told.push(...frames);
  });
  return { told, spy };
}
