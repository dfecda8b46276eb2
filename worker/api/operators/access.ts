/**
 * Who are operators: users of an organization with a subscription, agents as well as administrators. Programs show a user's
 * token; the page of operators has its session in a cookie, and whatever it writes carries the session's CSRF token and comes
 * from our own page. A socket has no headers of its own: programs offer their token as its second subprotocol, and a
 * browser's cookie counts only beside our own Origin.
 */
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { CHAT_PROTOCOL } from "../../../shared/chat-frames.ts";
import { TOKEN_LIMIT_CHARS } from "../../../shared/limits.ts";
import { CREDENTIALS_OF, OPERATOR_SESSION } from "../../domain/credentials.ts";
import { isSubscribed } from "../../domain/organization.ts";
import type { Context as VerbContext } from "../../services/context.ts";
import { type Authenticated, authenticate } from "../../services/credentials.ts";
import { sameSecret } from "../../services/key-ring.ts";
import { isCsrfOf } from "../../services/session.ts";
import { type AppEnv, config, contextOf, type Deps } from "../http/app.ts";
import { parseAuthorization } from "../http/authorization.ts";
import { problem } from "../http/problem.ts";
import { isFromOurPage } from "../http/same-origin.ts";
import { readSession } from "./cookie.ts";

export interface Caller extends Authenticated<"user_token" | "session"> {
  /** What it was let in by. */
  secret: string;
}
export interface OperatorsEnv extends AppEnv {
  Variables: { caller: Caller };
}
export type C = Context<OperatorsEnv>;
export type ContextFor = (c: C) => VerbContext;

export const CSRF_HEADER = "x-csrf-token";
const CHALLENGE = { "www-authenticate": 'Bearer realm="operators"' };

export const unauthenticated = (): Response => problem("unauthenticated", { headers: CHALLENGE });

/** 401 for whoever is nobody; 403 for the root token, which is no user, for forged writes, and without a subscription. */
export const requireOperator = (deps: Deps) =>
  createMiddleware<OperatorsEnv>(async (c, next) => {
    const now = deps.now();
    const token = tokenOf(c);
    if (token !== undefined && sameSecret(token, config(c).rootToken)) return problem("forbidden");
    const caller = token === undefined ? await callerOfSession(c, now) : await callerOfToken(c, token, now);
    if (caller instanceof Response) return caller;
    if (!isSubscribed(caller.organization, now)) {
      return problem("forbidden", { detail: "The organization has no active subscription." });
    }
    c.set("caller", caller);
    c.header("cache-control", "no-store");
    return next();
  });

/** A verb's context for the operator who asks. */
export const contextFor =
  (deps: Deps): ContextFor =>
  (c) =>
    contextOf(c, deps, c.var.caller.actor, c.var.caller.db);

export const isSocket = (c: C): boolean => c.req.header("upgrade")?.toLowerCase() === "websocket";
/** What a socket offers, in its order. */
export const protocolsOf = (c: C): string[] =>
  (c.req.header("sec-websocket-protocol") ?? "").split(",").map((name) => name.trim());

/** Undefined: there is none, so that a cookie may count. Whatever cannot be read is a wrong one. */
function tokenOf(c: C): string | undefined {
  const header = c.req.header("authorization");
  if (header !== undefined) {
    const { scheme, credentials } = parseAuthorization(header) ?? { scheme: "", credentials: "" };
    return scheme === "bearer" || scheme === "token" ? credentials : "";
  }
  if (!isSocket(c)) return undefined;
  const [protocol, token] = protocolsOf(c);
  return protocol === CHAT_PROTOCOL && token !== undefined ? token.slice(0, TOKEN_LIMIT_CHARS) : undefined;
}

async function callerOfToken(c: C, secret: string, now: number): Promise<Caller | Response> {
  const caller = await authenticate(config(c), CREDENTIALS_OF.operators, secret, now);
  return caller === null ? unauthenticated() : { ...caller, secret };
}

async function callerOfSession(c: C, now: number): Promise<Caller | Response> {
  const secret = readSession(c) ?? "";
  const caller =
    secret.length > TOKEN_LIMIT_CHARS ? null : await authenticate(config(c), OPERATOR_SESSION, secret, now);
  if (caller === null) return unauthenticated();
  return isOurs(c, secret)
    ? { ...caller, secret }
    : problem("forbidden", { detail: "It was not sent by our own page." });
}

/** Whether what came with a cookie was meant by whoever the cookie is of. */
function isOurs(c: C, session: string): boolean {
  if (isSocket(c)) return c.req.header("origin") !== undefined && isFromOurPage(c.req.raw);
  if (c.req.method === "GET" || c.req.method === "HEAD") return true;
  return isFromOurPage(c.req.raw) && isCsrfOf(config(c).keys, session, c.req.header(CSRF_HEADER) ?? "");
}
