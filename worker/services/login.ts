/** Signing in to the CRM: a user name and a password become tokens, and a refresh token another access token. */
import { fail, ok, type Result } from "../domain/result.ts";
import { findLoginHolder } from "../store/oauth.ts";
import type { Context } from "./context.ts";
import type { KeyRing } from "./key-ring.ts";
import { isStampOf, LOGIN_ACCESS_TTL_SECONDS, readLogin, signLogin } from "./login-tokens.ts";
import { type SignInFailure, signInWithHash } from "./sign-in.ts";

export interface LoginTokens {
  access: string;
  refresh: string;
  /** Of the access token. */
  expiresInSeconds: number;
}

/** @returns wrong for whatever does not fit, rate-limited past the attempts of a user or an address. */
export async function login(
  ctx: Context,
  jwtKeys: KeyRing,
  organizationId: number,
  sent: { username: string; password: string; address: string | null },
): Promise<Result<LoginTokens, SignInFailure>> {
  const signed = await signInWithHash(ctx, organizationId, sent);
  if (!signed.ok) return signed;
  return ok({
    access: await signLogin(ctx, jwtKeys, "access", signed.value),
    refresh: await signLogin(ctx, jwtKeys, "refresh", signed.value),
    expiresInSeconds: LOGIN_ACCESS_TTL_SECONDS,
  });
}

/** @returns a new access token; wrong for a refresh token that is not one of this organization's in force. */
export async function refreshLogin(
  ctx: Context,
  jwtKeys: KeyRing,
  organizationId: number,
  token: string,
): Promise<Result<Omit<LoginTokens, "refresh">, SignInFailure>> {
  const claims = await readLogin(jwtKeys, "refresh", token, ctx.now);
  if (claims?.organizationId !== organizationId) return fail({ kind: "wrong" });
  const holder = await findLoginHolder(ctx.db, claims);
  if (!holder?.passwordHash || !isStampOf(ctx.keys, claims.stamp, holder.passwordHash)) return fail({ kind: "wrong" });
  const { user, passwordHash } = holder;
  const access = await signLogin(ctx, jwtKeys, "access", { user, passwordHash });
  return ok({ access, expiresInSeconds: LOGIN_ACCESS_TTL_SECONDS });
}
