/**
 * Runs before every test inside workerd: the database, and all other storage, is empty and migrated.
 * What a test wants to find it puts there itself.
 */
import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeEach } from "vitest";
import { INBOX_CODE, ROOM_CODE } from "../../worker/chat/objects.ts";

const TRIES = 20;

// Beforehand: here modules come from the test runner, whose answer an object that holds everything back would never hear.
await Promise.all([ROOM_CODE.load(), INBOX_CODE.load()]);

/** The runtime may keep a database that was in use at that very moment: then it is asked again. */
beforeEach(async () => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    if (await isEmpty()) return;
  }
  throw new Error("The database of the test before could not be emptied.");
});

/** What rooms still tell their operators has its way before the runtime is taken down. */
afterAll(async () => {
  await env.INBOXES.getByName("nobody's").tell([]);
});

async function isEmpty(): Promise<boolean> {
  const found = await env.DB.prepare(
    "SELECT EXISTS (SELECT 1 FROM organization) OR EXISTS (SELECT 1 FROM lead) AS is_used",
  ).first<{ is_used: number }>();
  return found?.is_used === 0;
}
