/** Databases as a test begins with them: empty, and migrated. */
import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";

const TRIES = 20;

/**
 * Empties all storage, and migrates these. The runtime may keep a database that was in use at that very moment: then it is
 * asked again.
 */
export async function emptied(...databases: D1Database[]): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await reset();
    for (const db of databases) await applyD1Migrations(db, env.TEST_MIGRATIONS);
    if ((await Promise.all(databases.map(isEmpty))).every(Boolean)) return;
  }
  throw new Error("The database of the test before could not be emptied.");
}

async function isEmpty(db: D1Database): Promise<boolean> {
  const found = await db
    .prepare("SELECT EXISTS (SELECT 1 FROM organization) OR EXISTS (SELECT 1 FROM lead) AS is_used")
    .first<{ is_used: number }>();
  return found?.is_used === 0;
}
