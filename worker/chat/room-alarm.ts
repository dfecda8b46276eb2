/**
 * A room's one alarm, for whatever is due first. It goes off no later than asked, and may go off too early: then the room
 * looks what is due, and sets it again. So a message does not move it, and costs no write of it.
 */
import { ROOM_IDLE_MS } from "../../shared/limits.ts";
import { isDirty, type RoomState } from "./room-state.ts";

/** How long the database is asked again after failures, doubling; and the first time at all, should the object die. */
const RETRY_FIRST_MS = 1_000;
const RETRY_LIMIT_MS = 60_000;
const UNSAVED_MS = 10_000;
/** How long a room that has ended can still be read: by a page that polls, and by a sender whose answer was lost. */
export const LINGER_MS = 2 * 60_000;

/** When the room has something to do by itself; null: never. @param failures of saving, one after the other. */
export function dueAt(state: RoomState, now: number, failures: number): number {
  const due = [state.closedAt === null ? state.lastAt + ROOM_IDLE_MS : state.closedAt + LINGER_MS];
  if (isDirty(state)) {
    due.push(now + (failures === 0 ? UNSAVED_MS : Math.min(RETRY_FIRST_MS * 2 ** (failures - 1), RETRY_LIMIT_MS)));
  }
  return Math.min(...due);
}

export class RoomAlarm {
  readonly #storage: DurableObjectStorage;
  /** undefined: not known, since the object woke up, or it went off. */
  #at: number | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** @param at by the room's own clock, as `now` is. */
  noLaterThan(at: number, now: number): void {
    if (this.#at === undefined || at < this.#at) this.exactly(at, now);
  }

  exactly(at: number, now: number): void {
    if (at === this.#at) return;
    this.#at = at;
    // A failure breaks the output gate, and with it the object: nobody is told what was not kept.
    void this.#storage.setAlarm(Date.now() + Math.max(0, at - now));
  }

  wentOff(): void {
    this.#at = undefined;
  }
}
