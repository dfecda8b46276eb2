/** Databases as a test begins with them: empty, and migrated. */
import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";

const TRIES = 20;

/** What `migrate` leaves behind, and with it what a new row's number costs. */
const MIGRATED = [
  "CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)",
  ...env.TEST_MIGRATIONS.flatMap(({ name, queries }) => [
    ...queries,
    `INSERT INTO d1_migrations (name) VALUES ('${name}')`,
  ]),
];

/**
 * Empties all storage, and migrates these. The runtime may keep a database that was in use at that very moment, whose tables
 * cannot be made again: then it is asked again.
 */
export async function emptied(...databases: D1Database[]): Promise<void> {
  let cause: unknown;
  for (let tries = 0; tries < TRIES; tries += 1) {
    await reset();
    try {
      for (const db of databases) await migrate(db);
      return;
    } catch (error) {
      cause = error;
    }
  }
  throw new Error("The database of the test before could not be emptied.", { cause });
}

/** In one round trip: this runs before each of thousands of tests. */
const migrate = (db: D1Database): Promise<D1Result[]> => db.batch(MIGRATED.map((sql) => db.prepare(sql)));
