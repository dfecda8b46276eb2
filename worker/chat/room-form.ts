/**
 * The form of a room, and what follows from it: its words in the visitor's language, and whether anybody is in. A room that
 * has seen its form goes on with it while the database does not answer.
 */
import { inLanguage } from "../domain/form-language.ts";
import type { Config } from "../env.ts";
import { awayNow } from "../services/chat-hours.ts";
import { loadForm } from "../services/load-form.ts";
import type { RoomLog } from "./room-log.ts";
import type { RoomForm } from "./room-state.ts";
import type { Around } from "./room-turn.ts";

export class FormOfRoom {
  readonly #log: RoomLog;
  readonly #config: () => Config;
  readonly #now: () => number;
  #form: RoomForm | null = null;
  #away: { of: RoomForm["organization"]; minute: number; away: Around["away"] } | null = null;

  constructor(log: RoomLog, config: () => Config, now: () => number) {
    this.#log = log;
    this.#config = config;
    this.#now = now;
  }

  /** @throws where the database does not answer, and the room has never seen the form. */
  async load(formId: string): Promise<RoomForm> {
    let failure: unknown = new Error("room: there is no such form");
    try {
      const loaded = await loadForm(this.#config().databases, formId, this.#now());
      if (loaded) {
        const { db: _db, ...form } = loaded;
        this.#form = form;
      }
    } catch (error) {
      failure = error;
    }
    this.#form ??= this.#log.readForm() ?? null;
    if (this.#form === null) throw failure;
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
}
