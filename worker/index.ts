/** The composition root: who answers where, and what runs by itself. */
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { TrieRouter } from "hono/router/trie-router";
import { v7 } from "uuid";
import { config as configureZod } from "zod/mini";
import en from "zod/v4/locales/en.js";
import { adminRoutes } from "./api/admin/routes.ts";
import { captureRoutes } from "./api/capture/routes.ts";
import { crmRoutes } from "./api/crm/routes.ts";
import { demoRoutes } from "./api/demo/routes.ts";
import { getLeadsRoutes } from "./api/get-leads/routes.ts";
import type { AppEnv, Deps } from "./api/http/app.ts";
import { logError } from "./api/http/log.ts";
import { problem } from "./api/http/problem.ts";
import { leadSummaryRoutes } from "./api/lead-summary/routes.ts";
import { oauthRoutes } from "./api/oauth/routes.ts";
import { operatorRoutes } from "./api/operators/routes.ts";
import { sessionRoutes } from "./api/operators/session.ts";
import { orgUserRoutes } from "./api/org-user/routes.ts";
import { unsortedRoutes } from "./api/unsorted/routes.ts";
import { configOf, crmPrefixOf, type Env } from "./env.ts";
import { mailHandler } from "./mail/handler.ts";
import { runDailyPurge } from "./services/purge-leads.ts";

// zod/mini has no words of its own for what is wrong.
configureZod(en());

export function createApp(deps: Deps & { crmPrefix?: string }): Hono<AppEnv> {
  // The router that Hono arrives at with these routes, after it has tried another: a fresh isolate need not.
  const app = new Hono<AppEnv>({ strict: false, router: new TrieRouter() });
  app.get("/healthz", async (c) => {
    await configOf(c.env).databases[0]?.prepare("SELECT 1").first();
    return c.json({ status: "ok" });
  });
  app.route("/api/v5", orgUserRoutes(deps));
  app.route("/api/v4", unsortedRoutes(deps));
  // Before whatever else lives at /api/v1: these two take just their own paths.
  for (const base of ["/", "/api/v1"]) app.route(base, leadSummaryRoutes(deps));
  app.route("/api/v1", getLeadsRoutes(deps));
  app.route("/oauth2", oauthRoutes(deps));
  app.route("/v1", captureRoutes(deps));
  app.route(crmPrefixOf(deps.crmPrefix), crmRoutes(deps));
  // Before admin, which takes whatever is left there.
  app.route("/admin/v1", operatorRoutes(deps));
  app.route("/admin/v1", adminRoutes(deps));
  app.route("/inbox", sessionRoutes(deps));
  app.route("/", demoRoutes({ forms: (c) => configOf(c.env).demoForms }));
  app.notFound(() => problem("not-found"));
  app.onError((error, c) => {
    logError(error, { method: c.req.method, route: c.req.routePath });
    return problem("internal");
  });
  return app;
}

export { Inbox } from "./chat/inbox.ts";
export { ChatRoom } from "./chat/room.ts";

const deps: Deps = { now: () => Date.now(), newId: () => v7() };
const app = createApp({ ...deps, crmPrefix: (env as Env).FOYER_CRM_PREFIX });
const receive = mailHandler(deps);

export default {
  fetch: app.fetch,
  /** One message. An exception makes the sending server try again later. */
  email: (message, env) => receive(message, env),
  /** Daily: what organizations no longer keep, and whatever has expired. */
  async scheduled(_controller, env): Promise<void> {
    const { databases, keys, live } = configOf(env);
    for (const db of databases) {
      await runDailyPurge({ db, keys, actor: { kind: "system" }, now: deps.now(), newId: deps.newId, live });
    }
  },
} satisfies ExportedHandler<Env>;
