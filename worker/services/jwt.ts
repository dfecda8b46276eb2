/**
 * JWTs (RFC 7519), signed with HS256, since nobody but the deployment that makes them has to check them. The first key of
 * FOYER_JWT_KEYS signs, each of them is recognised by its `kid`; `typ` keeps one use from being taken for another.
 */
import { JOSEError, JWKSNoMatchingKey } from "jose/errors";
import { SignJWT } from "jose/jwt/sign";
import { jwtVerify } from "jose/jwt/verify";
import type { KeyRing } from "./key-ring.ts";

const ALGORITHM = "HS256";

/** Whether the text has the form of one. Says nothing about its being true. */
export const isJwt = (text: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);

export interface JwtInput {
  type: string;
  audience: string;
  subject: string;
  /** A new UUID: no two tokens are equal, even in one second. */
  id: string;
  claims: Record<string, unknown>;
  /** Milliseconds since 1970, UTC. */
  now: number;
  ttlSeconds: number;
}

export function signJwt(keys: KeyRing, input: JwtInput): Promise<string> {
  const issuedAt = Math.floor(input.now / 1000);
  return new SignJWT(input.claims)
    .setProtectedHeader({ alg: ALGORITHM, kid: keys.current, typ: input.type })
    .setAudience(input.audience)
    .setSubject(input.subject)
    .setJti(input.id)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + input.ttlSeconds)
    .sign(keys.keys.get(keys.current) as Uint8Array);
}

/**
 * Signature, type and times; no database.
 * @returns the payload, or null for whatever is not a token of ours, of this type, that is in force.
 */
export async function readJwt(
  keys: KeyRing,
  token: string,
  type: string,
  now: number,
): Promise<Record<string, unknown> | null> {
  const keyOf = ({ kid = "" }: { kid?: string }): Uint8Array => {
    const key = keys.keys.get(kid);
    if (key === undefined) throw new JWKSNoMatchingKey();
    return key;
  };
  try {
    const { payload } = await jwtVerify(token, keyOf, {
      algorithms: [ALGORITHM],
      typ: type,
      currentDate: new Date(now),
      requiredClaims: ["aud", "sub", "exp", "iat", "jti"],
    });
    return payload;
  } catch (error) {
    if (error instanceof JOSEError) return null;
    throw error;
  }
}
