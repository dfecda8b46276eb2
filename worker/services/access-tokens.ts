/** Access tokens of programs: JWTs, typed as in RFC 9068. */
import * as z from "zod/mini";
import { ACCESS_TOKEN_TTL_SECONDS, type Grant, SCOPES } from "../domain/oauth.ts";
import { readJwt, signJwt } from "./jwt.ts";
import type { KeyRing } from "./key-ring.ts";

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

/** @param id a new UUID. */
export function signAccessToken(keys: KeyRing, grant: Grant, id: string, now: number): Promise<string> {
  const { organizationId, userId, scopes, familyId } = grant;
  return signJwt(keys, {
    type: TYPE,
    audience: grant.clientId,
    subject: String(userId),
    id,
    claims: { account_id: organizationId, user_id: userId, scopes, family: familyId },
    now,
    ttlSeconds: ACCESS_TOKEN_TTL_SECONDS,
  });
}

/**
 * Whether the grant still stands is another question, and the database's.
 * @returns null for whatever is not an access token of ours that is in force.
 */
export async function readAccessToken(keys: KeyRing, token: string, now: number): Promise<AccessClaims | null> {
  const claims = Claims.safeParse(await readJwt(keys, token, TYPE, now));
  if (!claims.success) return null;
  const { aud, exp, account_id, user_id, scopes, family } = claims.data;
  const known = SCOPES.filter((scope) => scopes.includes(scope));
  const grant = { familyId: family, clientId: aud, organizationId: account_id, userId: user_id, scopes: known };
  return { ...grant, expiresAt: exp * 1000 };
}
