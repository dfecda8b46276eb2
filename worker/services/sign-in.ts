/**
 * A person's password, asked for when a program wants to act for them. Every attempt is counted before it is looked at, by
 * user name and by address; an unknown user, a deactivated one, one without a password and a wrong password are one answer
 * after the same work.
 */
import { rateAddress } from "../domain/ip.ts";
import type { User } from "../domain/organization.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { countRates } from "../store/capture.ts";
import { brokenRule, commit } from "../store/d1.ts";
import { findSignIn } from "../store/oauth.ts";
import type { Context } from "./context.ts";
import { hmac } from "./key-ring.ts";
import { verifyPassword } from "./passwords.ts";

const WINDOW_MS = 10 * 60_000;
const ATTEMPTS_PER_USER = 10;
const ATTEMPTS_PER_ADDRESS = 30;

export type SignInFailure = { kind: "wrong" } | { kind: "rate-limited"; retryAfterSeconds: number };

interface Sent {
  username: string;
  password: string;
  address: string | null;
}

export async function signIn(ctx: Context, organizationId: number, sent: Sent): Promise<Result<User, SignInFailure>> {
  const signed = await signInWithHash(ctx, organizationId, sent);
  return signed.ok ? ok(signed.value.user) : signed;
}

/** With the password's hash, for what is to end when the password changes. */
export async function signInWithHash(
  ctx: Context,
  organizationId: number,
  sent: Sent,
): Promise<Result<{ user: User; passwordHash: string }, SignInFailure>> {
  const window_start = Math.floor(ctx.now / WINDOW_MS) * WINDOW_MS;
  const row = (content: string, most: number) => ({
    key: hmac(ctx.keys, "sign-in", content) as string,
    window_start,
    most,
  });
  const rows = [
    row(`user ${sent.username}`, ATTEMPTS_PER_USER),
    row(`address ${rateAddress(sent.address ?? "")}`, ATTEMPTS_PER_ADDRESS),
  ];
  try {
    await commit(ctx.db, [countRates(ctx.db, organizationId, rows)]);
  } catch (error) {
    if (brokenRule(error) !== "rate") throw error;
    return fail({ kind: "rate-limited", retryAfterSeconds: Math.ceil((window_start + WINDOW_MS - ctx.now) / 1000) });
  }
  const found = await findSignIn(ctx.db, organizationId, sent.username);
  const isRight = await verifyPassword(sent.password, found?.user.isActive ? found.passwordHash : null);
  if (!isRight || !found?.passwordHash) return fail({ kind: "wrong" });
  return ok({ user: found.user, passwordHash: found.passwordHash });
}
