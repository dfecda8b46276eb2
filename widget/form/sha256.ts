/**
 * SHA-256 of one short message after another, as fast as a page can: the browser's own is asynchronous, which costs more
 * than the hash, and it is missing on pages without https.
 */
const K = new Int32Array(64);
const FIRST = new Int32Array(64);
const fraction = (root: number) => (root % 1) * 2 ** 32;
// By their definition, which is shorter than themselves: fractions of the cube and square roots of the first primes.
for (let n = 2, i = 0; i < 64; n++) {
  let divisor = 2;
  while (n % divisor) divisor++;
  if (divisor === n) {
    K[i] = fraction(Math.cbrt(n));
    FIRST[i++] = fraction(Math.sqrt(n));
  }
}

const turned = (word: number, by: number) => (word >>> by) | (word << (32 - by));

/**
 * @param w 64 words, of which the first 16 are the message with its padding; the others are written over.
 * @param hash 8 words that take the hash.
 */
export function sha256(w: Int32Array, hash: Int32Array): void {
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15] as number;
    const y = w[i - 2] as number;
    w[i] =
      (w[i - 16] as number) +
      (w[i - 7] as number) +
      (turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)) +
      (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = FIRST as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const one =
      (h +
        (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) +
        ((e & f) ^ (~e & g)) +
        (K[i] as number) +
        (w[i] as number)) |
      0;
    const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  hash.set([a, b, c, d, e, f, g, h]);
  for (let i = 0; i < 8; i++) hash[i] = (hash[i] as number) + (FIRST[i] as number);
}
