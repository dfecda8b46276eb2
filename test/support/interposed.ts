/** Stands between the Worker and its database, with sessions and without: sees each round trip, and may do it or not. */

/** One round trip. `sql`: its statements. */
export type Around = <T extends D1Result | D1Result[]>(ask: () => Promise<T>, sql: string[]) => Promise<T>;

interface Original {
  statement: D1PreparedStatement;
  sql: string;
}

/** @param began hears where each session begins. */
export function interposed(db: D1Database, around: Around, began: (start: string) => void = () => {}): D1Database {
  const originals = new WeakMap<object, Original>();
  const wrap = (one: Original): D1PreparedStatement => {
    const all = () => around(() => one.statement.all(), [one.sql]);
    const wrapped = {
      bind: (...values: unknown[]) => wrap({ ...one, statement: one.statement.bind(...values) }),
      all,
      run: all,
      first: async () => (await all()).results[0] ?? null,
      raw: () => {
        throw new Error("nobody looks at raw()");
      },
    };
    originals.set(wrapped, one);
    return wrapped as unknown as D1PreparedStatement;
  };
  const at = (source: Pick<D1Database, "prepare" | "batch">) => ({
    prepare: (sql: string) => wrap({ statement: source.prepare(sql), sql }),
    batch: (statements: D1PreparedStatement[]) => {
      const asked = statements.map((statement) => originals.get(statement) as Original);
      const ask = () => source.batch(asked.map(({ statement }) => statement));
      return around(
        ask,
        asked.map(({ sql }) => sql),
      );
    },
  });
  const withSession = (start = "first-unconstrained") => {
    began(start);
    const session = db.withSession(start);
    return { ...at(session), getBookmark: () => session.getBookmark() };
  };
  return { ...at(db), withSession } as unknown as D1Database;
}
