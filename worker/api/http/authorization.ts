/** The Authorization header (RFC 9110, section 11.6.2). */
import { TOKEN_LIMIT_CHARS } from "../../../shared/limits.ts";

/** @returns the scheme in lower case with its credentials, or null for none or a malformed header. */
export function parseAuthorization(header: string | undefined): { scheme: string; credentials: string } | null {
  if (header === undefined || header.length > TOKEN_LIMIT_CHARS) return null;
  const [, scheme, credentials] = /^([A-Za-z]+) +(\S+) *$/.exec(header) ?? [];
  return scheme && credentials ? { scheme: scheme.toLowerCase(), credentials } : null;
}

/**
 * The credentials of the Basic scheme (RFC 7617): the user id ends at the first colon.
 * @returns null for what is not base64 of UTF-8, or has no colon.
 */
export function parseBasic(credentials: string): { user: string; password: string } | null {
  try {
    const bytes = Uint8Array.from(atob(credentials), (char) => char.charCodeAt(0));
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const colon = text.indexOf(":");
    return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
  } catch {
    return null;
  }
}
