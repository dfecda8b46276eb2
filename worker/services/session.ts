/**
 * The session of the operators' page: begun with a password, kept in a cookie that no script reads, ended by time, by a new
 * password or by the user's leaving. Beside it travels a CSRF token that only our own page can know, since only it can read
 * the answers that tell it.
 */
import { isSubscribed, type Organization, type User } from "../domain/organization.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { findOrganizationById, findOrganization as findOrganizationByUuid } from "../store/organizations.ts";
import { announceSignOut } from "./announce.ts";
import type { Context } from "./context.ts";
import { hmac, hmacs, type KeyRing, sameSecret } from "./key-ring.ts";
import { readLogin, signLogin } from "./login-tokens.ts";
import { type SignInFailure, signInWithHash } from "./sign-in.ts";

const PURPOSE = "csrf";
/** Nobody's: a stranger's organization costs what a real one does. */
const NO_ORGANIZATION = 0;

export interface Session {
  /** The cookie's content. */
  token: string;
  user: User;
  organization: Organization;
}
/** `lapsed`: the password is right, and the organization has no subscription. */
export type SessionFailure = SignInFailure | { kind: "lapsed" };

interface Sent {
  /** A UUID, or the integer account id. */
  organization: string | number;
  username: string;
  password: string;
  address: string | null;
}

/** @returns wrong for whatever does not fit, rate-limited past the attempts of a user or an address, lapsed. */
export async function beginSession(
  ctx: Context,
  jwtKeys: KeyRing,
  { organization: name, ...sent }: Sent,
): Promise<Result<Session, SessionFailure>> {
  const organization = await (typeof name === "number"
    ? findOrganizationById(ctx.db, name)
    : findOrganizationByUuid(ctx.db, name.toLowerCase()));
  const signed = await signInWithHash(ctx, organization?.id ?? NO_ORGANIZATION, sent);
  if (!signed.ok) return signed;
  if (organization === null) return fail({ kind: "wrong" });
  if (!isSubscribed(organization, ctx.now)) return fail({ kind: "lapsed" });
  const token = await signLogin(ctx, jwtKeys, "session", signed.value);
  return ok({ token, user: signed.value.user, organization });
}

/** The session's pages hear no more; other sessions and programs of the user go on. Nothing, for what is no session. */
export async function endSession(ctx: Context, jwtKeys: KeyRing, token: string, user: User): Promise<void> {
  const claims = await readLogin(jwtKeys, "session", token, ctx.now);
  if (claims !== null) announceSignOut(ctx, claims.organizationId, user.uuid, claims.id);
}

/** What the page of this session sends with whatever it writes. */
export const csrfOf = (keys: KeyRing, token: string): string => hmac(keys, PURPOSE, token) as string;

/** Also after a rotation of keys. */
export const isCsrfOf = (keys: KeyRing, token: string, sent: string): boolean =>
  hmacs(keys, PURPOSE, token).some((known) => sameSecret(known, sent));
