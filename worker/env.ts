/** What the deployment gives the Worker: bindings, and configuration that is read and checked once. */
import { type KeyRing, parseKeyRing } from "./services/key-ring.ts";

export interface Env {
  DB: D1Database;
  ASSETS: Fetcher;
  /** Opens /admin/v1 for every organization. At least 32 characters. */
  FOYER_ROOT_TOKEN?: string;
  /** HMAC keys, newest first: `id:base64url,id:base64url`, each of at least 32 bytes. */
  FOYER_HMAC_KEYS?: string;
  /** Keys that sign access tokens, newest first, in the same form. */
  FOYER_JWT_KEYS?: string;
  /** The v4 API's rate of requests an account. */
  V4_RATE?: RateLimit;
  /** `off` leaves that rate uncounted: for demonstrations and tests. */
  FOYER_V4_RATE?: string;
  /** Where the CRM's API stands; `/api/v1` where not given. Read once, when the Worker starts. */
  FOYER_CRM_PREFIX?: string;
  /** The forms of the demo page: ids of the popup's and of the inline form, with a comma between. */
  FOYER_DEMO_FORMS?: string;
}

export interface Config {
  /** By their number, which form ids and secrets carry. */
  databases: readonly D1Database[];
  keys: KeyRing;
  jwtKeys: KeyRing;
  rootToken: string;
  demoForms: { popup: string; inline: string } | null;
}

const ROOT_TOKEN_CHARS_MIN = 32;
const read = new WeakMap<Env, Config>();

/** @throws where a secret is missing or short: then nothing is served. */
export function configOf(env: Env): Config {
  const known = read.get(env);
  if (known) return known;
  const rootToken = env.FOYER_ROOT_TOKEN ?? "";
  if (rootToken.length < ROOT_TOKEN_CHARS_MIN) {
    throw new Error(`FOYER_ROOT_TOKEN needs at least ${ROOT_TOKEN_CHARS_MIN} characters.`);
  }
  const [popup, inline] = (env.FOYER_DEMO_FORMS ?? "").split(",");
  const config: Config = {
    databases: [env.DB],
    keys: parseKeyRing(env.FOYER_HMAC_KEYS),
    jwtKeys: parseKeyRing(env.FOYER_JWT_KEYS, "FOYER_JWT_KEYS"),
    rootToken,
    demoForms: popup && inline ? { popup, inline } : null,
  };
  read.set(env, config);
  return config;
}

/** Where the CRM's callers expect it, unless the deployment says otherwise. */
const CRM_PREFIX = "/api/v1";

/**
 * A path without a slash at its end.
 * @throws for what is no path: then the Worker does not start.
 */
export function crmPrefixOf(text = ""): string {
  if (text === "") return CRM_PREFIX;
  const path = text.replace(/\/$/, "");
  if (/^(\/[\w.~-]+)+$/.test(path)) return path;
  throw new Error(`FOYER_CRM_PREFIX must be a path such as ${CRM_PREFIX}, not "${text}".`);
}
