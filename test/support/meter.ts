/** Counts what a database is asked: round trips, statements, rows. The figures are the database's own. */
import { type Around, interposed } from "./interposed.ts";

export interface Usage {
  roundTrips: number;
  statements: number;
  rowsRead: number;
  rowsWritten: number;
}

/** The database with a meter on it; every statement must go through `prepare` of the metered one. */
export function metered(db: D1Database): { db: D1Database; usage: Usage; reset: () => void } {
  const usage: Usage = { roundTrips: 0, statements: 0, rowsRead: 0, rowsWritten: 0 };
  const count: Around = async (ask) => {
    // A refused one is a round trip, too; its rows the database does not tell.
    usage.roundTrips += 1;
    const answer = await ask();
    const results = Array.isArray(answer) ? answer : [answer];
    usage.statements += results.length;
    for (const { meta } of results) {
      usage.rowsRead += meta.rows_read;
      usage.rowsWritten += meta.rows_written;
    }
    return answer;
  };
  const reset = () => Object.assign(usage, { roundTrips: 0, statements: 0, rowsRead: 0, rowsWritten: 0 });
  return { db: interposed(db, count), usage, reset };
}
