/** A database that fails as D1 does: before it has run anything, or when all has been done and the answer is on its way. */
import { interposed } from "./interposed.ts";

/** D1's own words, from its list of errors. */
export const NOT_RUN = [
  "D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.",
  "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
  "D1_ERROR: D1 DB is overloaded. Too many requests queued.",
];
export const MAYBE_RUN = [
  "Network connection lost.",
  "D1_ERROR: D1 DB reset because its code was updated.",
  "D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.",
  "D1_ERROR: Internal error in D1 DB storage caused object to be reset.",
  "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.",
  "D1_ERROR: Can't read from request stream because client disconnected.",
  "D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset.",
  "D1_ERROR: D1 DB exceeded its CPU time limit and was reset.",
];

interface Fault {
  message: string;
  /** The answer is lost, and not the question. */
  after?: boolean;
  /** Fails only what has this word. */
  of?: RegExp;
}

export interface Faulty {
  db: D1Database;
  /** Statements of each round trip that was tried since the last `heal`, in order. */
  asked: string[];
  /** Where sessions began since then. */
  starts: string[];
  /** The next `times` round trips fail so. */
  fail(fault: Fault, times?: number): void;
  /** Fails no more, and forgets what was asked. */
  heal(): void;
}

export function faulty(db: D1Database): Faulty {
  const faults: Fault[] = [];
  const asked: string[] = [];
  const starts: string[] = [];
  const between = interposed(
    db,
    async (ask, sql) => {
      const text = sql.join(";\n");
      asked.push(text);
      const [next] = faults;
      if (next === undefined || !(next.of ?? /^/).test(text)) return ask();
      faults.shift();
      if (next.after) await ask();
      throw new Error(next.message);
    },
    (start) => starts.push(start),
  );
  return {
    db: between,
    asked,
    starts,
    fail: (fault, times = 1) => faults.push(...Array.from({ length: times }, () => fault)),
    heal: () => {
      for (const list of [faults, asked, starts]) list.length = 0;
    },
  };
}
