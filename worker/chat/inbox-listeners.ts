/**
 * The sockets of an organization's operators. Who each is, and how to see whether they still may listen, stays with it over
 * hibernation in its attachment; of the secret it was opened with, nothing does.
 */
import { CLOSE_CODES } from "../../shared/chat-frames.ts";
import type { Authority } from "../services/credentials.ts";
import type { Operator } from "../services/live.ts";
import { operatorOf } from "../services/operator.ts";
import { type Standing, stillStands } from "../services/standing.ts";
import type { Pace } from "./pace.ts";
import { close } from "./sockets.ts";

/** How long an operator is believed without asking the database again. */
const BELIEVED_MS = 60_000;
/** Of one organization: pages and programs of all its people. */
const SOCKETS_LIMIT = 1_000;

export interface Listener {
  operator: Operator;
  organizationId: number;
  standing: Standing;
  /** When they were last looked up. */
  checkedAt: number;
}

export class InboxListeners {
  readonly #ctx: DurableObjectState;
  readonly #authority: () => Pick<Authority, "databases" | "keys">;
  readonly #newPace: () => Pace;
  readonly #paces = new WeakMap<WebSocket, Pace>();

  constructor(ctx: DurableObjectState, newPace: () => Pace, authority: () => Pick<Authority, "databases" | "keys">) {
    this.#newPace = newPace;
    this.#ctx = ctx;
    this.#authority = authority;
  }

  /** @returns the other end; null where there are too many. */
  accept(listener: Listener): { theirs: WebSocket; ours: WebSocket } | null {
    if (this.#ctx.getWebSockets().length >= SOCKETS_LIMIT) return null;
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.#ctx.acceptWebSocket(ours, [listener.operator.uuid]);
    ours.serializeAttachment(listener);
    return { theirs, ours };
  }

  /** @param but one that is about to go. */
  sockets = (but?: WebSocket): WebSocket[] =>
    this.#ctx.getWebSockets().filter((socket) => socket !== but && socket.readyState === WebSocket.OPEN);

  /** A user's. @param sessionId those that this session opened. */
  socketsOf(userUuid: string, sessionId?: string): WebSocket[] {
    const all = this.#ctx.getWebSockets(userUuid);
    if (sessionId === undefined) return all;
    return all.filter((socket) => {
      const { standing } = this.#listenerOf(socket);
      return standing.kind === "session" && standing.id === sessionId;
    });
  }

  /** The users who listen, each once. */
  online = (but?: WebSocket): string[] =>
    [...new Set(this.sockets(but).map((socket) => this.#listenerOf(socket).operator.uuid))].sort();

  paceOf(socket: WebSocket): Pace {
    const pace = this.#paces.get(socket) ?? this.#newPace();
    this.#paces.set(socket, pace);
    return pace;
  }

  /** Looks somebody up, before they listen. @returns null once they may not. @throws where the database does not answer. */
  async look(listener: Omit<Listener, "checkedAt">, now: number): Promise<Listener | null> {
    const user = await stillStands(this.#authority(), listener.standing, now);
    return user && { ...listener, operator: operatorOf(user), checkedAt: now };
  }

  /**
   * Whose socket it is, looked up where that is due.
   * @returns null once they may not listen any more: then it is closed. Where the database does not answer they go on as
   *   they were, and are looked up the next time.
   */
  async check(socket: WebSocket, now: number): Promise<Listener | null> {
    const known = this.#listenerOf(socket);
    if (now < known.checkedAt + BELIEVED_MS && now >= known.checkedAt) return known;
    try {
      const found = await this.look(known, now);
      if (found === null) close(socket, CLOSE_CODES.unauthenticated);
      else socket.serializeAttachment(found);
      return found;
    } catch {
      return known;
    }
  }

  #listenerOf = (socket: WebSocket): Listener => socket.deserializeAttachment() as Listener;
}
