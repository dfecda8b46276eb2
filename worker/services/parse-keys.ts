/**
 * Reads the deployment's keys. Apart from what they are used for: every fresh isolate reads its keys before its first
 * answer, and few answers need Node's cryptography, which takes longer to load than all of them to give.
 */
import type { KeyRing } from "./key-ring.ts";

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
