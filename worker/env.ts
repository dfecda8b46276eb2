/** What the deployment gives the Worker: bindings, and configuration that is read and checked once. */

import { requestScope } from "./api/http/request-scope.ts";
import type { KeyRing } from "./services/key-ring.ts";
import type { InboxDoor, Live, RoomDoor } from "./services/live.ts";
import { parseKeyRing } from "./services/parse-keys.ts";
import type { VisitorDoor } from "./services/visitor-door.ts";
import type { Database } from "./store/database.ts";
import { openDatabase } from "./store/door.ts";

export interface Env {
  /** Database number 0; others are bound as `DB_1`, `DB_2` and so on. */
  DB: D1Database;
  ASSETS: Fetcher;
  /** Conversations, by their ids. */
  ROOMS: DurableObjectNamespace<RoomDoor & VisitorDoor & Rpc.DurableObjectBranded>;
  /** What operators hear, by the organization's database and number. */
  INBOXES: DurableObjectNamespace<InboxDoor & Rpc.DurableObjectBranded>;
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
  /** `off` takes a chat's frames as fast as they come: for measurements. */
  FOYER_CHAT_RATE?: string;
  /** Turnstile's secrets, each behind its site key: `sitekey:secret,sitekey:secret`. */
  FOYER_TURNSTILE_SECRETS?: string;
  /** The folder of Turnstile's `api.js` and `siteverify`: for tests. */
  FOYER_TURNSTILE_URL?: string;
  /** Where the CRM's API stands; `/api/v1` where not given. Read once, when the Worker starts. */
  FOYER_CRM_PREFIX?: string;
  /** `errors` leaves lines out of the log that tell of no failure. */
  FOYER_LOG?: string;
  /** The forms of the demo pages: ids of the popup's, of the inline form and of the chat's, with commas between. */
  FOYER_DEMO_FORMS?: string;
}

export interface Config {
  /** By their number, which form ids and secrets carry. */
  databases: readonly Database[];
  keys: KeyRing;
  live: Live;
  jwtKeys: KeyRing;
  rootToken: string;
  turnstile: {
    url: string;
    /** By their site keys. */
    secrets: ReadonlyMap<string, string>;
  };
  demoForms: { popup: string; inline: string; chat?: string | undefined } | null;
}

const ROOT_TOKEN_CHARS_MIN = 32;
const TURNSTILE_URL = "https://challenges.cloudflare.com/turnstile/v0";
const read = new WeakMap<Env, Config>();

/** @throws where a secret is missing or short: then nothing is served. */
export function configOf(env: Env): Config {
  const known = read.get(env);
  if (known) return known;
  const rootToken = env.FOYER_ROOT_TOKEN ?? "";
  if (rootToken.length < ROOT_TOKEN_CHARS_MIN) {
    throw new Error(`FOYER_ROOT_TOKEN needs at least ${ROOT_TOKEN_CHARS_MIN} characters.`);
  }
  const [popup, inline, chat] = (env.FOYER_DEMO_FORMS ?? "").split(",");
  const config: Config = {
    databases: databasesOf(env),
    keys: parseKeyRing(env.FOYER_HMAC_KEYS),
    live: { rooms: env.ROOMS, inboxes: env.INBOXES },
    jwtKeys: parseKeyRing(env.FOYER_JWT_KEYS, "FOYER_JWT_KEYS"),
    rootToken,
    turnstile: {
      url: env.FOYER_TURNSTILE_URL || TURNSTILE_URL,
      secrets: turnstileSecrets(env.FOYER_TURNSTILE_SECRETS),
    },
    demoForms: popup && inline ? { popup, inline, chat } : null,
  };
  read.set(env, config);
  return config;
}

/** @throws where a number is left out: what is in the databases past it would be nowhere. */
function databasesOf(env: Env): Database[] {
  const further = Object.entries(env).filter(([name]) => /^DB_[1-9]\d*$/.test(name));
  const bound = new Map<string, D1Database>(further);
  return [env.DB, ...further.map((_, index) => bound.get(`DB_${index + 1}`))].map((db, number) => {
    if (db === undefined) throw new Error(`Databases are numbered without a gap: DB_${number} is missing.`);
    return openDatabase(db, number, requestScope);
  });
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

function turnstileSecrets(text = ""): Map<string, string> {
  const pairs = text.split(",").filter((part) => part.trim() !== "");
  return new Map(
    pairs.map((pair, index) => {
      const [, siteKey, secret] = /^([\w-]+):([\w-]+)$/.exec(pair.trim()) ?? [];
      // Not the words themselves: errors are logged.
      if (!siteKey || !secret) throw new Error(`FOYER_TURNSTILE_SECRETS: number ${index + 1} is not sitekey:secret.`);
      return [siteKey, secret] as const;
    }),
  );
}
