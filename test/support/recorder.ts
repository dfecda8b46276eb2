/** A database that answers nothing and remembers what it was asked: how the tests get at the SQL of the store. */
import { env } from "cloudflare:workers";

export interface Asked {
  sql: string;
  values: unknown[];
}

export function recorder(): { db: D1Database; asked: Asked[] } {
  const asked: Asked[] = [];
  const statement = (one: Asked) => ({
    bind: (...values: unknown[]) => {
      one.values = values;
      return statement(one);
    },
    all: async () => ({ results: [] }),
    first: async () => null,
    run: async () => ({ results: [] }),
  });
  const prepare = (sql: string) => {
    const one: Asked = { sql, values: [] };
    asked.push(one);
    return statement(one);
  };
  return { db: { prepare } as unknown as D1Database, asked };
}

/** The steps of SQLite's plan. */
export async function planOf({ sql, values }: Asked): Promise<string[]> {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}
