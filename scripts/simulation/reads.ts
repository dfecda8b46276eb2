/** Reads that a replica may answer, and how long one waits there for what its own reader has just written. */
import { LAG, OWN_READ_AFTER_MS, OWN_READS } from "./assumptions.ts";
import { exponential, lognormal, type Random } from "./chance.ts";

export interface OwnReads {
  /** Of all reads. */
  share: number;
  /** Those that find the replica behind, of own reads. */
  late: number;
  /** In ms, zero for those that do not. */
  waits: number[];
}

/** @param near of the same continent: a tenth of the lag that was measured across two. */
export function ownReads(many: number, near: boolean, random: Random): OwnReads {
  const median = near ? LAG.medianMs / 10 : LAG.medianMs;
  const waits = Array.from({ length: many }, () => {
    const lag = lognormal(random, median, LAG.spread);
    return Math.max(0, lag - exponential(random, OWN_READ_AFTER_MS));
  });
  return { share: OWN_READS, late: waits.filter((wait) => wait > 0).length / many, waits };
}
