/**
 * A database that tells what it was asked: round trips, and the rows that they read and wrote, as the platform counts and
 * bills them. Nothing else about it is changed.
 */
import type { Database } from "./database.ts";

export interface D1Usage {
  roundTrips: number;
  rowsRead: number;
  rowsWritten: number;
}

/** @param tell hears of each round trip once its answer is there; of a refused one the database tells no rows. */
export function countedDatabase(db: D1Database, number: number, tell: (usage: D1Usage) => void): Database {
  const originals = new WeakMap<object, D1PreparedStatement>();
  const told = async <T>(asked: Promise<T>, resultsOf: (answer: T) => D1Result[]): Promise<T> => {
    const usage: D1Usage = { roundTrips: 1, rowsRead: 0, rowsWritten: 0 };
    try {
      const answer = await asked;
      for (const { meta } of resultsOf(answer)) {
        usage.rowsRead += meta?.rows_read ?? 0;
        usage.rowsWritten += meta?.rows_written ?? 0;
      }
      return answer;
    } finally {
      tell(usage);
    }
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const one = <T>(asked: Promise<D1Result<T>>) => told(asked, (result) => [result as D1Result]);
    const wrapped: Pick<D1PreparedStatement, "bind" | "all" | "run"> & { first: () => Promise<unknown> } = {
      bind: (...values) => wrap(statement.bind(...values)),
      all: () => one(statement.all()),
      run: () => one(statement.run()),
      // As the platform's own: the first row, or null.
      first: async () => (await one(statement.all())).results[0] ?? null,
    };
    originals.set(wrapped, statement);
    return wrapped as D1PreparedStatement;
  };
  const batch: D1Database["batch"] = (statements) =>
    told(db.batch(statements.map((one) => originals.get(one) ?? one)), (results) => results);
  return { number, prepare: (sql: string) => wrap(db.prepare(sql)), batch } as Database;
}
