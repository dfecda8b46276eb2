/** Signing in: a user name and a password for an access and a refresh token. */
import { refreshLogin, login as signIn } from "../../services/login.ts";
import type { SignInFailure } from "../../services/sign-in.ts";
import { addressOf, config, contextOf, type Deps } from "../http/app.ts";
import type { C } from "./access.ts";
import { envelope } from "./envelope.ts";
import { failed, throttled } from "./errors.ts";
import { read } from "./requests.ts";
import { Login, RefreshLogin } from "./schemas.ts";

export async function login(c: C, deps: Deps): Promise<Response> {
  const sent = await read(c, Login);
  if (sent instanceof Response) return sent;
  const { actor, organization, db } = c.var.keyHolder;
  const who = { ...sent.value, address: addressOf(c.req.raw) };
  const signed = await signIn(contextOf(c, deps, actor, db), config(c).jwtKeys, organization.id, who);
  if (!signed.ok) return refusal(signed.failure, "No active account found with the given credentials.");
  const { access, refresh, expiresInSeconds } = signed.value;
  return envelope(200, { access, refresh, expires_in: expiresInSeconds });
}

export async function refresh(c: C, deps: Deps): Promise<Response> {
  const sent = await read(c, RefreshLogin);
  if (sent instanceof Response) return sent;
  const { actor, organization, db } = c.var.keyHolder;
  const ctx = contextOf(c, deps, actor, db);
  const made = await refreshLogin(ctx, config(c).jwtKeys, organization.id, sent.value.refresh);
  if (!made.ok) return refusal(made.failure, "Token is invalid or expired.");
  return envelope(200, { access: made.value.access, expires_in: made.value.expiresInSeconds });
}

const refusal = (failure: SignInFailure, wrong: string): Response =>
  failure.kind === "wrong" ? failed(401, wrong) : throttled(failure.retryAfterSeconds);
