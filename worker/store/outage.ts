/**
 * Failures of D1 that pass, by the words that it documents for them, and how often the same is asked again. Nothing else
 * tells them from a refusal. D1 itself repeats what only reads; what writes it leaves to us, since nobody else knows
 * whether a repeat does harm.
 */
import { DatabaseAway } from "../domain/database-away.ts";

/** The statements were never begun. */
const NOT_RUN = [
  "Cannot resolve D1 DB due to transient issue on remote node",
  "D1 DB is overloaded. Requests queued for too long",
  "D1 DB is overloaded. Too many requests queued",
];

/** Nobody knows: they stand, all of them, or none does. */
const MAYBE_RUN = [
  "Network connection lost",
  "reset because its code was updated",
  // Also where it fails while starting up, and where an operation has exceeded its timeout.
  "caused object to be reset",
  "Can't read from request stream because client disconnected",
  "isolate exceeded its memory limit and was reset",
  "exceeded its CPU time limit and was reset",
];

export type Outage = "not-run" | "maybe-run";

/** @returns null for what no repeat mends: a rule of the schema, or a bug. */
export function outageOf(error: unknown): Outage | null {
  const message = error instanceof Error ? error.message : "";
  if (NOT_RUN.some((words) => message.includes(words))) return "not-run";
  return MAYBE_RUN.some((words) => message.includes(words)) ? "maybe-run" : null;
}

const READS = /^\s*(SELECT|WITH|EXPLAIN)\b/i;
const WRITES = /\b(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|PRAGMA|ATTACH|DETACH|VACUUM|REINDEX|ANALYZE)\b/i;

/** Errs on the safe side: a text that only mentions a word that writes is taken for one that does. */
export const onlyReads = (sql: string): boolean => READS.test(sql) && !WRITES.test(sql);

/** Before the second attempt, the third and the last: no longer than this, and anything down to nothing. */
const PAUSES_MS = [100, 300, 900];
/** Whoever waits has waited long enough: nothing is begun after it. */
const PATIENCE_MS = 1_500;

/**
 * Asks again what may be asked again, after pauses that no two callers share.
 * @param mayRepeat whether an attempt that has failed so may be repeated; an outage that never ran always is.
 * @throws DatabaseAway where the outage lasts or nothing may be repeated; any other error as it is.
 */
export async function persist<T>(ask: () => Promise<T>, mayRepeat: (outage: Outage | null) => boolean): Promise<T> {
  const began = Date.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const outage = outageOf(error);
      const pause = PAUSES_MS[attempt];
      const mayGoOn = pause !== undefined && Date.now() - began + pause <= PATIENCE_MS;
      if (!(mayGoOn && (outage === "not-run" || mayRepeat(outage)))) throw outage === null ? error : away(error);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * pause));
    }
  }
}

const away = (error: unknown): DatabaseAway => new DatabaseAway((error as Error).message, { cause: error });
