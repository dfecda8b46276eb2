/**
 * The session of the operators' page.
 *
 *     POST   /inbox/session     {organization, username, password} -> the cookie, and the session
 *     GET    /inbox/session     the session, 401 without one
 *     DELETE /inbox/session     the cookie is taken back, and the sockets it opened are closed
 *
 * By design: a session that was ended and kept somewhere else goes on until its hours are over, or the password is new.
 */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { OAUTH_BODY_LIMIT_BYTES } from "../../../shared/limits.ts";
import { databaseOf } from "../../services/organizations.ts";
import { beginSession, csrfOf, endSession, type SessionFailure } from "../../services/session.ts";
import { addressOf, config, contextOf, type Deps } from "../http/app.ts";
import { caught } from "../http/exception.ts";
import { problem } from "../http/problem.ts";
import { read } from "../http/requests.ts";
import { isFromOurPage } from "../http/same-origin.ts";
import { type C, contextFor, type OperatorsEnv, requireOperator, unauthenticated } from "./access.ts";
import { readSession, writeSession } from "./cookie.ts";
import { leadProblem } from "./errors.ts";
import { SignIn } from "./schemas.ts";
import { meBody } from "./serializers.ts";

const PATH = "/session";

export function sessionRoutes(deps: Deps): Hono<OperatorsEnv> {
  const app = new Hono<OperatorsEnv>({ strict: false });
  app.use(PATH, bodyLimit({ maxSize: OAUTH_BODY_LIMIT_BYTES, onError: () => problem("payload-too-large") }));
  app.post(PATH, async (c) => {
    // Nobody is signed in by another site, as somebody else than they think.
    if (!isFromOurPage(c.req.raw)) return problem("forbidden", { detail: "It was not sent by our own page." });
    const input = await read(c, SignIn);
    if (input instanceof Response) return input;
    const { organization: name, ...who } = input;
    const organization = typeof name === "string" && /^\d{1,15}$/.test(name) ? Number(name) : name;
    const db = databaseOf(config(c).databases, organization);
    const ctx = contextOf(c, deps, { kind: "visitor", visitorId: null }, db);
    const begun = await beginSession(ctx, config(c).jwtKeys, { ...who, organization, address: addressOf(c.req.raw) });
    if (!begun.ok) return refusal(begun.failure);
    const { token, user, organization: of } = begun.value;
    writeSession(c, token);
    c.header("cache-control", "no-store");
    return c.json({ ...meBody(user, of), csrf: csrfOf(ctx.keys, token) });
  });
  const guard = requireOperator(deps);
  app.get(PATH, guard, (c: C) => {
    if (!isOfCookie(c)) return unauthenticated();
    const { actor, organization, secret } = c.var.caller;
    return c.json({ ...meBody(actor.user, organization), csrf: csrfOf(config(c).keys, secret) });
  });
  app.delete(PATH, guard, async (c: C) => {
    if (!isOfCookie(c)) return unauthenticated();
    const { secret, actor } = c.var.caller;
    await endSession(contextFor(deps)(c), config(c).jwtKeys, secret, actor.user);
    writeSession(c, null);
    return c.body(null, 204);
  });
  app.all(PATH, () => problem("method-not-allowed", { headers: { allow: "GET, HEAD, POST, DELETE" } }));
  app.onError((error, c) => {
    const { kind, headers } = caught(error, c);
    return problem(kind, { headers });
  });
  return app;
}

/** A token opens other doors; it is no session. */
const isOfCookie = (c: C): boolean => c.var.caller.secret === readSession(c);

function refusal(failure: SessionFailure): Response {
  switch (failure.kind) {
    case "wrong":
      return unauthenticated();
    case "rate-limited":
      return leadProblem(failure);
    case "lapsed":
      return problem("forbidden", { detail: "The organization has no active subscription." });
  }
}
