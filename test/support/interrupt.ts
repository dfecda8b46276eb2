/** Something that happens between the two batches of one request. */
import type { Edge } from "./edge.ts";

type Batch = D1Database["batch"];

/** Has the edge do something after the next request has looked, and before it writes. */
export function interrupt(at: Edge, between: () => Promise<unknown>): void {
  const { DB } = at.env;
  const { batch, withSession } = DB;
  let batches = 0;
  const counted = (ask: Batch): Batch => {
    return async (statements) => {
      batches += 1;
      if (batches === 2) {
        Object.assign(DB, { batch, withSession });
        await between();
      }
      return ask(statements);
    };
  };
  DB.batch = counted(batch);
  DB.withSession = (start) => {
    const session = withSession(start);
    return Object.assign(session, { batch: counted(session.batch) });
  };
}
