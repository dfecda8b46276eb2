/**
 * Opaque secrets as text: a public part to find them by, and a random part of which only a keyed hash is kept.
 * Letters and digits only, so that a double click selects all of it and no reader has to escape it.
 */
import { randomBytes } from "node:crypto";
import { hmac, type KeyRing, sameSecret } from "./key-ring.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
export const SECRET_ID_CHARS = 16;
export const SECRET_RANDOM_CHARS = 40;

const SECRET = /^foyer_(\d{1,4})_([0-9A-Za-z]{16})_([0-9A-Za-z]{40})$/;
const OPAQUE = /^foyer_(code|refresh)_([0-9A-Za-z]{16})_([0-9A-Za-z]{40,64})$/;
export type OpaqueKind = "code" | "refresh";

/** Even by rejection: a byte past the last whole multiple of 62 is thrown away. */
export function base62(chars: number): string {
  let text = "";
  while (text.length < chars) {
    for (const byte of randomBytes(chars)) if (byte < 248 && text.length < chars) text += ALPHABET[byte % 62];
  }
  return text;
}

/** What is kept of a random part. */
export const opaqueHash = (keys: KeyRing, kind: OpaqueKind, random: string) => ({
  hash: hmac(keys, `oauth-${kind}`, random) as string,
  hashKeyId: keys.current,
});

/** Whether a random part is the one that was kept so. */
export function isOpaque(
  keys: KeyRing,
  kind: OpaqueKind,
  random: string,
  kept: { hash: string; hash_key_id: string },
): boolean {
  const expected = hmac(keys, `oauth-${kind}`, random, kept.hash_key_id);
  return expected !== null && sameSecret(expected, kept.hash);
}

export const newSecretId = (): string => base62(SECRET_ID_CHARS);
export const newSecretRandom = (): string => base62(SECRET_RANDOM_CHARS);

/** A token or a key of an organization in the database of this number. */
export const printSecret = (database: number, id: string, random: string): string =>
  `foyer_${database}_${id}_${random}`;

/** @returns null for whatever does not look like one. */
export function parseSecret(text: string): { database: number; id: string; random: string } | null {
  const [, database, id, random] = SECRET.exec(text) ?? [];
  return database && id && random ? { database: Number(database), id, random } : null;
}

export const printOpaque = (kind: OpaqueKind, id: string, random: string): string => `foyer_${kind}_${id}_${random}`;

/** @returns null for whatever is not a secret of this kind. */
export function parseOpaque(kind: OpaqueKind, text: string): { id: string; random: string } | null {
  const [, is, id, random] = OPAQUE.exec(text) ?? [];
  return is === kind && id && random ? { id, random } : null;
}
