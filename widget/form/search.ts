import type { ProofChallenge, Solution } from "../../shared/capture-api.ts";
import { sha256 } from "./sha256.ts";

const SLICE_MS = 8;
/** Between two looks at the clock: a fraction of a millisecond. */
const NUMBERS = 99;

/** @param words the hex as 32-bit numbers, appended here. */
function read(hex: unknown, words: number[]): number[] {
  for (const [word] of `${hex}`.matchAll(/.{8}/g)) words.push(Number.parseInt(word, 16) | 0);
  return words;
}

/** Tries numbers from 0 on. Each step does a slice of them. */
export function* search(challenge: ProofChallenge): Generator<void, Solution> {
  const { salt, nonce, keyPrefix } = challenge.parameters;
  const start = read(nonce, read(salt, []));
  const place = start.length;
  const wanted = read(keyPrefix, []);
  // Padded as the standard says: a one after the number, the length in bits at the end.
  const message = new Int32Array(16);
  message.set(start);
  message[place + 1] = 1 << 31;
  message[15] = (place + 1) * 32;
  const words = new Int32Array(64);
  const hash = new Int32Array(8);
  for (let counter = 0; ; ) {
    const end = performance.now() + SLICE_MS;
    do {
      for (const last = counter + NUMBERS; counter < last; counter++) {
        message[place] = counter;
        words.set(message);
        sha256(words, hash);
        if (hash[0] === wanted[0] && wanted.every((word, i) => word === hash[i])) {
          const derivedKey = [...hash].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
          return { proof: { challenge, solution: { counter, derivedKey } } };
        }
      }
    } while (performance.now() < end);
    // A hundred times what we ever ask for: a bug, or not our server.
    if (counter > 1e7) throw challenge;
    yield;
  }
}
