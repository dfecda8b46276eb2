/**
 * One visitor's conversation: a single object, so that everything in it happens one after the other.
 *
 * Visitors come by sockets that may hibernate, or by exchanges; operators by the RPC of RoomDoor. Each of their frames is
 * one turn, taken from a queue; nothing is stored before the visitor says something, and no turn waits for the database
 * but the one that opens the room, since the form's rates may refuse it.
 */
import {
  type ChatErrorCode,
  CLOSE_CODES,
  PING,
  PONG,
  type RoomFrame,
  type VisitorFrame,
} from "../../shared/chat-frames.ts";
import { type FrameRefusal, parseVisitorFrame } from "../../shared/frame-checks.ts";
import { ROOM_IDLE_MS } from "../../shared/limits.ts";
import { logError, logSocket } from "../api/http/log.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Env } from "../env.ts";
import type { Operator, RoomCommand, RoomDoor, RoomView } from "../services/live.ts";
import { type Hello, readVisiting, type Visiting, type VisitorDoor } from "../services/visitor-door.ts";
import type { Body } from "./late-object.ts";
import { chatPace, type Pace } from "./pace.ts";
import { Queue } from "./queue.ts";
import { RETRY_LIMIT_MS } from "./room-alarm.ts";
import { command, viewOf } from "./room-commands.ts";
import { doDue } from "./room-due.ts";
import { attempt, entryOf, type Guest, idOf } from "./room-guest.ts";
import { RoomKeeper } from "./room-keeper.ts";
import { RoomPresence } from "./room-presence.ts";
import { greet, take } from "./room-visits.ts";
import { close, send } from "./sockets.ts";

export class Room implements Body, RoomDoor, VisitorDoor {
  /** The room's clock: a test may set it. */
  now: () => number = Date.now;
  readonly env: Env;
  readonly #keeper: RoomKeeper;
  readonly #exchangePace: Pace;
  readonly #presence: RoomPresence;
  /** Also a turn that waits for the database is over before the next begins. */
  readonly #turns = new Queue();

  constructor(ctx: DurableObjectState, env: Env) {
    this.env = env;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
    this.#exchangePace = chatPace(env);
    this.#keeper = new RoomKeeper(ctx, env, () => this.now());
    this.#presence = new RoomPresence(this.#keeper, () => this.now());
  }

  async fetch(request: Request): Promise<Response> {
    const theirs = this.#keeper.sockets.accept(readVisiting(request));
    logSocket(this.env, { object: "ChatRoom", socket: theirs ? "open" : "refused", ...this.#whose() });
    return theirs === null
      ? new Response(null, { status: 429 })
      : new Response(null, { status: 101, webSocket: theirs });
  }

  async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const { sockets } = this.#keeper;
    const frame = parseVisitorFrame(message);
    const pace = sockets.paceOf(socket);
    const wait = pace.take(this.now());
    if (wait > 0) {
      send(socket, [{ t: "error", code: "rate-limited", retry_ms: wait, ...idOf(frame) }]);
      if (pace.isIgnored) close(socket, CLOSE_CODES.rateLimited);
      return;
    }
    const { visiting } = sockets.seatOf(socket);
    await this.#turns.add(async () => {
      const entry = () => sockets.entryOf(socket) ?? entryOf(visiting, null);
      const guest: Guest = { visiting, entry, hear: (frames) => send(socket, frames) };
      if (typeof frame === "object" && frame.t === "hello") return await this.#enter(socket, guest, frame);
      if (!sockets.seatOf(socket).isIn) return guest.hear([{ t: "error", code: "hello-first", ...idOf(frame) }]);
      await take(this.#keeper, this.now(), guest, frame);
    });
  }

