/** What the operators of one organization hear. */
import { DurableObject } from "cloudflare:workers";
import type { InboxFrame } from "../../shared/chat-frames.ts";
import type { Env } from "../env.ts";
import type { InboxDoor } from "../services/live.ts";

export class Inbox extends DurableObject<Env> implements InboxDoor {
  async tell(_frames: InboxFrame[]): Promise<void> {}
  async signOut(_userUuid: string): Promise<void> {}
}
