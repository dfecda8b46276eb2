/** What opens doors, and which doors. The root token is not among them: it belongs to the deployment. */
export type CredentialKind =
  /** Opaque, of a user. */
  | "user_token"
  /** A JWT, of a user, given to a program. */
  | "oauth"
  /** Opaque, of an organization. */
  | "api_key";

/** Which credentials each API takes. `as const`: what a dialect can meet is known to its types. */
export const CREDENTIALS_OF = {
  "org-user": ["user_token", "oauth"],
  unsorted: ["user_token", "oauth"],
  crm: ["user_token", "api_key"],
  "lead-summary": ["user_token", "oauth"],
  "get-leads": ["user_token", "api_key"],
  admin: ["user_token"],
} as const satisfies Record<string, readonly CredentialKind[]>;
