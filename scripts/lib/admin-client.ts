/**
 * A small client of the admin API, for the commands and the tests. Types say what they use of the API, not all of it.
 */
import type { FormSteps } from "../../shared/form-steps.ts";
import type { FormTranslations } from "../../shared/form-translations.ts";
import type { FormConsent, FormField, FormMode, FormTexts, FormTheme } from "../../shared/lead-fields.ts";

export interface Organization {
  id: string;
  account_id: number;
  name: string;
  subscription: "active" | "lapsed";
}
export interface NewOrganization {
  id?: string;
  name: string;
  /** RFC 3339. null: no subscription. */
  subscription_until?: string | null;
  time_zone?: string;
}

export type Role = "admin" | "agent";
export interface User {
  id: string;
  user_id: number;
  username: string;
  role: Role;
}
export interface NewUser {
  id?: string;
  username: string;
  first_name: string;
  last_name: string;
  role: Role;
  password?: string;
}

export type NewCredential =
  | { kind: "user_token"; user_id: string; name?: string; expires_at?: string }
  | { kind: "api_key"; name?: string };
export interface Credential {
  id: string;
  /** Shown in the answer that makes it, and never again. */
  secret: string;
}

export interface NewIntegration {
  id?: string;
  name: string;
  redirect_uri: string;
}
export interface Integration {
  /** The client id. */
  id: string;
  redirect_uri: string;
  /** Shown in the answer that makes it, and never again. */
  secret: string;
}

export type DuplicatePolicy = "identical" | "contact" | "off";
export interface NewForm {
  /** A version 8 UUID that ends in the number of the organization's database; see {@link newFormId}. */
  id?: string;
  name: string;
  mode: FormMode;
  fields: FormField[];
  steps?: FormSteps;
  consent?: FormConsent;
  texts?: FormTexts;
  /** The language of its own words. */
  locale?: string | null;
  /** Its words in other languages, by their tags. */
  translations?: FormTranslations;
  theme?: FormTheme;
  allowed_origins?: string[];
  allow_null_origin?: boolean;
  allow_missing_origin?: boolean;
  duplicate_policy?: DuplicatePolicy;
  is_processable?: boolean;
  /** null: unbounded. */
  rate_limit_per_minute?: number | null;
  address_rate_limit_per_minute?: number | null;
  min_elapsed_ms?: number;
  challenge?: "off" | "suspected";
  turnstile_site_key?: string | null;
  /** An active user of the organization. null: nobody. */
  owner_id?: string | null;
  /** null: the main one. */
  pipeline_id?: number | null;
}
export interface Form {
  id: string;
  mode: FormMode;
  is_processable: boolean;
  duplicate_policy: DuplicatePolicy;
}

/** What the server answered instead of what was asked for. `status` is 0 where there was no answer. */
export class AdminError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type AdminClient = ReturnType<typeof adminClient>;

/**
 * @param baseUrl where the server is, without a path.
 * @returns the calls; each rejects with {@link AdminError} unless the answer is a success.
 */
export function adminClient(baseUrl: string, rootToken: string) {
  const ask = <T>(method: "POST" | "PATCH", path: string, body: object) =>
    call<T>(method, `${baseUrl}/admin/v1${path}`, rootToken, body);
  const post = <T>(path: string, body: object) => ask<T>("POST", path, body);
  return {
    createOrganization: (input: NewOrganization) => post<Organization>("/organizations", input),
    createUser: (organizationId: string, input: NewUser) => post<User>(`/organizations/${organizationId}/users`, input),
    setPassword: (organizationId: string, userId: string, password: string) =>
      ask<User>("PATCH", `/organizations/${organizationId}/users/${userId}`, { password }),
    createCredential: (organizationId: string, input: NewCredential) =>
      post<Credential>(`/organizations/${organizationId}/credentials`, input),
    createIntegration: (organizationId: string, input: NewIntegration) =>
      post<Integration>(`/organizations/${organizationId}/integrations`, input),
    createCode: (organizationId: string, clientId: string, userId: string) =>
      post<{ code: string }>(`/organizations/${organizationId}/integrations/${clientId}/codes`, { user_id: userId }),
    createForm: (organizationId: string, input: NewForm) => post<Form>(`/organizations/${organizationId}/forms`, input),
  };
}

async function call<T>(method: string, url: string, rootToken: string, body: object): Promise<T> {
  const answer = await fetch(url, {
    method,
    headers: { Authorization: `Bearer ${rootToken}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
    // The token goes where it was sent to, not where a server points.
    redirect: "error",
  }).catch((error: Error & { cause?: Error }) => {
    throw new AdminError(0, `No answer from ${url}: ${error.cause?.message || error.message}`);
  });
  const text = await answer.text();
  if (!answer.ok)
    throw new AdminError(answer.status, `${method} ${url}: ${answer.status} ${text}`.trim().slice(0, 1_000));
  return JSON.parse(text) as T;
}

/** Makes an idempotent call of a create with a client-chosen id. @returns undefined where the thing was there already. */
export async function unlessThere<T>(created: Promise<T>): Promise<T | undefined> {
  try {
    return await created;
  } catch (error) {
    if (error instanceof AdminError && error.status === 409) return undefined;
    throw error;
  }
}

/** @returns an id for a form of an organization in database 0, where the demo is. */
export function newFormId(): string {
  const uuid = crypto.randomUUID();
  return `${uuid.slice(0, 14)}8${uuid.slice(15, -4)}0000`;
}
