/**
 * What the operators of one organization hear, and what they say by socket. It keeps nothing but the sockets, which may
 * hibernate: whoever comes later reads the lists and the rooms, and hears from then on.
 *
 * Broadcasts leave one after the other, each to those who may still listen: who was let in by what has ended meanwhile is
 * found within a minute of the next frame or broadcast, and hears nothing more. Frames of one socket are done in their
 * order.
 */
import { CLOSE_CODES, type InboxFrame, type OperatorFrame, PING, PONG } from "../../shared/chat-frames.ts";
import { parseOperatorFrame } from "../../shared/frame-checks.ts";
import { logError, logSocket } from "../api/http/log.ts";
import { configOf, type Env } from "../env.ts";
import type { Context } from "../services/context.ts";
import { beginListening, endListening } from "../services/listeners.ts";
import type { InboxDoor } from "../services/live.ts";
import { obey } from "./inbox-commands.ts";
import { InboxListeners, type Listener } from "./inbox-listeners.ts";
import type { Body } from "./late-object.ts";
import { chatPace } from "./pace.ts";
import { Queue } from "./queue.ts";
import { close, send } from "./sockets.ts";

export class OrganizationInbox implements Body, InboxDoor {
  /** The inbox's clock: a test may set it. */
  now: () => number = Date.now;
  readonly env: Env;
  readonly #ctx: DurableObjectState;
  readonly #listeners: InboxListeners;
  readonly #turns = new WeakMap<WebSocket, Queue>();
  /** Who was there when it was last told; after a sleep it is told again. */
  #online = "";
  readonly #broadcasts = new Queue();
  /** Whether somebody listens is said to the database in the order in which they come and go. */
  readonly #doors = new Queue();
  /** Whether the database may say that somebody listens; after a sleep it is asked again, once. */
  #isNoted = true;

  constructor(ctx: DurableObjectState, env: Env) {
    this.env = env;
    this.#ctx = ctx;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
    this.#listeners = new InboxListeners(
      ctx,
      () => chatPace(env),
      () => configOf(this.env),
    );
  }

  /** A socket for whom our own Worker has let in: nobody else reaches this. 401 where that has ended meanwhile. */
  async fetch(request: Request): Promise<Response> {
    const asked = JSON.parse(decodeURIComponent(request.headers.get("x-listener") ?? "null")) as Listener;
    const listener = await this.#listeners.look(asked, this.now());
    if (listener === null) return new Response(null, { status: 401 });
    const pair = await this.#accept(listener);
    logSocket(this.env, { object: "Inbox", socket: pair ? "open" : "refused", organization: listener.organizationId });
    if (pair === null) return new Response(null, { status: 503 });
    send(pair.ours, [{ t: "welcome", user: listener.operator.uuid, online: this.#listeners.online() }]);
    this.#ctx.waitUntil(this.#tellOnline(pair.ours));
    const protocol = request.headers.get("sec-websocket-protocol");
    const headers = new Headers(protocol === null ? [] : [["sec-websocket-protocol", protocol]]);
    return new Response(null, { status: 101, webSocket: pair.theirs, headers });
  }

  async tell(frames: InboxFrame[]): Promise<void> {
    await this.#broadcast(frames);
    if (this.#isNoted && this.#listeners.sockets().length === 0) await this.#close();
  }

  async signOut(userUuid: string, sessionId?: string): Promise<void> {
    for (const socket of this.#listeners.socketsOf(userUuid, sessionId)) close(socket, CLOSE_CODES.unauthenticated);
    await this.#tellOnline();
  }

  async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const frame = parseOperatorFrame(message);
    const pace = this.#listeners.paceOf(socket);
    if (pace.take(this.now()) > 0) {
      send(socket, [{ t: "error", code: "rate-limited", ...idOf(frame) }]);
      if (pace.isIgnored) close(socket, CLOSE_CODES.rateLimited);
      return;
    }
    if (typeof frame === "string") return send(socket, [{ t: "error", code: frame }]);
    await this.#turnsOf(socket).add(() => this.#take(socket, frame));
  }

  webSocketClose(socket: WebSocket, code: number): Promise<void> {
    logSocket(this.env, { object: "Inbox", socket: "close", code });
    return this.#left(socket);
  }
  webSocketError(socket: WebSocket): Promise<void> {
    return this.#left(socket);
  }

  /** From here on the organization's new leads are told; what came before is in the lists. */
  #accept(listener: Listener): Promise<ReturnType<InboxListeners["accept"]>> {
    return this.#doors.add(async () => {
      this.#isNoted = true;
      await beginListening(configOf(this.env).databases, this.#name);
      return this.#listeners.accept(listener);
    });
  }

  /** Nobody is there to be told: no new lead tells us, until somebody comes. Where this fails the next news does it. */
  async #close(): Promise<void> {
    try {
      await this.#doors.add(async () => {
        if (!this.#isNoted || this.#listeners.sockets().length > 0) return;
        await endListening(configOf(this.env).databases, this.#name);
        this.#isNoted = false;
      });
    } catch (error) {
      logError(error, { method: "RPC", route: "Inbox.close" });
    }
  }

  async #take(socket: WebSocket, frame: OperatorFrame): Promise<void> {
    const now = this.now();
    const listener = await this.#listeners.check(socket, now);
    if (listener === null) return;
    const { databases, live } = configOf(this.env);
    const db = databases[listener.standing.database] as Context["db"];
    try {
      send(socket, await obey({ db, live, now }, listener, frame));
    } catch (error) {
      logError(error, { method: "SOCKET", route: "Inbox" });
      send(socket, [{ t: "error", code: "unavailable", ...idOf(frame) }]);
    }
  }

  #left(socket: WebSocket): Promise<void> {
    close(socket, 1000);
    return this.#tellOnline(socket);
  }

  /** Who is there, where that is news. @param but who knows it, or is about to go. */
  async #tellOnline(but?: WebSocket): Promise<void> {
    const users = this.#listeners.online(but?.readyState === WebSocket.OPEN ? undefined : but);
    if (users.join() === this.#online) return;
    this.#online = users.join();
    await this.#broadcast([{ t: "online", users }], but);
  }

  /** After all broadcasts before it. @param but who does not hear it. */
  #broadcast(frames: InboxFrame[], but?: WebSocket): Promise<void> {
    return this.#broadcasts.add(async () => {
      const now = this.now();
      const sockets = this.#listeners.sockets(but);
      const listening = await Promise.all(sockets.map((socket) => this.#listeners.check(socket, now)));
      for (const [index, socket] of sockets.entries()) if (listening[index]) send(socket, frames);
    });
  }

  get #name(): string {
    return this.#ctx.id.name ?? "";
  }

  #turnsOf(socket: WebSocket): Queue {
    const turns = this.#turns.get(socket) ?? new Queue();
    this.#turns.set(socket, turns);
    return turns;
  }
}

const idOf = (frame: OperatorFrame | string): { id?: string } =>
  typeof frame === "object" && "id" in frame ? { id: frame.id } : {};
