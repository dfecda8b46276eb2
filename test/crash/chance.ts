/** Chance that can be had again: the same seed draws the same numbers. */
import { randomInt } from "node:crypto";

/** FOYER_CRASH_SEED, or another one each time. */
export const seedOfRun = (): number => Number(process.env.FOYER_CRASH_SEED ?? randomInt(2 ** 31));

export interface Chance {
  /** A whole number from 0 to below that. */
  below(limit: number): number;
  /** One of them; undefined where there are none. */
  one<T>(of: readonly T[]): T | undefined;
  uuid(): string;
  /** Of a visitor's page, for a room. */
  token(): string;
}

export function chanceOf(seed: number): Chance {
  let state = seed;
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => next() & 0xff));
  const below = (limit: number) => next() % limit;
  return {
    below,
    one: (of) => of[below(Math.max(1, of.length))],
    uuid: () => {
      const hex = bytes(16).toString("hex");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    token: () => bytes(32).toString("base64url"),
  };
}
