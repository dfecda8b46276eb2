/** The Authorization header (RFC 9110, section 11.6.2). */
import { TOKEN_LIMIT_CHARS } from "../../../shared/limits.ts";

/** @returns the scheme in lower case with its credentials, or null for none or a malformed header. */
export function parseAuthorization(header: string | undefined): { scheme: string; credentials: string } | null {
  if (header === undefined || header.length > TOKEN_LIMIT_CHARS) return null;
  const [, scheme, credentials] = /^([A-Za-z]+) +(\S+) *$/.exec(header) ?? [];
  return scheme && credentials ? { scheme: scheme.toLowerCase(), credentials } : null;
}
