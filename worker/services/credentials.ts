/**
 * Secrets that open doors: made, shown once, recognised, revoked. A secret reads `foyer_<database>_<id>_<random>`; what is
 * kept is an HMAC of its random part. A revoked one is refused here at once and everywhere within CACHE_TTL_MS.
 */
import { randomBytes } from "node:crypto";
import type { Actor } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import type { Credential, Organization, User } from "../domain/organization.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import {
  findCredential,
  findUser,
  insertCredential,
  listCredentials as list,
  revokeCredential,
} from "../store/people.ts";
import { Cache } from "./cache.ts";
import type { Context } from "./context.ts";
import { hmac, type KeyRing, sameSecret } from "./key-ring.ts";

const SECRET = /^foyer_(\d{1,4})_([0-9A-Za-z]{16})_([0-9A-Za-z]{40})$/;
const ID_CHARS = 16;
const RANDOM_CHARS = 40;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export interface Authenticated {
  actor: Extract<Actor, { kind: "user" | "api_key" }>;
  organization: Organization;
  db: D1Database;
}
interface Known extends Authenticated {
  expiresAt: number | null;
}

const cache = new Cache<Known>();

export const forgetCredentials = (organizationId: number): void => cache.forgetOrganization(organizationId);

/**
 * @param databases by their number; the secret says which one knows it.
 * @returns null for whatever is not a secret in force: unknown, wrong, expired, revoked, or of a deactivated user.
 */
export async function authenticate(
  databases: readonly D1Database[],
  keys: KeyRing,
  secret: string,
  now: number,
): Promise<Authenticated | null> {
  const known = cache.get(secret, now);
  if (known) return known.expiresAt === null || known.expiresAt > now ? known : null;
  const [, shard, id, random] = SECRET.exec(secret) ?? [];
  const db = databases[Number(shard)];
  if (db === undefined || id === undefined || random === undefined) return null;
  const holder = await findCredential(db, id);
  if (holder === null) return null;
  const { credential, organization, user } = holder;
  const expected = hmac(keys, "credential", random, holder.hashKeyId);
  if (expected === null || !sameSecret(expected, holder.hash)) return null;
  if (credential.revokedAt !== null || (credential.expiresAt !== null && credential.expiresAt <= now)) return null;
  if (user !== null && !user.isActive) return null;
  const actor =
    user === null
      ? { kind: "api_key" as const, credentialId: credential.id, organization }
      : { kind: "user" as const, user, organization };
  const found = { actor, organization, db, expiresAt: credential.expiresAt };
  cache.set(secret, found, now);
  return found;
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
  const [id, random] = [base62(ID_CHARS), base62(RANDOM_CHARS)];
  const hash = { hash: hmac(ctx.keys, "credential", random) as string, hashKeyId: ctx.keys.current };
  const credential: Credential = { id, ...wanted, revokedAt: null, createdAt: ctx.now };
  await insertCredential(ctx.db, organizationId, user?.id ?? null, credential, hash).run();
  return ok({ ...credential, secret: `foyer_0_${id}_${random}` });
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

/** Even by rejection: a byte past the last whole multiple of 62 is thrown away. */
function base62(chars: number): string {
  let text = "";
  while (text.length < chars) {
    for (const byte of randomBytes(chars)) if (byte < 248 && text.length < chars) text += ALPHABET[byte % 62];
  }
  return text;
}
