/**
 * One visitor's conversation: a single object, so that everything in it happens one after the other.
 *
 * Visitors come by sockets that may hibernate, or by exchanges; operators by the RPC of RoomDoor. Each of their frames is
 * one turn, taken from a queue; nothing is stored before the visitor says something, and no turn waits for the database
 * but the one that opens the room, since the form's rates may refuse it.
 */
import { DurableObject } from "cloudflare:workers";
import {
  type ChatErrorCode,
  CLOSE_CODES,
  type FrameRefusal,
  PING,
  PONG,
  parseVisitorFrame,
  type RoomFrame,
  type VisitorFrame,
} from "../../shared/chat-frames.ts";
import { ROOM_IDLE_MS } from "../../shared/limits.ts";
import { logError, logSocket } from "../api/http/log.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Env } from "../env.ts";
import type { Operator, RoomCommand, RoomDoor, RoomView } from "../services/live.ts";
import { type Hello, readVisiting, type Visiting, type VisitorDoor } from "../services/visitor-door.ts";
import { chatPace, type Pace } from "./pace.ts";
import { LINGER_MS, RETRY_LIMIT_MS } from "./room-alarm.ts";
import { command, viewOf } from "./room-commands.ts";
import { RoomKeeper } from "./room-keeper.ts";
import { isDirty } from "./room-state.ts";
import { end } from "./room-turn.ts";
import { entryOf, type Guest, greet, idOf, take } from "./room-visits.ts";
import { close, send } from "./sockets.ts";

/** A page that polls is there as long as it has done so within this time. */
const THERE_MS = 30_000;
/** When to try again what could not be done just now. */
const UNAVAILABLE_RETRY_MS = 2_000;

