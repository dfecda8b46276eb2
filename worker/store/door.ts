/**
 * The one door to a database. Through it a request asks all it asks in one session, so that read replicas may answer and
 * it still reads what it wrote; what fails for a moment is asked again where that does no harm; and whoever counts hears of
 * each round trip. Outside requests the primary is asked.
 */
import type { Database, Repeat } from "./database.ts";
import { onlyReads, persist } from "./outage.ts";

export interface D1Usage {
  roundTrips: number;
  rowsRead: number;
  rowsWritten: number;
}

/** On whose behalf a database is asked. An object of its own for each request. */
export interface Asker {
  /** Where its session of the database begins: a bookmark, or a word of the platform's. */
  startOf(number: number): string;
  /** What the database has come to, as the session has seen it. */
  reached(number: number, bookmark: string): void;
}

export interface Scope {
  /** Hears of each round trip once its answer is there; of a refused one the database tells no rows. */
  tell(usage: D1Usage): void;
  /** Who asks just now; undefined outside requests. */
  asker(): Asker | undefined;
}

const PRIMARY = "first-primary";
type Source = Pick<D1Database, "prepare" | "batch">;
interface Session {
  at: D1DatabaseSession;
  /** It may be behind, or began at what a caller sent. */
  isElsewhere: boolean;
}
/** What was prepared: bound to a session only when it is asked, since a failure ends a session. */
interface Prepared {
  sql: string;
  values: unknown[];
}

/** @returns the database; what it refuses or cannot do it throws, and DatabaseAway where it does not answer. */
export function openDatabase(binding: D1Database, number: number, scope: Scope): Database {
  const prepared = new WeakMap<object, Prepared>();
  const ask = asking(binding, number, scope);
  const wrap = (one: Prepared): D1PreparedStatement => {
    const asked = (how: "all" | "run") =>
      ask(
        (at) => bound(at, one)[how](),
        (result) => [result],
        onlyReads(one.sql),
      );
    const wrapped: Pick<D1PreparedStatement, "bind"> & Record<"all" | "run" | "first", () => Promise<unknown>> = {
      bind: (...values) => wrap({ ...one, values }),
      all: () => asked("all"),
      run: () => asked("run"),
      // As the platform's own: the first row, or null.
      first: async () => (await asked("all")).results[0] ?? null,
    };
    prepared.set(wrapped, one);
    return wrapped as D1PreparedStatement;
  };
  const batch = (statements: D1PreparedStatement[], { repeatable = false }: Repeat = {}) => {
    const all = statements.map((one) => prepared.get(one) as Prepared);
    return ask(
      (at) => at.batch(all.map((one) => bound(at, one))),
      (results) => results,
      repeatable || all.every(({ sql }) => onlyReads(sql)),
    );
  };
  return { number, prepare: (sql: string) => wrap({ sql, values: [] }), batch } as Database;
}

function bound(at: Source, { sql, values }: Prepared): D1PreparedStatement {
  const statement = at.prepare(sql);
  return values.length > 0 ? statement.bind(...values) : statement;
}

/** One round trip, and those that repeat it, each told of and in the session that holds by then. */
function asking(binding: D1Database, number: number, { tell, asker }: Scope) {
  const sessions = new WeakMap<Asker, Session>();
  const open = (who: Asker, start: string): Session => {
    const session = { at: binding.withSession(start), isElsewhere: start !== PRIMARY };
    sessions.set(who, session);
    return session;
  };
  return async <T>(
    act: (at: Source) => Promise<T>,
    resultsOf: (answer: T) => D1Result[],
    isHarmless: boolean,
  ): Promise<T> => {
    const who = asker();
    let wasElsewhere = false;
    const once = async (): Promise<T> => {
      const session = who && (sessions.get(who) ?? open(who, who.startOf(number)));
      const usage: D1Usage = { roundTrips: 1, rowsRead: 0, rowsWritten: 0 };
      wasElsewhere = session?.isElsewhere ?? false;
      try {
        const answer = await act(session?.at ?? binding);
        for (const { meta } of resultsOf(answer)) {
          usage.rowsRead += meta?.rows_read ?? 0;
          usage.rowsWritten += meta?.rows_written ?? 0;
        }
        const bookmark = session?.at.getBookmark();
        if (who && bookmark) who.reached(number, bookmark);
        return answer;
      } catch (error) {
        // What has refused it may be news to a replica, which the session as it is would let answer what comes next.
        if (who) open(who, PRIMARY);
        throw error;
      } finally {
        tell(usage);
      }
    };
    // A session that began elsewhere may fail for its beginning alone: a bookmark from before a restore, or no real one.
    return persist(once, (outage) => isHarmless && (outage !== null || wasElsewhere));
  };
}
