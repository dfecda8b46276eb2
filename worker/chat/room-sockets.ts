/**
 * The visitor's sockets of one room. What each said of itself stays with it over hibernation, in its attachment; what is
 * too long for one is kept in the room's storage until the visitor says something, or is gone.
 */
import type { RoomFrame } from "../../shared/chat-frames.ts";
import type { Env } from "../env.ts";
import type { Visiting } from "../services/visitor-door.ts";
import { chatPace, type Pace } from "./pace.ts";
import type { RoomLog } from "./room-log.ts";
import type { Entry } from "./room-state.ts";
import { close, send } from "./sockets.ts";

/** Tabs of one visitor. */
const SOCKETS_LIMIT = 20;

interface Seat {
  visiting: Visiting;
  /** It has said hello. */
  isIn: boolean;
  /** null: it has not, or the room's storage has it. */
  entry: Entry | null;
}

export class RoomSockets {
  readonly #ctx: DurableObjectState;
  readonly #env: Env;
  readonly #log: RoomLog;
  readonly #paces = new WeakMap<WebSocket, Pace>();

  constructor(ctx: DurableObjectState, env: Env, log: RoomLog) {
    this.#ctx = ctx;
    this.#env = env;
    this.#log = log;
  }

  /** @returns the other end; null where there are too many. */
  accept(visiting: Visiting): WebSocket | null {
    if (this.#ctx.getWebSockets().length >= SOCKETS_LIMIT) return null;
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.#ctx.acceptWebSocket(ours);
    seat(ours, { visiting, isIn: false, entry: null });
    return theirs;
  }

  seatOf = (socket: WebSocket): Seat => socket.deserializeAttachment() as Seat;

  /** Lets a socket in. @param entry where the room may still have to be opened by what it says. */
  admit(socket: WebSocket, entry: Entry | null): void {
    const known = { ...this.seatOf(socket), isIn: true };
    if (seat(socket, { ...known, entry })) return;
    seat(socket, { ...known, entry: null });
    if (entry !== null) this.#log.keepEntry(entry);
  }

  entryOf = (socket: WebSocket): Entry | undefined => this.seatOf(socket).entry ?? this.#log.readEntry();

  paceOf(socket: WebSocket): Pace {
    const pace = this.#paces.get(socket) ?? chatPace(this.#env);
    this.#paces.set(socket, pace);
    return pace;
  }

  /** To everybody who is in. */
  tell(frames: readonly RoomFrame[]): void {
    if (frames.length > 0) for (const socket of this.#present()) send(socket, frames);
  }

  isAnyIn = (but?: WebSocket): boolean => this.#present().some((socket) => socket !== but);
  isAny = (but?: WebSocket): boolean => this.#ctx.getWebSockets().some((socket) => socket !== but);

  hangUp(): void {
    for (const socket of this.#ctx.getWebSockets()) close(socket, 1000);
  }

  #present = (): WebSocket[] => this.#ctx.getWebSockets().filter((socket) => this.seatOf(socket).isIn);
}

/** @returns whether an attachment can hold it: the platform's are small. */
function seat(socket: WebSocket, value: Seat): boolean {
  try {
    socket.serializeAttachment(value);
    return true;
  } catch {
    return false;
  }
}
