/** Databases as a test begins with them: empty, and migrated. */
import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";

const TRIES = 20;

/**
 * Empties all storage, and migrates these. The runtime may keep a database that was in use at that very moment: then it is
 * asked again.
 */
export async function emptied(...databases: D1Database[]): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await reset();
    for (const db of databases) await migrate(db);
    if ((await Promise.all(databases.map(isEmpty))).every(Boolean)) return;
  }
  throw new Error("The database of the test before could not be emptied.");
}

/** What `migrate` leaves behind, and with it what a new row's number costs. */
const MIGRATED = [
  "CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)",
  ...env.TEST_MIGRATIONS.flatMap(({ name, queries }) => [
    ...queries,
    `INSERT INTO d1_migrations (name) VALUES ('${name}')`,
  ]),
];

/** In one round trip: this runs before each of thousands of tests. */
const migrate = (db: D1Database): Promise<D1Result[]> => db.batch(MIGRATED.map((sql) => db.prepare(sql)));

async function isEmpty(db: D1Database): Promise<boolean> {
  const found = await db
    .prepare("SELECT EXISTS (SELECT 1 FROM organization) OR EXISTS (SELECT 1 FROM lead) AS is_used")
    .first<{ is_used: number }>();
  return found?.is_used === 0;
}
