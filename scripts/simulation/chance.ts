/** Chance that can be had again: the same seed gives the same numbers on every machine. */

/** From 0 up to 1. */
export type Random = () => number;

/** A stream of its own for each name, so that one part's draws never move another's. */
export function randomOf(seed: number, name: string): Random {
  // Spread first: or seed 2 with one name would be seed 1 with its neighbour.
  let state = Math.imul(seed, 0x85ebca6b) >>> 0;
  for (const char of name) state = Math.imul(state ^ char.charCodeAt(0), 0x9e3779b1) >>> 0;
  // mulberry32
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How long until the next of what comes by chance, where it takes `mean` on average. */
export const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random());

/** How many come in a while in which `mean` come on average. */
export function poisson(random: Random, mean: number): number {
  // Past that e^-mean is nothing: two halves are as good as the whole.
  if (mean > 500) return poisson(random, mean / 2) + poisson(random, mean / 2);
  const end = Math.exp(-mean);
  let many = 0;
  for (let product = random(); product > end; product *= random()) many += 1;
  return many;
}

/** Most near the median, few far above it. @param spread of the logarithm; 0: always the median. */
export function lognormal(random: Random, median: number, spread: number): number {
  if (spread === 0) return median;
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(spread * normal);
}
