/**
 * Who is let in: callers show their organization's key in `apikey`, and as Bearer a token of a user of that organization,
 * an API token or one of a login. The two must fit.
 */
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { TOKEN_LIMIT_CHARS } from "../../../shared/limits.ts";
import { CREDENTIALS_OF, ORGANIZATION_KEY } from "../../domain/credentials.ts";
import { isSubscribed } from "../../domain/organization.ts";
import { type Authenticated, authenticate } from "../../services/credentials.ts";
import { type AppEnv, config, type Deps } from "../http/app.ts";
import { parseAuthorization } from "../http/authorization.ts";
import { failed } from "./errors.ts";

export interface CrmEnv extends AppEnv {
  Variables: { caller: Authenticated<"user_token" | "login">; keyHolder: Authenticated<"api_key"> };
}
export type C = Context<CrmEnv>;

const CHALLENGE = { "www-authenticate": "Bearer" };
const notProvided = () => failed(401, "Authentication credentials were not provided.", CHALLENGE);
const invalid = () => failed(401, "Invalid authentication credentials.", CHALLENGE);

/** The organization's key alone: what a login needs. */
export const requireKey = (deps: Deps) =>
  createMiddleware<CrmEnv>(async (c, next) => {
    const key = c.req.header("apikey");
    if (!key) return notProvided();
    if (key.length > TOKEN_LIMIT_CHARS) return invalid();
    const holder = await authenticate(config(c), ORGANIZATION_KEY, key, deps.now());
    if (holder === null) return invalid();
    if (!isSubscribed(holder.organization, deps.now())) {
      return failed(403, "Your organization does not have an active subscription.");
    }
    c.set("keyHolder", holder);
    return next();
  });

/** The key and the user. */
export const requireUser = (deps: Deps) =>
  createMiddleware<CrmEnv>(async (c, next) => {
    const authorization = parseAuthorization(c.req.header("authorization"));
    if (authorization?.scheme !== "bearer") return notProvided();
    const caller = await authenticate(config(c), CREDENTIALS_OF.crm, authorization.credentials, deps.now());
    if (caller?.organization.uuid !== c.var.keyHolder.organization.uuid) return invalid();
    c.set("caller", caller);
    return next();
  });
