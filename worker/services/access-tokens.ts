/**
 * Access tokens: JWTs (RFC 7519, typed as in RFC 9068), signed with HS256, since nobody but the deployment that makes them
 * has to check them. The first key of FOYER_JWT_KEYS signs, each of them is recognised by its `kid`.
 */
import { JOSEError, JWKSNoMatchingKey } from "jose/errors";
import { SignJWT } from "jose/jwt/sign";
import { jwtVerify } from "jose/jwt/verify";
import * as z from "zod/mini";
import { ACCESS_TOKEN_TTL_SECONDS, type Grant, SCOPES } from "../domain/oauth.ts";
import type { KeyRing } from "./key-ring.ts";

const ALGORITHM = "HS256";
const TYPE = "at+jwt";

const Claims = z.object({
  aud: z.string(),
  exp: z.int(),
  account_id: z.int(),
  user_id: z.int(),
  scopes: z.array(z.string()),
  family: z.string(),
});

export interface AccessClaims extends Grant {
  /** Milliseconds since 1970, UTC. */
  expiresAt: number;
}

/** Whether the text has the form of one. Says nothing about its being true. */
export const isJwt = (text: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);

/** @param id a new UUID: no two tokens are equal, even in one second. */
export function signAccessToken(keys: KeyRing, grant: Grant, id: string, now: number): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({
    account_id: grant.organizationId,
    user_id: grant.userId,
    scopes: grant.scopes,
    family: grant.familyId,
  })
    .setProtectedHeader({ alg: ALGORITHM, kid: keys.current, typ: TYPE })
    .setAudience(grant.clientId)
    .setSubject(String(grant.userId))
    .setJti(id)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_TOKEN_TTL_SECONDS)
    .sign(keys.keys.get(keys.current) as Uint8Array);
}

/**
 * Signature, type and times; no database. Whether the grant still stands is another question.
 * @returns null for whatever is not a token of ours that is in force.
 */
export async function readAccessToken(keys: KeyRing, token: string, now: number): Promise<AccessClaims | null> {
  const keyOf = ({ kid = "" }: { kid?: string }): Uint8Array => {
    const key = keys.keys.get(kid);
    if (key === undefined) throw new JWKSNoMatchingKey();
    return key;
  };
  try {
    const { payload } = await jwtVerify(token, keyOf, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      currentDate: new Date(now),
      requiredClaims: ["aud", "sub", "exp", "iat", "jti"],
    });
    const claims = Claims.safeParse(payload);
    if (!claims.success) return null;
    const { aud, exp, account_id, user_id, scopes, family } = claims.data;
    const known = SCOPES.filter((scope) => scopes.includes(scope));
    const grant = { familyId: family, clientId: aud, organizationId: account_id, userId: user_id, scopes: known };
    return { ...grant, expiresAt: exp * 1000 };
  } catch (error) {
    if (error instanceof JOSEError) return null;
    throw error;
  }
}
