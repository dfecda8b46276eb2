/** What a room lets its organization's operators know. Nobody waits for it, and no failure of it is the room's. */
import { waitUntil } from "cloudflare:workers";
import type { InboxFrame } from "../../shared/chat-frames.ts";
import { logError } from "../api/http/log.ts";
import { shardOfAccount } from "../domain/shard.ts";
import { type InboxDoor, inboxName, type Live } from "../services/live.ts";
import type { RoomState } from "./room-state.ts";

export class RoomNews {
  readonly #live: Live;
  #inbox: InboxDoor | null = null;

  constructor(live: Live) {
    this.#live = live;
  }

  /** In the order of the calls, as long as the inbox answers. */
  tell(of: Pick<RoomState, "formId" | "organizationId">, frames: InboxFrame[]): void {
    if (frames.length === 0) return;
    // One stub keeps the order of its calls.
    this.#inbox ??= this.#live.inboxes.getByName(inboxName(shardOfAccount(of.organizationId), of.organizationId));
    const told = this.#inbox.tell(frames).catch((error: unknown) => {
      this.#inbox = null;
      logError(error, { method: "RPC", route: "Inbox.tell" });
    });
    waitUntil(told);
  }
}