  webSocketClose(socket: WebSocket, code: number): Promise<void> {
    logSocket(this.env, { object: "ChatRoom", socket: "close", code, ...this.#whose() });
    return this.#leave(socket);
  }
  webSocketError(socket: WebSocket): Promise<void> {
    return this.#leave(socket);
  }

  async exchange(visiting: Visiting, hello: Hello, frames: (VisitorFrame | FrameRefusal)[]): Promise<RoomFrame[]> {
    const wait = this.#exchangePace.take(this.now());
    if (wait > 0) return [{ t: "error", code: "rate-limited", retry_ms: wait }];
    const heard: RoomFrame[] = [];
    const found: RoomFrame[] = [];
    const entry = entryOf(visiting, hello);
    const guest: Guest = { visiting, entry: () => entry, hear: (said) => heard.push(...said) };
    await this.#turns.add(async () => {
      this.#presence.polled();
      for (const frame of frames) {
        if (!(await this.#takePaced(guest, frame))) break;
      }
      found.push(...((await attempt(guest, null, () => greet(this.#keeper, this.now(), guest, hello.since))) ?? []));
    });
    // What was said before is among what was found, unless the page has seen it.
    return [...found, ...heard.filter((frame) => frame.t !== "message" || frame.seq <= hello.since)];
  }

  async look(organizationId: number, since: number): Promise<Result<RoomView, ChatErrorCode>> {
    const { state } = this.#keeper;
    if (state?.organizationId !== organizationId) return fail("not-found");
    return ok(viewOf(this.#keeper, state, since, this.#presence.isThere));
  }

  async command(organizationId: number, by: Operator, asked: RoomCommand): Promise<Result<RoomView, ChatErrorCode>> {
    const { state, tombstone } = this.#keeper;
    const owner = state?.organizationId ?? tombstone?.organizationId;
    if (owner !== organizationId) return fail("not-found");
    return this.#turns.add(() => command(this.#keeper, this.now(), by, asked, this.#presence.isThere));
  }

  async erase(): Promise<void> {
    await this.#turns.add(() => this.#keeper.forget());
  }

  /** Whatever is due by now. Too early, it is set again; never fails, since the platform would try it six times only. */
  async alarm(): Promise<void> {
    this.#keeper.alarm.wentOff();
    this.#presence.miss();
    try {
      await this.#turns.add(() => doDue(this.#keeper, this.now()));
      await this.#keeper.save();
      this.#keeper.setAlarm();
      this.#presence.setAlarm();
    } catch (error) {
      logError(error, { method: "ALARM", route: "ChatRoom" });
      this.#keeper.alarm.exactly(this.now() + RETRY_LIMIT_MS, this.now());
    }
  }

  async #enter(socket: WebSocket, guest: Guest, hello: Hello): Promise<void> {
    const { sockets, state, tombstone } = this.#keeper;
    const entry = entryOf(guest.visiting, hello);
    const wasThere = this.#presence.isThere;
    const frames = await attempt(guest, null, () =>
      greet(this.#keeper, this.now(), { ...guest, entry: () => entry }, hello.since),
    );
    if (frames === null) return;
    guest.hear(frames);
    sockets.admit(socket, state || tombstone ? null : entry);
    if (this.#keeper.log.readEntry()) this.#keeper.alarm.noLaterThan(this.now() + ROOM_IDLE_MS, this.now());
    if (!wasThere) this.#presence.tell(true);
  }

  /** @returns whether the next frame of the same sender may be taken: those after a refused one would be out of order. */
  async #takePaced(guest: Guest, frame: VisitorFrame | FrameRefusal): Promise<boolean> {
    const wait = this.#exchangePace.take(this.now());
    if (wait === 0) return take(this.#keeper, this.now(), guest, frame);
    guest.hear([{ t: "error", code: "rate-limited", retry_ms: wait, ...idOf(frame) }]);
    return false;
  }

  async #leave(socket: WebSocket): Promise<void> {
    close(socket, 1000);
    const { sockets, state, log } = this.#keeper;
    if (state === null && log.readEntry() && !log.readOpening() && !sockets.isAny(socket)) await this.#keeper.vanish();
    this.#presence.left(socket);
  }

  #whose(): { organization?: number } {
    const { state } = this.#keeper;
    return state ? { organization: state.organizationId } : {};
  }
}
