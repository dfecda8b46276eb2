/**
 * Which room a visitor's token opens. The id is a digest of the token, so that the token proves the room without a
 * look-up, opening is idempotent, and whoever is shown the id (operators, an organization's programs) cannot speak for
 * the visitor. The form is part of it: at another form the same token is another room.
 */
import { stringify } from "uuid";
import { ROOM_TOKEN } from "../../shared/chat-frames.ts";

const UUID_BYTES = 16;

/** @returns a version 8 UUID (RFC 9562, section 5.8); null for a text that is no token. */
export async function roomIdOf(formId: string, token: string): Promise<string | null> {
  if (!ROOM_TOKEN.test(token)) return null;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${formId}.${token}`));
  const bytes = new Uint8Array(digest, 0, UUID_BYTES);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return stringify(bytes);
}
