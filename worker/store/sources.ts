/** Where leads come from: data of the organization. */
export interface SourceRow {
  id: number;
  key: string;
  name: string;
  sort: number;
  is_active: number;
}

/** Every source in its order, also those that are no choice any more. */
export function listSources(db: D1Database, organizationId: number): D1PreparedStatement {
  return db
    .prepare("SELECT id, key, name, sort, is_active FROM lead_source WHERE organization_id = ? ORDER BY sort, id")
    .bind(organizationId);
}
