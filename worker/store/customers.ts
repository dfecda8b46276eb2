/** Customers: small records of their own, which chats can be linked to. */
export interface CustomerRow {
  id: number;
  name: string | null;
  contact_id: number | null;
  created_at: number;
}

export function insertCustomer(db: D1Database, organizationId: number, name: string, now: number): D1PreparedStatement {
  return db
    .prepare(`INSERT INTO customer (organization_id, name, created_at, updated_at) VALUES (?1, ?2, ?3, ?3)
      RETURNING id, name, contact_id, created_at`)
    .bind(organizationId, name, now);
}

/** A page by number, and one more. */
export function listCustomers(
  db: D1Database,
  organizationId: number,
  afterId: number,
  limit: number,
): D1PreparedStatement {
  return db
    .prepare(`SELECT id, name, contact_id, created_at FROM customer
      WHERE organization_id = ? AND id > ? ORDER BY id LIMIT ?`)
    .bind(organizationId, afterId, limit + 1);
}
