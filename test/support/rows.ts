/** The database as it is, for what no API shows. */
import { env } from "cloudflare:workers";

export type Row = Record<string, string | number | null>;

export async function rows<T = Row>(sql: string, ...values: unknown[]): Promise<T[]> {
  const { results } = await env.DB.prepare(sql)
    .bind(...values)
    .all<T>();
  return results;
}

/** The rows as texts, in an order of their own: to be compared with others. */
export const sorted = async (sql: string): Promise<string[]> =>
  (await rows(sql)).map((row) => JSON.stringify(row)).sort();

/** The only row. @throws where there are none or more. */
export async function row<T = Row>(sql: string, ...values: unknown[]): Promise<T> {
  const found = await rows<T>(sql, ...values);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} rows: ${sql}`);
  return only;
}

export async function count(table: string, where = "true", ...values: unknown[]): Promise<number> {
  return (await row<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`, ...values)).n;
}

/** Foyer's own tables, by name. */
export async function tables(): Promise<string[]> {
  const found = await rows<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
      AND name NOT LIKE '~_cf~_%' ESCAPE '~' AND name <> 'd1_migrations' ORDER BY name`,
  );
  return found.map(({ name }) => name);
}

/** Every row of every table. */
export async function dump(): Promise<Record<string, Row[]>> {
  const names = await tables();
  const statements = names.map((table) => env.DB.prepare(`SELECT * FROM ${table}`));
  // A batch of none is an error.
  const found = names.length > 0 ? await env.DB.batch<Row>(statements) : [];
  return Object.fromEntries(names.map((table, index) => [table, (found[index] as D1Result<Row>).results]));
}

/** A lead's events in the order of their versions, as `kind` words. */
export async function eventKinds(leadUuid: string): Promise<string[]> {
  const found = await rows<{ kind: string; version: number }>(
    "SELECT kind, version FROM lead_event WHERE lead_id = (SELECT id FROM lead WHERE uuid = ?) ORDER BY version",
    leadUuid,
  );
  const gap = found.findIndex(({ version }, index) => version !== index + 1);
  if (gap >= 0) throw new Error(`versions are not contiguous: ${JSON.stringify(found)}`);
  return found.map(({ kind }) => kind);
}
