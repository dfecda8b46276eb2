/** Something that happens between the two batches of one request. */
import type { Edge } from "./edge.ts";

/** Has the edge do something after the next request has looked, and before it writes. */
export function interrupt(at: Edge, between: () => Promise<unknown>): void {
  const { batch } = at.env.DB;
  let batches = 0;
  at.env.DB.batch = async (statements) => {
    batches += 1;
    if (batches === 2) {
      at.env.DB.batch = batch;
      await between();
    }
    return batch(statements);
  };
}
