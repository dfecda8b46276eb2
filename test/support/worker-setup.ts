/**
 * Runs before every test inside workerd: the database, and all other storage, is empty and migrated.
 * What a test wants to find it puts there itself.
 */
import { env } from "cloudflare:workers";
import { afterAll, beforeEach } from "vitest";
import { inboxName } from "../../worker/services/live.ts";
import { loadAllCode } from "./all-code.ts";
import { emptied } from "./emptied.ts";

await loadAllCode();

beforeEach(() => emptied(env.DB));

/** What rooms still tell their operators has its way before the runtime is taken down. */
afterAll(async () => {
  await env.INBOXES.getByName(inboxName(0, 0)).tell([]);
});
