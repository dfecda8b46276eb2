import { createHash, randomBytes } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { search } from "../../../widget/form/search.ts";
import { sha256 } from "../../../widget/form/sha256.ts";

afterEach(() => vi.restoreAllMocks());

/** The hash of salt, nonce and number, as the server makes it. */
const hashOf = (salt: string, nonce: string, number: number): string => {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(number);
  return createHash("sha256")
    .update(Buffer.from(salt + nonce, "hex"))
    .update(counter)
    .digest("hex");
};

function challengeOf(number: number) {
  const [salt, nonce] = [randomBytes(16).toString("hex"), randomBytes(16).toString("hex")];
  const derivedKey = hashOf(salt, nonce, number);
  const parameters = { salt, nonce, keyPrefix: derivedKey.slice(0, 32), data: { any: "thing" } };
  return { derivedKey, challenge: { parameters, signature: "s" } };
}

describe("sha256", () => {
  it("is SHA-256, of a thousand messages of a block", () => {
    const [words, hash] = [new Int32Array(64), new Int32Array(8)];
    for (let times = 0; times < 1_000; times += 1) {
      const message = randomBytes(36);
      for (let i = 0; i < 9; i += 1) words[i] = message.readInt32BE(i * 4);
      words.set([1 << 31, 0, 0, 0, 0, 0, 36 * 8], 9);
      sha256(words, hash);
      const expected = createHash("sha256").update(message).digest();
      expect([...hash]).toEqual(Array.from({ length: 8 }, (_, i) => expected.readInt32BE(i * 4)));
    }
  });
});

describe("the search", () => {
  it.each([0, 1, 98, 99, 100, 54_321])("finds %i, and gives back the challenge as it came", (number) => {
    const { challenge, derivedKey } = challengeOf(number);
    const slices = search(challenge);
    let step = slices.next();
    while (!step.done) step = slices.next();
    expect(step.value).toEqual({ proof: { challenge, solution: { counter: number, derivedKey } } });
  });

  it("stops for breath after 8 milliseconds, and looks at the clock a hundred numbers apart", () => {
    let now = 0;
    // Each look is a millisecond after the one before.
    vi.spyOn(performance, "now").mockImplementation(() => now++);
    const { challenge } = challengeOf(8 * 99 * 3 + 5);
    const slices = search(challenge);
    const steps = [slices.next(), slices.next(), slices.next(), slices.next()];
    expect(steps.map(({ done }) => done)).toEqual([false, false, false, true]);
    expect(now).toBe(3 * 9 + 1);
  });
});
