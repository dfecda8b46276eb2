/** Where leads come from: data of the organization. */
import { SOURCES_LIMIT } from "../../shared/limits.ts";
import { NEEDED_SOURCES, type Source } from "../domain/source.ts";

export interface SourceRow {
  id: number;
  key: string;
  name: string;
  sort: number;
  is_active: number;
}

const COLUMNS = "id, key, name, sort, is_active";

export const sourceOf = ({ is_active, ...row }: SourceRow): Source => ({ ...row, isActive: is_active === 1 });

/** Every source in its order, also those that are no choice any more. */
export function listSources(db: D1Database, organizationId: number): D1PreparedStatement {
  return db
    .prepare(`SELECT ${COLUMNS} FROM lead_source WHERE organization_id = ? ORDER BY sort, id`)
    .bind(organizationId);
}

export function getSource(db: D1Database, organizationId: number, id: number): D1PreparedStatement {
  return db.prepare(`SELECT ${COLUMNS} FROM lead_source WHERE organization_id = ? AND id = ?`).bind(organizationId, id);
}

/** Adds nothing where the key is taken or the organization has all the sources it may have. */
export function insertSource(
  db: D1Database,
  organizationId: number,
  source: { key: string; name: string; sort: number | null },
): D1PreparedStatement {
  return db
    .prepare(`INSERT INTO lead_source (organization_id, key, name, sort)
      SELECT ?1, ?2, ?3, coalesce(?4, (SELECT max(sort) + 1 FROM lead_source WHERE organization_id = ?1), 0)
      WHERE (SELECT count(*) FROM lead_source WHERE organization_id = ?1) < ?5
      ON CONFLICT (organization_id, key) DO NOTHING RETURNING ${COLUMNS}`)
    .bind(organizationId, source.key, source.name, source.sort, SOURCES_LIMIT);
}

/** Null keeps what is there. Changes nothing of a source that leads get by themselves where it would be no choice any more. */
export function updateSource(
  db: D1Database,
  organizationId: number,
  id: number,
  change: { name: string | null; sort: number | null; isActive: boolean | null },
): D1PreparedStatement {
  const isActive = change.isActive === null ? null : Number(change.isActive);
  return db
    .prepare(`UPDATE lead_source SET name = coalesce(?3, name), sort = coalesce(?4, sort), is_active = coalesce(?5, is_active)
      WHERE organization_id = ?1 AND id = ?2
        AND (?5 IS NOT 0 OR key NOT IN (SELECT value FROM json_each(?6))) RETURNING ${COLUMNS}`)
    .bind(organizationId, id, change.name, change.sort, isActive, JSON.stringify(NEEDED_SOURCES));
}
