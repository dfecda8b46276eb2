import { describe, expect, it } from "vitest";
import { hmac, hmacs, sameSecret } from "../../../../worker/services/key-ring.ts";
import { parseKeyRing } from "../../../../worker/services/parse-keys.ts";

const key = (letter: string): string => btoa(letter.repeat(32)).replace(/=+$/, "");
const ONE = `k1:${key("a")}`;
const TWO = `k2:${key("b")},${ONE}`;

describe("a key ring", () => {
  it("makes with its first key and knows them all", () => {
    const ring = parseKeyRing(TWO);
    expect([ring.current, [...ring.keys.keys()]]).toEqual(["k2", ["k2", "k1"]]);
    expect(hmac(ring, "p", "c", "k1")).toBe(hmac(parseKeyRing(ONE), "p", "c"));
    expect(hmacs(ring, "p", "c")).toEqual([hmac(ring, "p", "c", "k2"), hmac(ring, "p", "c", "k1")]);
    expect(hmac(ring, "p", "c", "k9")).toBeNull();
  });

  it("takes base64url with padding and without", () => {
    const bytes = (text: string) => [...(parseKeyRing(text).keys.get("k")?.subarray(0, 3) ?? [])];
    expect(bytes(`k:-_-_${"A".repeat(40)}`)).toEqual([251, 255, 191]);
    expect(bytes(`k:${"A".repeat(43)}=`)).toEqual([0, 0, 0]);
  });

  it.each([undefined, "", "k1", "k1:", "k1:c2hvcnQ", `:${key("a")}`, `k1:${key("a")}!`, `${ONE},k2:c2hvcnQ`])(
    "is not made of %j: then nothing is served",
    (text) => {
      expect(() => parseKeyRing(text)).toThrow(/FOYER_HMAC_KEYS/);
    },
  );

  it("tells one purpose from another, and no content from its neighbour", () => {
    const ring = parseKeyRing(ONE);
    const made = [hmac(ring, "a", "bc"), hmac(ring, "ab", "c"), hmac(ring, "a", "bd")];
    expect(new Set(made).size).toBe(3);
    for (const text of made) expect(text).toMatch(/^[0-9a-f]{64}$/);
  });

  it("compares secrets whole", () => {
    expect([sameSecret("abc", "abc"), sameSecret("abc", "abd"), sameSecret("abc", "ab"), sameSecret("", "")]).toEqual([
      ...[true, false, false, true],
    ]);
  });
});
