/** The objects as the platform and our own Worker address them: what each can be asked, and where its code is. */
import type { Env } from "../env.ts";
import { Late } from "../services/late.ts";
import type { InboxDoor, RoomDoor } from "../services/live.ts";
import type { VisitorDoor } from "../services/visitor-door.ts";
import type { OrganizationInbox } from "./inbox.ts";
import { LateObject } from "./late-object.ts";
import type { Room } from "./room.ts";

export const ROOM_CODE = new Late(async () => (await import("./room.ts")).Room);
export const INBOX_CODE = new Late(async () => (await import("./inbox.ts")).OrganizationInbox);

/** One visitor's conversation. */
export class ChatRoom extends LateObject<Room> implements RoomDoor, VisitorDoor {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, ROOM_CODE);
  }
  exchange(...sent: Parameters<VisitorDoor["exchange"]>): ReturnType<VisitorDoor["exchange"]> {
    return this.inner.exchange(...sent);
  }
  look(...sent: Parameters<RoomDoor["look"]>): ReturnType<RoomDoor["look"]> {
    return this.inner.look(...sent);
  }
  command(...sent: Parameters<RoomDoor["command"]>): ReturnType<RoomDoor["command"]> {
    return this.inner.command(...sent);
  }
  erase(): Promise<void> {
    return this.inner.erase();
  }
  override alarm(): Promise<void> {
    return this.inner.alarm();
  }
}

/** What the operators of one organization hear. */
export class Inbox extends LateObject<OrganizationInbox> implements InboxDoor {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, INBOX_CODE);
  }
  tell(...told: Parameters<InboxDoor["tell"]>): Promise<void> {
    return this.inner.tell(...told);
  }
  signOut(...whom: Parameters<InboxDoor["signOut"]>): Promise<void> {
    return this.inner.signOut(...whom);
  }
}
