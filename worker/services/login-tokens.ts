/**
 * Tokens of people who signed in with a password: a short one that opens doors, and a long one that only makes new short
 * ones; and the operators' page has one in its cookie. All carry a stamp of the password, so that a new password ends all
 * that the old one opened.
 */
import * as z from "zod/mini";
import type { User } from "../domain/organization.ts";
import type { Context } from "./context.ts";
import { readJwt, signJwt } from "./jwt.ts";
import { hmac, hmacs, type KeyRing } from "./key-ring.ts";

const STAMP_CHARS = 32;
export const LOGIN_ACCESS_TTL_SECONDS = 3_600;
export const LOGIN_REFRESH_TTL_SECONDS = 14 * 86_400;
/** A working day. */
export const SESSION_TTL_SECONDS = 12 * 3_600;

const USES = {
  access: { type: "login-access+jwt", audience: "crm", ttlSeconds: LOGIN_ACCESS_TTL_SECONDS },
  refresh: { type: "login-refresh+jwt", audience: "crm", ttlSeconds: LOGIN_REFRESH_TTL_SECONDS },
  session: { type: "operator-session+jwt", audience: "operators", ttlSeconds: SESSION_TTL_SECONDS },
} as const;
export type LoginUse = keyof typeof USES;

const Claims = z.object({
  aud: z.string(),
  jti: z.string(),
  exp: z.int(),
  database: z.int(),
  account_id: z.int(),
  user_id: z.int(),
  scopes: z.array(z.string()),
  stamp: z.string(),
});

export interface LoginClaims {
  /** Of this token alone. */
  id: string;
  database: number;
  organizationId: number;
  userId: number;
  stamp: string;
  /** Milliseconds since 1970, UTC. */
  expiresAt: number;
}

export interface LoginHolder {
  user: Pick<User, "id" | "organizationId">;
  /** Of hashPassword. */
  passwordHash: string;
}

const PURPOSE = "login";

/** @param ctx of the database that holds the user. */
export function signLogin(
  { db, keys, newId, now }: Context,
  jwtKeys: KeyRing,
  use: LoginUse,
  { user, passwordHash }: LoginHolder,
): Promise<string> {
  const stamp = hmac(keys, PURPOSE, passwordHash)?.slice(0, STAMP_CHARS);
  const who = { database: db.number, account_id: user.organizationId, user_id: user.id };
  return signJwt(jwtKeys, {
    ...USES[use],
    subject: String(user.id),
    id: newId(),
    claims: { ...who, scopes: [USES[use].audience], stamp },
    now,
  });
}

/** @returns null for whatever is not such a token of ours that is in force. */
export async function readLogin(
  jwtKeys: KeyRing,
  use: LoginUse,
  token: string,
  now: number,
): Promise<LoginClaims | null> {
  const claims = Claims.safeParse(await readJwt(jwtKeys, token, USES[use].type, now));
  if (!claims.success || claims.data.aud !== USES[use].audience) return null;
  const { database, account_id: organizationId, user_id: userId, stamp, exp, jti: id } = claims.data;
  return { id, database, organizationId, userId, stamp, expiresAt: exp * 1000 };
}

/** Whether the password is still the one that the token was given for, also after a rotation of keys. */
export const isStampOf = (keys: KeyRing, stamp: string, passwordHash: string): boolean =>
  hmacs(keys, PURPOSE, passwordHash).some((known) => known.slice(0, STAMP_CHARS) === stamp);
