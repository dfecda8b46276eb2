/** Counts what a database is asked: round trips, statements, rows. The figures are the database's own. */
export interface Usage {
  roundTrips: number;
  statements: number;
  rowsRead: number;
  rowsWritten: number;
}

/** The database with a meter on it; every statement must go through `prepare` of the metered one. */
export function metered(db: D1Database): { db: D1Database; usage: Usage; reset: () => void } {
  const usage: Usage = { roundTrips: 0, statements: 0, rowsRead: 0, rowsWritten: 0 };
  const originals = new WeakMap<object, D1PreparedStatement>();
  const count = (results: D1Result[]) => {
    usage.roundTrips += 1;
    usage.statements += results.length;
    for (const { meta } of results) {
      usage.rowsRead += meta.rows_read;
      usage.rowsWritten += meta.rows_written;
    }
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const all = async () => {
      const result = await statement.all();
      count([result]);
      return result;
    };
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      all,
      run: all,
      first: async () => (await all()).results[0] ?? null,
      raw: () => {
        throw new Error("raw() is not metered");
      },
    };
    originals.set(wrapped, statement);
    return wrapped as unknown as D1PreparedStatement;
  };
  const meteredDb = {
    prepare: (sql: string) => wrap(db.prepare(sql)),
    batch: async (statements: D1PreparedStatement[]) => {
      const asked = statements.map((statement) => originals.get(statement) as D1PreparedStatement);
      try {
        const results = await db.batch(asked);
        count(results);
        return results;
      } catch (error) {
        // A refused batch is a round trip, too; its rows the database does not tell.
        usage.roundTrips += 1;
        throw error;
      }
    },
  };
  const reset = () => Object.assign(usage, { roundTrips: 0, statements: 0, rowsRead: 0, rowsWritten: 0 });
  return { db: meteredDb as unknown as D1Database, usage, reset };
}
