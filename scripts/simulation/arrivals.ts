/** What comes to one database, in the order of its coming. */
import { poisson, type Random } from "./chance.ts";

/** How many of each come in a second. */
export interface Rates {
  captures(second: number): number;
  changes: number;
  reads: number;
}
export interface Arrival {
  kind: "capture" | "change" | "read";
  /** In ms. */
  at: number;
}

export function* arrivalsOf(seconds: number, rates: Rates, random: Random): Generator<Arrival> {
  for (let second = 0; second < seconds; second += 1) {
    const come = (kind: Arrival["kind"], mean: number): Arrival[] =>
      Array.from({ length: poisson(random, mean) }, () => ({ kind, at: (second + random()) * 1_000 }));
    const captures = come("capture", rates.captures(second));
    const all = captures.concat(come("change", rates.changes), come("read", rates.reads));
    yield* all.sort((a, b) => a.at - b.at);
  }
}
