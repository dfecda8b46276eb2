/**
 * Organizations whose inbox has listeners, as the batches see it that make leads: a lead that came before somebody listened
 * is in the lists that they read then, and of every later one its batch knows that they listen.
 */
import { commit, firstRow } from "./d1.ts";
import type { Database } from "./database.ts";

/** A row where the inbox is to be told. */
export function anyListener(db: D1Database, organizationId: number): D1PreparedStatement {
  return db.prepare("SELECT token FROM listening WHERE organization_id = ?1").bind(organizationId);
}

/** Somebody begins to listen. */
export async function startListening(db: Database, organizationId: number, token: string): Promise<void> {
  const statement = db
    .prepare("INSERT INTO listening VALUES (?1, ?2) ON CONFLICT DO UPDATE SET token = excluded.token")
    .bind(organizationId, token);
  await commit(db, [statement], { repeatable: true });
}

/** Nobody listens any more. Should the database do it late, whoever has begun meanwhile is not forgotten. */
export async function stopListening(db: Database, organizationId: number): Promise<void> {
  const last = firstRow<{ token: string }>(
    (await commit(db, [anyListener(db, organizationId)], { repeatable: true }))[0],
  );
  if (last === null) return;
  const statement = db
    .prepare("DELETE FROM listening WHERE organization_id = ?1 AND token = ?2")
    .bind(organizationId, last.token);
  await commit(db, [statement], { repeatable: true });
}
