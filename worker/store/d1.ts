/** The edge of the database: batches, and what its refusals mean. */
import type { Database, Repeat } from "./database.ts";

/**
 * Runs the statements as one transaction and one round trip. All of them stand, or none.
 * @param repeat says whether they may be sent again where their answer was lost. Not said: they may not.
 */
export function commit(db: Database, statements: D1PreparedStatement[], repeat?: Repeat): Promise<D1Result[]> {
  return db.batch(statements, repeat);
}

/** The rules that the database itself keeps, by the constraint that speaks for each. */
const RULES = {
  "idempotency-key": "UNIQUE constraint failed: idempotency.",
  claim: "UNIQUE constraint failed: claim.",
  rate: "CHECK constraint failed: rate_limited",
  overlap: "appointment_overlap",
  room: "room_moves_on",
  period: "CHECK constraint failed: ends_at > starts_at",
  identity: "UNIQUE constraint failed: ",
} as const;
export type BrokenRule = keyof typeof RULES;

/**
 * Which rule refused a batch. `identity`: an id, uuid or name that exists.
 * @throws the error itself, where no rule of ours speaks: that is a bug or an outage.
 */
export function brokenRule(error: unknown): BrokenRule {
  const message = error instanceof Error ? error.message : "";
  for (const rule of Object.keys(RULES) as BrokenRule[]) if (message.includes(RULES[rule])) return rule;
  throw error;
}

/** The first row of a statement's result. */
export function firstRow<T>(result: D1Result | undefined): T | null {
  return (result?.results[0] as T | undefined) ?? null;
}

/** The cheapest question there is. */
export function ask(db: D1Database): Promise<D1Result> {
  return db.prepare("SELECT 1").run();
}
