/** OAuth 2.0 (RFC 6749) for programs that act for a user: what is granted, how long it lasts, and why it is refused. */
import { URL_LIMIT_CHARS } from "../../shared/limits.ts";

export const ACCESS_TOKEN_TTL_SECONDS = 86_400;
export const CODE_TTL_SECONDS = 20 * 60;
export const REFRESH_TOKEN_TTL_DAYS = 90;
/** For this long a refresh token that was just replaced is answered again: the first answer may have been lost. */
export const REFRESH_GRACE_SECONDS = 30;

/** All that can be asked for: to do with leads what the user may. */
export const SCOPES = ["crm"] as const;
export type Scope = (typeof SCOPES)[number];

/** A program that an organization knows: an OAuth client. */
export interface Integration {
  /** The client id: a UUID that ends in the number of its database. */
  id: string;
  name: string;
  redirectUri: string;
  revokedAt: number | null;
  createdAt: number;
}

/** What a user let a program do; every token of the family stands for it. */
export interface Grant {
  familyId: string;
  clientId: string;
  organizationId: number;
  userId: number;
  scopes: Scope[];
}

export type GrantFailure =
  /** Unknown, revoked, or with another secret. */
  | "invalid-client"
  /** No such code of this client. */
  | "code-unknown"
  | "code-expired"
  /** Redeemed before: whatever it was redeemed for is revoked now. */
  | "code-used"
  | "redirect-mismatch"
  /** PKCE: missing, wrong, or sent for a code that was asked for without. */
  | "verifier-mismatch"
  /** No such refresh token of this client, or what it stands for was revoked. */
  | "refresh-unknown"
  | "refresh-expired"
  /** Replaced before: the family is revoked now. */
  | "refresh-reused";

/** Not [::1]: no Content-Security-Policy can name it, so no browser could be sent there from our page. */
const LOOPBACK = /^(localhost|127\.0\.0\.1)$/;

/**
 * Whether codes may be sent there: https, or http on the user's own machine (RFC 8252, section 7.3); no fragment
 * (RFC 6749, section 3.1.2), no user or password.
 */
export function isRedirectUri(text: string): boolean {
  const url = text.length <= URL_LIMIT_CHARS && /^[\x21-\x7e]+$/.test(text) ? URL.parse(text) : null;
  if (url === null || text.includes("#") || url.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname));
}

/** @returns the scopes, all of them where none is named; null where one is not known. */
export function parseScope(text: string | null): Scope[] | null {
  const asked = (text ?? "").split(" ").filter(Boolean);
  if (asked.length === 0) return [...SCOPES];
  return asked.every((scope) => (SCOPES as readonly string[]).includes(scope)) ? [...new Set(asked as Scope[])] : null;
}
