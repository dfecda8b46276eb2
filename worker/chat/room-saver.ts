/**
 * Brings the database to a room's state: one save at a time, which looks again when it is done, since the room goes on
 * meanwhile. What the database could not be told, the room's alarm tells it later, for as long as it takes.
 */
import { logError } from "../api/http/log.ts";
import type { RoomKeeper } from "./room-keeper.ts";
import { save } from "./room-save.ts";
import { isDirty, type RoomState, summaryOf } from "./room-state.ts";

export class RoomSaver {
  readonly #keeper: RoomKeeper;
  #isSaving = false;
  #failures = 0;

  constructor(keeper: RoomKeeper) {
    this.#keeper = keeper;
  }

  /** One after the other, without a success. */
  get failures(): number {
    return this.#failures;
  }

  /** Saves whatever is not saved. Never throws: what fails is tried again by the alarm. */
  async save(): Promise<void> {
    if (this.#isSaving) return;
    this.#isSaving = true;
    const keeper = this.#keeper;
    try {
      while (keeper.state !== null && isDirty(keeper.state)) await this.#saveOnce(keeper.state.formId);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      logError(error, { method: "RPC", route: "ChatRoom.save" });
    } finally {
      this.#isSaving = false;
      keeper.setAlarm();
    }
  }

  async #saveOnce(formId: string): Promise<void> {
    const keeper = this.#keeper;
    const form = await keeper.form.load(formId);
    const { settings } = await keeper.form.around(form, keeper.state?.languages ?? []);
    const sent = keeper.state;
    if (sent === null) return;
    const saved = await save(keeper.context(sent), sent, { form, settings }, () => keeper.log.after(0));
    const now: RoomState | null = keeper.state;
    if (now === null) return;
    if (saved.isEmptied) return await keeper.forget();
    const lead = saved.lead ?? now.lead;
    keeper.keep({
      ...now,
      lead,
      savedVersion: sent.version,
      isTalkSaved: now.isTalkSaved || now.talk === sent.talk,
    });
    if (JSON.stringify(lead) !== JSON.stringify(now.lead)) {
      keeper.tell([{ t: "room", room: summaryOf({ ...now, lead }) }]);
    }
  }
}
