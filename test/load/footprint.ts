/** What a database holds, in bytes: pages that carry something, whole and by table and index. */
import type { DatabaseSync } from "node:sqlite";

export interface Footprint {
  /** Without pages that were freed: new rows go there first. */
  bytes: number;
  /** By the table that they belong to, the table's own rows and its indexes. */
  tables: Map<string, { rows: number; indexes: number }>;
}

const PARTS = `SELECT m.tbl_name AS name, sum(iif(m.type = 'table', d.pgsize, 0)) AS rows,
    sum(iif(m.type = 'index', d.pgsize, 0)) AS indexes
  FROM dbstat AS d JOIN sqlite_schema AS m ON m.name = d.name WHERE d.aggregate = TRUE GROUP BY m.tbl_name`;

export function footprintOf(db: DatabaseSync): Footprint {
  const pragma = (name: string) => Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
  const bytes = (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");
  const parts = db.prepare(PARTS).all() as { name: string; rows: number; indexes: number }[];
  return { bytes, tables: new Map(parts.map(({ name, rows, indexes }) => [name, { rows, indexes }])) };
}
