/**
 * Authorization codes (RFC 6749, section 4.1): what a user's consent is exchanged for. A code lives CODE_TTL_SECONDS, is
 * bound to its program, redirect URI and, where asked for so, to a PKCE challenge, and is redeemed once. One that comes
 * twice is in two hands: what it was redeemed for is revoked, since nobody can tell whose.
 */
import type { LeadFailure } from "../domain/failure.ts";
import {
  CODE_TTL_SECONDS,
  type Grant,
  type GrantFailure,
  REFRESH_TOKEN_TTL_DAYS,
  SCOPES,
  type Scope,
} from "../domain/oauth.ts";
import type { User } from "../domain/organization.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { commit, firstRow } from "../store/d1.ts";
import { type CodeRow, type FamilyRow, findCode, grantOf, insertCode, redeemCode } from "../store/oauth-tokens.ts";
import { findUser } from "../store/people.ts";
import type { Context } from "./context.ts";
import { forgetCredentials } from "./credentials.ts";
import type { KnownClient } from "./integrations.ts";
import { sameSecret } from "./key-ring.ts";
import { isOpaque, newSecretId, newSecretRandom, opaqueHash, parseOpaque, printOpaque } from "./secret-text.ts";

const DAY_MS = 86_400_000;
/** RFC 7636, section 4.1. */
const VERIFIER = /^[\w.~-]{43,128}$/;

export interface Consent {
  user: Pick<User, "id">;
  scopes: Scope[];
  challenge: string | null;
  isRedirectNamed: boolean;
}

/** A code for a program to redeem. @returns not-found where the integration was revoked meanwhile. */
export async function issueCode(
  ctx: Context,
  organizationId: number,
  clientId: string,
  consent: Consent,
): Promise<Result<{ code: string; expiresAt: number }, LeadFailure>> {
  const [id, random] = [newSecretId(), newSecretRandom()];
  const expiresAt = ctx.now + CODE_TTL_SECONDS * 1000;
  const { meta } = await insertCode(ctx.db, organizationId, {
    id,
    clientId,
    userId: consent.user.id,
    ...opaqueHash(ctx.keys, "code", random),
    isRedirectNamed: consent.isRedirectNamed,
    challenge: consent.challenge,
    scopes: consent.scopes,
    expiresAt,
  }).run();
  return meta.changes > 0 ? ok({ code: printOpaque("code", id, random), expiresAt }) : fail({ kind: "not-found" });
}

/** The same without a page, for an administrator. no-such-assignee where the user is not active here. */
export async function issueCodeFor(
  ctx: Context,
  organizationId: number,
  clientId: string,
  userUuid: string,
): Promise<Result<{ code: string; expiresAt: number }, LeadFailure>> {
  const user = await findUser(ctx.db, organizationId, userUuid);
  if (!user?.isActive) return fail({ kind: "no-such-assignee", userUuid });
  const consent = { user, scopes: [...SCOPES], challenge: null, isRedirectNamed: false };
  return issueCode(ctx, organizationId, clientId, consent);
}

export interface Issued {
  grant: Grant;
  refreshToken: string;
}

/** Redeems a code. Of any number at the same moment one succeeds, and the others revoke what it was given. */
export async function redeem(
  ctx: Context,
  client: KnownClient,
  sent: { code: string; redirectUri: string | null; verifier: string | null },
): Promise<Result<Issued, GrantFailure>> {
  const organizationId = client.organization.id;
  const parts = parseOpaque("code", sent.code);
  const code = parts && (await findCode(ctx.db, organizationId, parts.id));
  if (!parts || !code || !isOpaque(ctx.keys, "code", parts.random, code)) return fail("code-unknown");
  if (code.client_id !== client.integration.id) return fail("code-unknown");
  // A code that was redeemed goes on into the batch, which revokes; nothing else of it matters any more.
  const refusal = code.family_id === null ? await refusalOf(code, sent, ctx.now) : null;
  if (refusal !== null) return fail(refusal);

  const [id, random] = [newSecretId(), newSecretRandom()];
  const token = {
    id,
    salt: null,
    ...opaqueHash(ctx.keys, "refresh", random),
    expiresAt: ctx.now + REFRESH_TOKEN_TTL_DAYS * DAY_MS,
  };
  const made = { familyId: ctx.newId(), token };
  const results = await commit(ctx.db, redeemCode(ctx.db, organizationId, parts.id, made, ctx.now));
  const family = firstRow<FamilyRow>(results.at(-1));
  if (family !== null) {
    return ok({ grant: grantOf(organizationId, family), refreshToken: printOpaque("refresh", id, random) });
  }
  if (results[3]?.meta.changes !== 1) return fail("code-expired");
  forgetCredentials(organizationId);
  return fail("code-used");
}

async function refusalOf(
  code: CodeRow,
  sent: { redirectUri: string | null; verifier: string | null },
  now: number,
): Promise<GrantFailure | null> {
  if (code.expires_at <= now) return "code-expired";
  const isRedirectRight =
    sent.redirectUri === null ? code.is_redirect_named === 0 : sent.redirectUri === code.redirect_uri;
  if (!isRedirectRight) return "redirect-mismatch";
  return (await answersChallenge(code.challenge, sent.verifier)) ? null : "verifier-mismatch";
}

/** PKCE, S256. A verifier for a code without a challenge is refused too: somebody took the challenge away on its way. */
async function answersChallenge(challenge: string | null, verifier: string | null): Promise<boolean> {
  if (challenge === null || verifier === null) return challenge === verifier;
  if (!VERIFIER.test(verifier)) return false;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const text = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return sameSecret(text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""), challenge);
}
