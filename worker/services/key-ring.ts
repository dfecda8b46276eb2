/**
 * The deployment's keys: one ring for hashes, another for what it signs. The first of the ring makes, every one of it recognises: a key is rotated by putting a new
 * one in front, and taken away once nothing carries it any more.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export interface KeyRing {
  /** The id of the key that makes. */
  current: string;
  keys: ReadonlyMap<string, Uint8Array>;
}

const KEY_BYTES_MIN = 32;

/**
 * @param text `id:base64url[,id:base64url ...]`, each key of at least 32 bytes.
 * @param name where it was configured, for whoever reads the error.
 * @throws where it is anything else: a deployment without keys must not start.
 */
export function parseKeyRing(text: string | undefined, name = "FOYER_HMAC_KEYS"): KeyRing {
  const keys = new Map<string, Uint8Array>();
  for (const part of (text ?? "").split(",").filter(Boolean)) {
    const [id, secret] = part.trim().split(":");
    const bytes = fromBase64Url(secret ?? "");
    if (!id || bytes.length < KEY_BYTES_MIN) throw new Error(`${name}: "${id}" needs ${KEY_BYTES_MIN} bytes.`);
    keys.set(id, bytes);
  }
  const current = keys.keys().next().value;
  if (current === undefined) throw new Error(`${name} is not set.`);
  return { current, keys };
}

function fromBase64Url(text: string): Uint8Array {
  const binary = /^[\w-]+=*$/.test(text) ? atob(text.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "")) : "";
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
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
