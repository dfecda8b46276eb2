/** One visitor's conversation. */
import { DurableObject } from "cloudflare:workers";
import type { ChatErrorCode } from "../../shared/chat-frames.ts";
import { fail, type Result } from "../domain/result.ts";
import type { Env } from "../env.ts";
import type { Operator, RoomCommand, RoomDoor, RoomView } from "../services/live.ts";

export class ChatRoom extends DurableObject<Env> implements RoomDoor {
  async look(_organizationId: number, _since: number): Promise<Result<RoomView, ChatErrorCode>> {
    return fail("not-found");
  }
  async command(
    _organizationId: number,
    _by: Operator,
    _command: RoomCommand,
  ): Promise<Result<RoomView, ChatErrorCode>> {
    return fail("not-found");
  }
  async erase(): Promise<void> {}
}
