/**
 * The deployment's keys: one ring for hashes, another for what it signs. The first of the ring makes, every one of it
 * recognises: a key is rotated by putting a new one in front, and taken away once nothing carries it any more.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export interface KeyRing {
  /** The id of the key that makes. */
  current: string;
  keys: ReadonlyMap<string, Uint8Array>;
}

/**
 * @param purpose keeps HMACs of one use from being taken for those of another.
 * @returns 64 hex characters.
 */
export function hmac(ring: KeyRing, purpose: string, content: string, keyId = ring.current): string | null {
  const key = ring.keys.get(keyId);
  return key ? createHmac("sha256", key).update(`${purpose}\0${content}`).digest("hex") : null;
}

/** With every key of the ring, current first: what must be found again after a rotation is kept under each. */
export function hmacs(ring: KeyRing, purpose: string, content: string): string[] {
  return [...ring.keys.keys()].map((id) => hmac(ring, purpose, content, id) as string);
}

/** Compares in a time that tells nothing but the lengths. */
export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
