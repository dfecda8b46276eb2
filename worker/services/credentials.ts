/**
 * Secrets that open doors: made, shown once, recognised, revoked. A secret reads `foyer_<database>_<id>_<random>`; what is
 * kept is an HMAC of its random part. Access tokens of programs are recognised here too. What was revoked is refused here
 * at once and everywhere within CACHE_TTL_MS.
 */
import type { Actor } from "../domain/actor.ts";
import type { CredentialKind } from "../domain/credentials.ts";
import type { LeadFailure } from "../domain/failure.ts";
import type { Credential, Organization, User } from "../domain/organization.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { shardOfForm } from "../domain/shard.ts";
import type { Database } from "../store/database.ts";
import { findGrantHolder, findLoginHolder } from "../store/oauth.ts";
import {
  findCredential,
  findUser,
  insertCredential,
  listCredentials as list,
  revokeCredential,
} from "../store/people.ts";
import { readAccessToken } from "./access-tokens.ts";
import { Cache } from "./cache.ts";
import type { Context } from "./context.ts";
import { isJwt } from "./jwt.ts";
import { hmac, type KeyRing, sameSecret } from "./key-ring.ts";
import { isStampOf, readLogin } from "./login-tokens.ts";
import { newSecretId, newSecretRandom, parseSecret, printSecret } from "./secret-text.ts";

/** What recognises credentials: databases by their number, keys of hashes, keys of signatures. */
export interface Authority {
  databases: readonly Database[];
  keys: KeyRing;
  jwtKeys: KeyRing;
}

export interface Authenticated<K extends CredentialKind = CredentialKind> {
  actor: Extract<Actor, { kind: K extends "api_key" ? "api_key" : "user" }>;
  organization: Organization;
  db: Database;
}
interface Known extends Authenticated {
  kind: CredentialKind;
  expiresAt: number | null;
}

const cache = new Cache<Known>();

export const forgetCredentials = (organizationId: number): void => cache.forgetOrganization(organizationId);

/**
 * @param accepted the kinds that open this door: a row of CREDENTIALS_OF.
 * @returns null for whatever is not a secret in force of such a kind: unknown, wrong, expired, revoked, or of a
 *     deactivated user.
 */
export async function authenticate<K extends CredentialKind>(
  authority: Authority,
  accepted: readonly K[],
  secret: string,
  now: number,
): Promise<Authenticated<K> | null> {
  const cached = cache.get(secret, now);
  const opens = (kind: CredentialKind): boolean => (accepted as readonly CredentialKind[]).includes(kind);
  const found = cached ?? (await recognise(authority, opens, secret, now));
  if (found === null || !opens(found.kind)) return null;
  if (found.expiresAt !== null && found.expiresAt <= now) return null;
  if (cached === undefined) cache.set(secret, found, now);
  return found as Authenticated as Authenticated<K>;
}

async function recognise(
  authority: Authority,
  opens: (kind: CredentialKind) => boolean,
  secret: string,
  now: number,
): Promise<Known | null> {
  if (!isJwt(secret)) return recogniseSecret(authority, secret);
  if (opens("login")) return recogniseLogin(authority, "access", secret, now);
  if (opens("session")) return recogniseLogin(authority, "session", secret, now);
  return opens("oauth") ? recogniseAccessToken(authority, secret, now) : null;
}

async function recogniseLogin(
  { databases, keys, jwtKeys }: Authority,
  use: "access" | "session",
  token: string,
  now: number,
): Promise<Known | null> {
  const claims = await readLogin(jwtKeys, use, token, now);
  const db = claims && databases[claims.database];
  const holder = claims && db ? await findLoginHolder(db, claims) : null;
  if (!claims || !db || !holder?.passwordHash || !isStampOf(keys, claims.stamp, holder.passwordHash)) return null;
  const { organization, user } = holder;
  const actor = { kind: "user" as const, user, organization };
  return { kind: use === "access" ? "login" : "session", actor, organization, db, expiresAt: claims.expiresAt };
}

/** The signature first: whatever is not ours costs no query. */
async function recogniseAccessToken(authority: Authority, token: string, now: number): Promise<Known | null> {
  const claims = await readAccessToken(authority.jwtKeys, token, now);
  const db = claims && authority.databases[shardOfForm(claims.clientId) ?? -1];
  const holder = claims && db ? await findGrantHolder(db, claims) : null;
  if (!claims || !db || !holder || !claims.scopes.includes("crm")) return null;
  const { organization, user } = holder;
  const actor = { kind: "user" as const, user, organization };
  return { kind: "oauth", actor, organization, db, expiresAt: claims.expiresAt };
}

async function recogniseSecret({ databases, keys }: Authority, secret: string): Promise<Known | null> {
  const parts = parseSecret(secret);
  const db = parts && databases[parts.database];
  const holder = db ? await findCredential(db, parts.id) : null;
  if (!parts || !db || holder === null) return null;
  const { credential, organization, user } = holder;
  const expected = hmac(keys, "credential", parts.random, holder.hashKeyId);
  if (expected === null || !sameSecret(expected, holder.hash)) return null;
  if (credential.revokedAt !== null || (user !== null && !user.isActive)) return null;
  const actor =
    user === null
      ? { kind: "api_key" as const, credentialId: credential.id, organization }
      : { kind: "user" as const, user, organization };
  return { kind: credential.kind, actor, organization, db, expiresAt: credential.expiresAt };
}

/** Makes a secret. @returns it with its description, this once; no-such-assignee where the user is not active here. */
export async function issueCredential(
  ctx: Context,
  organizationId: number,
  wanted: { kind: Credential["kind"]; userUuid: string | null; name: string; expiresAt: number | null },
): Promise<Result<Credential & { secret: string }, LeadFailure>> {
  let user: User | null = null;
  if (wanted.userUuid !== null) {
    user = await findUser(ctx.db, organizationId, wanted.userUuid);
    if (!user?.isActive) return fail({ kind: "no-such-assignee", userUuid: wanted.userUuid });
  }
  const [id, random] = [newSecretId(), newSecretRandom()];
  const hash = { hash: hmac(ctx.keys, "credential", random) as string, hashKeyId: ctx.keys.current };
  const credential: Credential = { id, ...wanted, revokedAt: null, createdAt: ctx.now };
  await insertCredential(ctx.db, organizationId, user?.id ?? null, credential, hash).run();
  return ok({ ...credential, secret: printSecret(ctx.db.number, id, random) });
}

/** A page in the order of creation, and one more; without secrets. */
export const listCredentials = (
  ctx: Context,
  organizationId: number,
  after: { at: number; id: string },
  limit: number,
): Promise<Credential[]> => list(ctx.db, organizationId, after, limit);

/** @returns not-found for a credential of another organization, and for none. */
export async function revoke(ctx: Context, organizationId: number, id: string): Promise<Result<null, LeadFailure>> {
  const { meta } = await revokeCredential(ctx.db, organizationId, id, ctx.now).run();
  forgetCredentials(organizationId);
  return meta.changes > 0 ? ok(null) : fail({ kind: "not-found" });
}
