/**
 * Runs before every test inside workerd: the database, and all other storage, is empty and migrated.
 * What a test wants to find it puts there itself.
 */
import { env } from "cloudflare:workers";
import { afterAll, beforeEach } from "vitest";
import { INBOX_CODE, ROOM_CODE } from "../../worker/chat/objects.ts";
import { emptied } from "./emptied.ts";

// Beforehand: here modules come from the test runner, whose answer an object that holds everything back would never hear.
await Promise.all([ROOM_CODE.load(), INBOX_CODE.load()]);

beforeEach(() => emptied(env.DB));

/** What rooms still tell their operators has its way before the runtime is taken down. */
afterAll(async () => {
  await env.INBOXES.getByName("nobody's").tell([]);
});
