/**
 * Where a room's state lives: in memory, in the object's own storage, and in the end in the database. Whatever a turn
 * has made of it is stored before anybody hears of it, and the database is brought to it afterwards.
 */
import { v7 } from "uuid";
import type { InboxFrame } from "../../shared/chat-frames.ts";
import { ROOM_IDLE_MS } from "../../shared/limits.ts";
import { type Config, configOf, type Env } from "../env.ts";
import type { Context } from "../services/context.ts";
import { dueAt, RoomAlarm } from "./room-alarm.ts";
import { FormOfRoom } from "./room-form.ts";
import { type Opening, RoomLog, type Tombstone } from "./room-log.ts";
import { RoomNews } from "./room-news.ts";
import { contextOf } from "./room-save.ts";
import { RoomSaver } from "./room-saver.ts";
import { RoomSockets } from "./room-sockets.ts";
import { isDirty, messageFrame, messageOf, type RoomState, stateFrame, summaryOf } from "./room-state.ts";
import { beginTurn, finishTurn, type Turn } from "./room-turn.ts";

/** How long a room answers that it is over: from then on the database says it. */
const TOMBSTONE_TTL_MS = 30 * 86_400_000;

export class RoomKeeper {
  readonly log: RoomLog;
  readonly sockets: RoomSockets;
  readonly alarm: RoomAlarm;
  readonly form: FormOfRoom;
  readonly #saver: RoomSaver;
  readonly #storage: DurableObjectStorage;
  readonly #env: Env;
  readonly #now: () => number;
  #news: RoomNews | null = null;
  #state: RoomState | null;
  #tombstone: Tombstone | null;

  constructor(ctx: DurableObjectState, env: Env, now: () => number) {
    this.#storage = ctx.storage;
    this.#env = env;
    this.#now = now;
    this.log = new RoomLog(ctx.storage);
    this.sockets = new RoomSockets(ctx, env, this.log);
    this.alarm = new RoomAlarm(ctx.storage);
    this.form = new FormOfRoom(this.log, () => this.config, now);
    this.#saver = new RoomSaver(this);
    this.#state = this.log.readState() ?? null;
    this.#tombstone = this.log.readTombstone() ?? null;
  }

  /** null: nothing was said in it, or it is over. */
  get state(): RoomState | null {
    return this.#state;
  }
  /** Set where the room is over and forgotten. */
  get tombstone(): Tombstone | null {
    return this.#tombstone;
  }
  get config(): Config {
    return configOf(this.#env);
  }

  newLeadId = (): string => v7();
  context = (of: Parameters<typeof contextOf>[1]): Context => contextOf(this.config, of, this.#now());

  /**
   * One turn in a room that is open. What the act refuses changes nothing.
   * @returns the turn, and the state before it; null where the room was purged while the form was looked up.
   */
  async change(now: number, act: (turn: Turn) => void): Promise<{ turn: Turn; before: RoomState } | null> {
    const found = this.#state;
    if (found === null) return null;
    const around = await this.form.around(await this.form.load(found.formId), found.languages);
    // Saves go on meanwhile, and may have told it something.
    const before = this.#state as RoomState | null;
    if (before === null) return null;
    const turn = beginTurn(before, around, now);
    act(turn);
    if (turn.said.length > 0) this.commit(turn, before);
    return { turn, before };
  }

  /** Stores what a turn has made, and lets everybody know. */
  commit(turn: Turn, before: RoomState): void {
    finishTurn(turn, before);
    const { state, said, away } = turn;
    this.keep(state, said);
    const isSeen = (from: RoomState) => JSON.stringify({ ...stateFrame(from, from.status, away), last: 0, read: 0 });
    const isChanged = isSeen(before) !== isSeen(state) || before.openedAt !== state.openedAt;
    this.sockets.tell([
      ...said.filter(({ isPrivate, isWelcome }) => !isPrivate && !isWelcome).map(messageFrame),
      ...(isChanged || before.last === 0 ? [stateFrame(state, state.status, away)] : []),
    ]);
    const isNews = before.last === 0 || state.version !== before.version;
    const { roomId } = state;
    this.tell([
      ...(isNews ? [{ t: "room" as const, room: summaryOf(state) }] : []),
      ...(before.last === 0 ? [{ t: "present" as const, room: roomId, isThere: true }] : []),
      ...said.map((message) => ({ t: "message" as const, room: roomId, message: messageOf(message) })),
    ]);
    if (isDirty(state)) void this.save();
  }

  /** Should the object die before it has begun: it finds out by its alarm, and takes the room back. */
  expectOpening(opening: Opening, now: number): void {
    this.log.keepOpening(opening);
    this.alarm.noLaterThan(now + ROOM_IDLE_MS, now);
  }

  /** Stores a state, and when the room has to look after itself next. */
  keep(state: RoomState, said: Turn["said"] = []): void {
    this.log.write(state, said);
    this.#state = state;
    this.alarm.noLaterThan(dueAt(state, this.#now(), this.#saver.failures), this.#now());
  }

  /** To the organization's operators. */
  tell(frames: InboxFrame[]): void {
    if (this.#state === null) return;
    this.#news ??= new RoomNews(this.config.live);
    this.#news.tell(this.#state, frames);
  }

  /** Brings the database to the room's state. Never throws. */
  save = (): Promise<void> => this.#saver.save();

  /** For when the room has something to do by itself next. */
  setAlarm(): void {
    if (this.#state) this.alarm.exactly(dueAt(this.#state, this.#now(), this.#saver.failures), this.#now());
  }

  /** The room is over, and knows no more than that. */
  async forget(organizationId?: number): Promise<void> {
    const known = organizationId ?? this.#state?.organizationId;
    if (known === undefined) return;
    this.#tombstone = { organizationId: known, at: this.#now() };
    this.#state = null;
    this.sockets.tell([{ t: "error", code: "closed" }]);
    this.sockets.hangUp();
    await this.log.bury(this.#tombstone);
    this.alarm.wentOff();
    this.alarm.exactly(this.#now() + TOMBSTONE_TTL_MS, this.#now());
  }

  /** Nothing is left, not even that there was a room. */
  async vanish(): Promise<void> {
    this.#tombstone = null;
    await this.#storage.deleteAll();
    this.alarm.wentOff();
  }
}
