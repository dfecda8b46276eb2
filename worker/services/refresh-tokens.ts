/**
 * Refresh tokens rotate: each is good for one successor. One that comes again after that is in two hands, and revokes its
 * family (RFC 9700, section 4.14.2) - except the immediate predecessor within REFRESH_GRACE_SECONDS, whose answer may have
 * been lost on its way: it is given the same successor again.
 *
 * The same one, although only its hash is kept: a successor is made of its predecessor's secret, a salt of its own and the
 * deployment's key, so whoever brings the predecessor lets us make it again. Two that refresh at the same moment hence hold
 * one token and not two, of which one would look stolen later.
 */
import { type GrantFailure, REFRESH_GRACE_SECONDS, REFRESH_TOKEN_TTL_DAYS } from "../domain/oauth.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { commit, firstRow } from "../store/d1.ts";
import { findRefreshToken, grantOf, type RotatedRow, rotateRefreshToken } from "../store/oauth-tokens.ts";
import type { Issued } from "./authorization-codes.ts";
import type { Context } from "./context.ts";
import { forgetCredentials } from "./credentials.ts";
import type { KnownClient } from "./integrations.ts";
import { hmac } from "./key-ring.ts";
import { isOpaque, newSecretId, newSecretRandom, opaqueHash, parseOpaque, printOpaque } from "./secret-text.ts";

const DAY_MS = 86_400_000;

/** The secret of the token that follows `random`. null: the ring has lost the key. */
const successor = (ctx: Context, random: string, salt: string, keyId: string): string | null =>
  hmac(ctx.keys, "oauth-refresh-successor", `${random}\0${salt}`, keyId);

/** Answers a refresh token with its successor. One round trip decides, however many ask at once. */
export async function refresh(
  ctx: Context,
  client: KnownClient,
  refreshToken: string,
): Promise<Result<Issued, GrantFailure>> {
  const organizationId = client.organization.id;
  const parts = parseOpaque("refresh", refreshToken);
  const sent = parts && (await findRefreshToken(ctx.db, organizationId, parts.id));
  if (!parts || !sent || !isOpaque(ctx.keys, "refresh", parts.random, sent)) return fail("refresh-unknown");
  if (sent.client_id !== client.integration.id) return fail("refresh-unknown");

  const [id, salt] = [newSecretId(), newSecretRandom()];
  const random = successor(ctx, parts.random, salt, ctx.keys.current) as string;
  const next = {
    id,
    salt,
    ...opaqueHash(ctx.keys, "refresh", random),
    expiresAt: ctx.now + REFRESH_TOKEN_TTL_DAYS * DAY_MS,
  };
  const time = { now: ctx.now, graceFrom: ctx.now - REFRESH_GRACE_SECONDS * 1000 };
  const which = { id: parts.id, familyId: sent.id };
  const results = await commit(ctx.db, rotateRefreshToken(ctx.db, organizationId, which, next, time));
  const revokedNow = results[3]?.meta.changes === 1;
  if (revokedNow) forgetCredentials(organizationId);
  const rotated = firstRow<RotatedRow>(results.at(-1));
  if (revokedNow) return fail("refresh-reused");
  if (!rotated?.stands) return fail("refresh-unknown");
  const { next_id: nextId, next_salt: nextSalt, next_hash_key_id: keyId } = rotated;
  if (nextId === null || nextSalt === null || keyId === null) return fail("refresh-expired");
  const secret = successor(ctx, parts.random, nextSalt, keyId);
  if (secret === null) return fail("refresh-unknown");
  return ok({ grant: grantOf(organizationId, sent), refreshToken: printOpaque("refresh", nextId, secret) });
}
