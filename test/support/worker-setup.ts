/**
 * Runs before every test inside workerd: the database, and all other storage, is empty and migrated.
 * What a test wants to find it puts there itself.
 */
import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach } from "vitest";

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});
