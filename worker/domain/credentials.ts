/** What opens doors, and which doors. The root token is not among them: it belongs to the deployment. */
export type CredentialKind =
  /** Opaque, of a user. */
  | "user_token"
  /** A JWT, of a user, given to a program. */
  | "oauth"
  /** A JWT, of a user who signed in with a password. */
  | "login"
  /** A JWT, of a user who signed in to the operators' page: the content of its cookie, and no bearer's. */
  | "session"
  /** Opaque, of an organization. */
  | "api_key";

/** Which credentials each API takes. `as const`: what a dialect can meet is known to its types. */
export const CREDENTIALS_OF = {
  "org-user": ["user_token", "oauth"],
  unsorted: ["user_token", "oauth"],
  crm: ["user_token", "login"],
  "lead-summary": ["user_token", "oauth"],
  "get-leads": ["user_token", "api_key"],
  admin: ["user_token"],
  operators: ["user_token"],
} as const satisfies Record<string, readonly CredentialKind[]>;

/** What the page of operators sends by itself, in its cookie. */
export const OPERATOR_SESSION = ["session"] as const satisfies readonly CredentialKind[];

/**
 * Some callers also say for which organization they speak, by its own key: those of crm always, in a header of its own;
 * those of lead-summary as the client id of Basic credentials, whose other half is then a user's token.
 */
export const ORGANIZATION_KEY = ["api_key"] as const satisfies readonly CredentialKind[];
export const BASIC_TOKEN = ["user_token"] as const satisfies readonly CredentialKind[];
