/**
 * Whether the visitor has a page open, and who is told when that changes. A socket says so by being there. A page that polls
 * has been here a moment ago or has not: that is kept in memory only, and the room's alarm sees it go.
 */
import type { RoomKeeper } from "./room-keeper.ts";

/** A page that polls is there as long as it has done so within this time. */
const THERE_MS = 30_000;

export class RoomPresence {
  readonly #keeper: RoomKeeper;
  readonly #now: () => number;
  /** When a page without a socket was here last; 0: it is not. */
  #polledAt = 0;

  constructor(keeper: RoomKeeper, now: () => number) {
    this.#keeper = keeper;
    this.#now = now;
  }

  get isThere(): boolean {
    return this.#keeper.sockets.isAnyIn() || this.#isPolling();
  }

  /** A page without a socket is here now. */
  polled(): void {
    const wasThere = this.isThere;
    this.#polledAt = this.#now();
    if (!wasThere) this.tell(true);
    this.setAlarm();
  }

  /** Sees a page go that has not polled for long. */
  miss(): void {
    if (this.#polledAt === 0 || this.#isPolling()) return;
    this.#polledAt = 0;
    if (!this.isThere) this.tell(false);
  }

  /** A socket is about to go. */
  left(socket: WebSocket): void {
    if (this.#polledAt === 0 && !this.#keeper.sockets.isAnyIn(socket)) this.tell(false);
  }

  /** For when a page that polls is to be missed. */
  setAlarm(): void {
    if (this.#keeper.state === null || this.#polledAt === 0) return;
    this.#keeper.alarm.noLaterThan(this.#polledAt + THERE_MS, this.#now());
  }

  tell(isThere: boolean): void {
    const { state } = this.#keeper;
    if (state) this.#keeper.tell([{ t: "present", room: state.roomId, isThere }]);
  }

  #isPolling = (): boolean => this.#polledAt > 0 && this.#now() < this.#polledAt + THERE_MS;
}
