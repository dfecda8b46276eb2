/** How fast somebody may send: so many at once, and so many a second in the long run. Kept in memory only. */
import { CHAT_BURST_FRAMES, CHAT_FRAMES_PER_SECOND } from "../../shared/limits.ts";
import type { Env } from "../env.ts";

/** What one end of a chat is held to: people, unless the deployment says otherwise. */
export const chatPace = ({ FOYER_CHAT_RATE: mode }: Pick<Env, "FOYER_CHAT_RATE">): Pace =>
  new Pace(mode === "off" ? Number.POSITIVE_INFINITY : CHAT_BURST_FRAMES, CHAT_FRAMES_PER_SECOND);

export class Pace {
  readonly #burst: number;
  readonly #perSecond: number;
  #tokens: number;
  #at = 0;
  #refused = 0;

  constructor(burst: number, perSecond: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#tokens = burst;
  }

  /** @returns 0 where one more may go now, else in how many milliseconds it may. */
  take(now: number): number {
    // A clock that is set back gives nothing, and takes nothing.
    const gained = (Math.max(0, now - this.#at) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#at = now;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      this.#refused = 0;
      return 0;
    }
    this.#refused += 1;
    return Math.ceil(((1 - this.#tokens) / this.#perSecond) * 1000);
  }

  /** Whoever was refused as often as they may send at once, and still sends, does not listen. */
  get isIgnored(): boolean {
    return this.#refused > this.#burst;
  }
}