export class ChatRoom extends DurableObject<Env> implements RoomDoor, VisitorDoor {
  /** The room's clock: a test may set it. */
  now: () => number = Date.now;
  readonly #keeper: RoomKeeper;
  readonly #exchangePace: Pace;
  #turns: Promise<unknown> = Promise.resolve();
  /** When a page without a socket was here last; 0: it is not. */
  #polledAt = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
    this.#exchangePace = chatPace(env);
    this.#keeper = new RoomKeeper(ctx, env, () => this.now());
  }

  override async fetch(request: Request): Promise<Response> {
    const theirs = this.#keeper.sockets.accept(readVisiting(request));
    logSocket(this.env, { object: "ChatRoom", socket: theirs ? "open" : "refused", ...this.#whose() });
    return theirs === null
      ? new Response(null, { status: 429 })
      : new Response(null, { status: 101, webSocket: theirs });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
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
    await this.#turn(async () => {
      const entry = () => sockets.entryOf(socket) ?? entryOf(visiting, null);
      const guest: Guest = { visiting, entry, hear: (frames) => send(socket, frames) };
      if (typeof frame === "object" && frame.t === "hello") return await this.#enter(socket, guest, frame);
      if (!sockets.seatOf(socket).isIn) return guest.hear([{ t: "error", code: "hello-first", ...idOf(frame) }]);
      await this.#take(guest, frame);
    });
  }

  override webSocketClose(socket: WebSocket, code: number): Promise<void> {
    logSocket(this.env, { object: "ChatRoom", socket: "close", code, ...this.#whose() });
    return this.#leave(socket);
  }
  override webSocketError(socket: WebSocket): Promise<void> {
    return this.#leave(socket);
  }

  async exchange(visiting: Visiting, hello: Hello, frames: (VisitorFrame | FrameRefusal)[]): Promise<RoomFrame[]> {
    const wait = this.#exchangePace.take(this.now());
    if (wait > 0) return [{ t: "error", code: "rate-limited", retry_ms: wait }];
    const heard: RoomFrame[] = [];
    const found: RoomFrame[] = [];
    const entry = entryOf(visiting, hello);
    const guest: Guest = { visiting, entry: () => entry, hear: (said) => heard.push(...said) };
    await this.#turn(async () => {
      this.#sawPoll();
      for (const frame of frames) {
        if (!(await this.#takePaced(guest, frame))) break;
      }
      found.push(
        ...((await this.#attempt(guest, null, () => greet(this.#keeper, this.now(), guest, hello.since))) ?? []),
      );
    });
    // What was said before is among what was found, unless the page has seen it.
    return [...found, ...heard.filter((frame) => frame.t !== "message" || frame.seq <= hello.since)];
  }

  async look(organizationId: number, since: number): Promise<Result<RoomView, ChatErrorCode>> {
    const { state } = this.#keeper;
    if (state?.organizationId !== organizationId) return fail("not-found");
    return ok(viewOf(this.#keeper, state, since, this.#isVisitorThere()));
  }

  async command(organizationId: number, by: Operator, asked: RoomCommand): Promise<Result<RoomView, ChatErrorCode>> {
    const { state, tombstone } = this.#keeper;
    const owner = state?.organizationId ?? tombstone?.organizationId;
    if (owner !== organizationId) return fail("not-found");
    return this.#turn(async () => {
      try {
        return await command(this.#keeper, this.now(), by, asked, this.#isVisitorThere());
      } catch (error) {
        logError(error, { method: "RPC", route: "ChatRoom.command" });
        return fail("unavailable");
      }
    });
  }

  async erase(): Promise<void> {
    await this.#turn(() => this.#keeper.forget());
  }

  /** Whatever is due by now. Too early, it is set again; never fails, since the platform would try it six times only. */
  override async alarm(): Promise<void> {
    this.#keeper.alarm.wentOff();
    this.#missPoll();
    try {
      await this.#turn(() => this.#doDue());
      await this.#keeper.save();
      this.#setAlarm();
    } catch (error) {
      logError(error, { method: "ALARM", route: "ChatRoom" });
      this.#keeper.alarm.exactly(this.now() + RETRY_LIMIT_MS, this.now());
    }
  }

  async #doDue(): Promise<void> {
    const keeper = this.#keeper;
    const { state } = keeper;
    const now = this.now();
    if (state === null) {
      if (keeper.tombstone || !keeper.sockets.isAny()) await keeper.vanish();
    } else if (state.closedAt !== null) {
      if (!isDirty(state) && now >= state.closedAt + LINGER_MS) await keeper.forget();
    } else if (now >= state.lastAt + ROOM_IDLE_MS) {
      await keeper.change(now, (turn) => end(turn, "idle"));
    }
  }

  /** One after the other: also a turn that waits for the database is over before the next begins. */
  #turn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turns.then(act);
    this.#turns = turn.catch(() => undefined);
    return turn;
  }

  async #enter(socket: WebSocket, guest: Guest, hello: Hello): Promise<void> {
    const { sockets, state, tombstone } = this.#keeper;
    const entry = entryOf(guest.visiting, hello);
    const wasThere = this.#isVisitorThere();
    const frames = await this.#attempt(guest, null, () =>
      greet(this.#keeper, this.now(), { ...guest, entry: () => entry }, hello.since),
    );
    if (frames === null) return;
    guest.hear(frames);
    sockets.admit(socket, state || tombstone ? null : entry);
    if (this.#keeper.log.readEntry()) this.#keeper.alarm.noLaterThan(this.now() + ROOM_IDLE_MS, this.now());
    if (!wasThere) this.#tellPresence(true);
  }

  /** @returns whether the next frame of the same sender may be taken: those after a refused one would be out of order. */
  async #takePaced(guest: Guest, frame: VisitorFrame | FrameRefusal): Promise<boolean> {
    const wait = this.#exchangePace.take(this.now());
    if (wait === 0) return this.#take(guest, frame);
    guest.hear([{ t: "error", code: "rate-limited", retry_ms: wait, ...idOf(frame) }]);
    return false;
  }

  async #take(guest: Guest, frame: VisitorFrame | FrameRefusal): Promise<boolean> {
    let isGoingOn = true;
    const heard = await this.#attempt(guest, frame, async () => {
      isGoingOn = await take(this.#keeper, this.now(), guest, frame);
      return [];
    });
    return isGoingOn && heard !== null;
  }

  /** What a stranger sent never ends in an exception: they hear that it could not be done. */
  async #attempt(
    guest: Guest,
    frame: VisitorFrame | FrameRefusal | null,
    act: () => Promise<RoomFrame[]>,
  ): Promise<RoomFrame[] | null> {
    try {
      return await act();
    } catch (error) {
      logError(error, { method: "SOCKET", route: "ChatRoom" });
      guest.hear([{ t: "error", code: "unavailable", retry_ms: UNAVAILABLE_RETRY_MS, ...idOf(frame) }]);
      return null;
    }
  }

  async #leave(socket: WebSocket): Promise<void> {
    close(socket, 1000);
    const { sockets, state, log } = this.#keeper;
    if (state === null && log.readEntry() && !sockets.isAny(socket)) await this.#keeper.vanish();
    if (this.#polledAt === 0 && !sockets.isAnyIn(socket)) this.#tellPresence(false);
  }

  #whose(): { organization?: number } {
    const { state } = this.#keeper;
    return state ? { organization: state.organizationId } : {};
  }

  #isVisitorThere = (): boolean =>
    this.#keeper.sockets.isAnyIn() || (this.#polledAt > 0 && this.now() < this.#polledAt + THERE_MS);

  #sawPoll(): void {
    const wasThere = this.#isVisitorThere();
    this.#polledAt = this.now();
    if (!wasThere) this.#tellPresence(true);
    if (this.#keeper.state) this.#keeper.alarm.noLaterThan(this.now() + THERE_MS, this.now());
  }

  #setAlarm(): void {
    this.#keeper.setAlarm();
    if (this.#keeper.state && this.#polledAt > 0) {
      this.#keeper.alarm.noLaterThan(this.#polledAt + THERE_MS, this.now());
    }
  }

  #missPoll(): void {
    if (this.#polledAt > 0 && this.now() < this.#polledAt + THERE_MS) return;
    const wasPolling = this.#polledAt > 0;
    this.#polledAt = 0;
    if (wasPolling && !this.#keeper.sockets.isAnyIn()) this.#tellPresence(false);
  }

  #tellPresence(isThere: boolean): void {
    const { state } = this.#keeper;
    if (state) this.#keeper.tell([{ t: "present", room: state.roomId, isThere }]);
  }
}
