/**
 * A room's state where it lives: in memory, in the object's own storage, and in the end in the database. Whatever a turn
 * has made of it is stored before anybody hears of it, and the database is brought to it afterwards, by one save at a
 * time that looks again when it is done. What it could not be told, the alarm tells it later.
 */
import { v7 } from "uuid";
import type { InboxFrame } from "../../shared/chat-frames.ts";
import { logError } from "../api/http/log.ts";
import { inLanguage } from "../domain/form-language.ts";
import { type Config, configOf, type Env } from "../env.ts";
import { awayNow } from "../services/chat-hours.ts";
import type { Context } from "../services/context.ts";
import { loadForm } from "../services/load-form.ts";
import { dueAt, RoomAlarm } from "./room-alarm.ts";
import { RoomLog, type Tombstone } from "./room-log.ts";
import { RoomNews } from "./room-news.ts";
import { contextOf, save } from "./room-save.ts";
import { RoomSockets } from "./room-sockets.ts";
import {
  isDirty,
  messageFrame,
  messageOf,
  type RoomForm,
  type RoomState,
  stateFrame,
  summaryOf,
} from "./room-state.ts";
import { type Around, beginTurn, finishTurn, type Turn } from "./room-turn.ts";

/** How long a room answers that it is over: from then on the database says it. */
const TOMBSTONE_TTL_MS = 30 * 86_400_000;

export class RoomKeeper {
  readonly log: RoomLog;
  readonly sockets: RoomSockets;
  readonly alarm: RoomAlarm;
  readonly #storage: DurableObjectStorage;
  readonly #env: Env;
  readonly #now: () => number;
  #news: RoomNews | null = null;
  #state: RoomState | null;
  #tombstone: Tombstone | null;
  #form: RoomForm | null = null;
  #away: { of: RoomForm["organization"]; minute: number; away: Around["away"] } | null = null;
  #isSaving = false;
  #failures = 0;

  constructor(ctx: DurableObjectState, env: Env, now: () => number) {
    this.#storage = ctx.storage;
    this.#env = env;
    this.#now = now;
    this.log = new RoomLog(ctx.storage);
    this.sockets = new RoomSockets(ctx, env, this.log);
    this.alarm = new RoomAlarm(ctx.storage);
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
  context = (of: Pick<RoomState, "formId" | "visit">): Context => contextOf(this.config, of, this.#now());

  /** @throws where the database does not answer, and the room has never seen the form. */
  async form(formId: string): Promise<RoomForm> {
    try {
      const loaded = await loadForm(this.config.databases, formId, this.#now());
      if (loaded) {
        const { db: _db, ...form } = loaded;
        this.#form = form;
      }
    } catch (error) {
      this.#form ??= this.log.readForm() ?? null;
      if (this.#form === null) throw error;
    }
    this.#form ??= this.log.readForm() ?? null;
    if (this.#form === null) throw new Error("room: there is no such form");
    return this.#form;
  }

  async around({ form, organization }: RoomForm, languages: string[]): Promise<Around> {
    const minute = Math.floor(this.#now() / 60_000);
    // A page that polls asks every few seconds, and a calendar is slow to read.
    if (this.#away?.minute !== minute || this.#away.of !== organization) {
      this.#away = { of: organization, minute, away: await awayNow(organization, this.#now()) };
    }
    return { settings: inLanguage(form.settings, languages), away: this.#away.away };
  }

  /**
   * One turn in a room that is open. What the act refuses changes nothing.
   * @returns the turn, and the state before it; null where the room was purged while the form was looked up.
   */
  async change(now: number, act: (turn: Turn) => void): Promise<{ turn: Turn; before: RoomState } | null> {
    const found = this.#state;
    if (found === null) return null;
    const around = await this.around(await this.form(found.formId), found.languages);
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

  /** Stores a state, and when the room has to look after itself next. */
  keep(state: RoomState, said: Turn["said"] = []): void {
    this.log.write(state, said);
    this.#state = state;
    this.alarm.noLaterThan(dueAt(state, this.#now(), this.#failures), this.#now());
  }

  /** To the organization's operators. */
  tell(frames: InboxFrame[]): void {
    if (this.#state === null) return;
    this.#news ??= new RoomNews(this.config.live);
    this.#news.tell(this.#state, frames);
  }

  /** Brings the database to the room's state. Never throws: what fails is tried again by the alarm. */
  async save(): Promise<void> {
    if (this.#isSaving) return;
    this.#isSaving = true;
    try {
      while (this.#state !== null && isDirty(this.#state)) await this.#saveOnce(this.#state.formId);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      logError(error, { method: "RPC", route: "ChatRoom.save" });
    } finally {
      this.#isSaving = false;
      this.setAlarm();
    }
  }

  /** For when the room has something to do by itself next. */
  setAlarm(): void {
    if (this.#state) this.alarm.exactly(dueAt(this.#state, this.#now(), this.#failures), this.#now());
  }

  async #saveOnce(formId: string): Promise<void> {
    const form = await this.form(formId);
    const { settings } = await this.around(form, this.#state?.languages ?? []);
    const sent = this.#state;
    if (sent === null) return;
    const saved = await save(this.context(sent), sent, { form, settings }, () => this.log.after(0));
    const now: RoomState | null = this.#state;
    if (now === null) return;
    if (saved.isEmptied) return await this.forget();
    const lead = saved.lead ?? now.lead;
    this.keep({
      ...now,
      lead,
      savedVersion: sent.version,
      isTalkSaved: now.isTalkSaved || now.talk === sent.talk,
    });
    if (JSON.stringify(lead) !== JSON.stringify(now.lead))
      this.tell([{ t: "room", room: summaryOf({ ...now, lead }) }]);
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
