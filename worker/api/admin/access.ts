/**
 * Who may administer: the holder of the root token everything, an administrator of an organization that organization.
 * Wrong tokens are counted by address: past the most in a minute they are answered 429. A right one always passes, so that
 * nobody can lock an administrator out.
 */
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { CACHE_ENTRIES_LIMIT } from "../../../shared/limits.ts";
import type { Actor } from "../../domain/actor.ts";
import { CREDENTIALS_OF } from "../../domain/credentials.ts";
import { rateAddress } from "../../domain/ip.ts";
import type { Organization } from "../../domain/organization.ts";
import type { Context as VerbContext } from "../../services/context.ts";
import { authenticate } from "../../services/credentials.ts";
import { sameSecret } from "../../services/key-ring.ts";
import { databaseOf, findOrganization } from "../../services/organizations.ts";
import { type AppEnv, addressOf, config, contextOf, type Deps } from "../http/app.ts";
import { parseAuthorization } from "../http/authorization.ts";
import { problem } from "../http/problem.ts";

export interface AdminEnv extends AppEnv {
  Variables: { actor: Actor; db: VerbContext["db"]; organization: Organization };
}
export type C = Context<AdminEnv>;
export type ContextFor = (c: C) => VerbContext;

const FAILURES_PER_MINUTE = 60;
const MINUTE_MS = 60_000;
const failures = new Map<string, { since: number; count: number }>();

/** Counts a failure. @returns seconds to wait, or 0. */
function countFailure(address: string, now: number): number {
  const known = failures.get(address);
  const counted = known && now - known.since < MINUTE_MS ? known : { since: now, count: 0 };
  counted.count += 1;
  if (failures.size >= CACHE_ENTRIES_LIMIT) failures.clear();
  failures.set(address, counted);
  return counted.count > FAILURES_PER_MINUTE ? Math.ceil((counted.since + MINUTE_MS - now) / 1000) : 0;
}

/** 401 for whoever is nobody, 403 for users who are no administrators. */
export const requireAdmin = (deps: Deps) =>
  createMiddleware<AdminEnv>(async (c, next) => {
    const { databases, rootToken } = config(c);
    const now = deps.now();
    const authorization = parseAuthorization(c.req.header("authorization"));
    const secret =
      authorization?.scheme === "bearer" || authorization?.scheme === "token" ? authorization.credentials : "";
    if (sameSecret(secret, rootToken)) {
      c.set("actor", { kind: "root" });
      c.set("db", databases[0] as VerbContext["db"]);
      return next();
    }
    const caller = await authenticate(config(c), CREDENTIALS_OF.admin, secret, now);
    if (caller !== null) {
      if (caller.actor.user.role !== "admin") return problem("forbidden");
      c.set("actor", caller.actor);
      c.set("db", caller.db);
      return next();
    }
    const wait = countFailure(rateAddress(addressOf(c.req.raw) ?? ""), now);
    if (wait > 0) return problem("rate-limited", { headers: { "retry-after": String(wait) } });
    return problem("unauthenticated", { headers: { "www-authenticate": "Bearer" } });
  });

/** Finds the organization of the path; unknown ones and those of others are not found alike. */
export const requireOrganization = (deps: Deps) =>
  createMiddleware<AdminEnv, "/organizations/:organization/*">(async (c, next) => {
    const uuid = c.req.param("organization").toLowerCase();
    const { actor } = c.var;
    // Whoever administers one organization is where it is; root is everywhere.
    const db = actor.kind === "root" ? databaseOf(config(c).databases, uuid) : c.var.db;
    const isOwn = actor.kind === "root" || (actor.kind === "user" && actor.organization.uuid === uuid);
    const organization = isOwn ? await findOrganization(contextOf(c, deps, actor, db), uuid) : null;
    if (organization === null) return problem("not-found");
    c.set("db", db);
    c.set("organization", organization);
    return next();
  });
