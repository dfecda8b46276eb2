/** The store's own statements on node:sqlite, without D1 around them: as much of it as they ask for. */
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { insertLeads } from "../../worker/store/capture.ts";

interface Bound {
  sql: string;
  values: SQLInputValue[];
}
type Store = Parameters<typeof insertLeads>[0];
type Statements = ReturnType<typeof insertLeads>;

const binder = { prepare: (sql: string) => ({ bind: (...values: SQLInputValue[]): Bound => ({ sql, values }) }) };

/** What the store's functions take for a database. Their statements go to `committer`. */
export const SQLITE_STORE = binder as unknown as Store;

/** @returns what runs statements of that store as one transaction; it throws as SQLite does, and then nothing stands. */
export function committer(db: DatabaseSync): (all: Statements) => void {
  const prepared = new Map<string, StatementSync>();
  return (all) => {
    db.exec("BEGIN IMMEDIATE");
    try {
      for (const { sql, values } of all as unknown as Bound[]) {
        const statement = prepared.get(sql) ?? db.prepare(sql);
        prepared.set(sql, statement);
        statement.run(Object.fromEntries(values.map((value, index) => [`?${index + 1}`, value])));
      }
      db.exec("COMMIT");
    } catch (error) {
      db.exec("ROLLBACK");
      throw error;
    }
  };
}
