/**
 * Whether somebody who was let in a while ago still would be. A connection that lasts for hours asks again and again, and
 * keeps nothing by which anybody could be let in: the public part of a token, or a session's stamp of the password.
 */
import { isSubscribed, type Organization, type User } from "../domain/organization.ts";
import { findLoginHolder } from "../store/oauth.ts";
import { findCredential } from "../store/people.ts";
import type { Authority } from "./credentials.ts";
import { isJwt } from "./jwt.ts";
import type { KeyRing } from "./key-ring.ts";
import { isStampOf, type LoginClaims, readLogin } from "./login-tokens.ts";
import { parseSecret } from "./secret-text.ts";

export type Standing = { kind: "token"; database: number; id: string } | ({ kind: "session" } & LoginClaims);

/** @param secret one that `authenticate` took: a user's token, or a session. @returns null for any other. */
export async function standingOf(jwtKeys: KeyRing, secret: string, now: number): Promise<Standing | null> {
  if (isJwt(secret)) {
    const claims = await readLogin(jwtKeys, "session", secret, now);
    return claims && { kind: "session", ...claims };
  }
  const parts = parseSecret(secret);
  return parts && { kind: "token", database: parts.database, id: parts.id };
}

/** @returns the user as they are now; null once the credential or the subscription has ended. One round trip. */
export async function stillStands(
  authority: Pick<Authority, "databases" | "keys">,
  standing: Standing,
  now: number,
): Promise<User | null> {
  const db = authority.databases[standing.database];
  const found = db ? await holderOf(db, authority.keys, standing) : null;
  if (found === null || found.expiresAt <= now || !found.user.isActive) return null;
  return isSubscribed(found.organization, now) ? found.user : null;
}

interface Holder {
  user: User;
  organization: Organization;
  expiresAt: number;
}

async function holderOf(db: D1Database, keys: KeyRing, standing: Standing): Promise<Holder | null> {
  if (standing.kind === "session") {
    const holder = await findLoginHolder(db, standing);
    const isSame = holder?.passwordHash && isStampOf(keys, standing.stamp, holder.passwordHash);
    return holder && isSame ? { ...holder, expiresAt: standing.expiresAt } : null;
  }
  const holder = await findCredential(db, standing.id);
  if (holder === null || holder.user === null || holder.credential.revokedAt !== null) return null;
  return { user: holder.user, organization: holder.organization, expiresAt: holder.credential.expiresAt ?? Infinity };
}
