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
import { health } from "./api/health.ts";
import type { AppEnv, Deps } from "./api/http/app.ts";
import { caught } from "./api/http/exception.ts";
import { problem } from "./api/http/problem.ts";
import { mount, requestLog } from "./api/http/request-log.ts";
import { safeHeaders } from "./api/http/safe-headers.ts";
import { leadSummaryRoutes } from "./api/lead-summary/routes.ts";
import { oauthRoutes } from "./api/oauth/routes.ts";
import { operatorRoutes } from "./api/operators/routes.ts";
import { sessionRoutes } from "./api/operators/session.ts";
import { orgUserRoutes } from "./api/org-user/routes.ts";
import { unsortedRoutes } from "./api/unsorted/routes.ts";
import { runDaily } from "./daily.ts";
import { configOf, crmPrefixOf, type Env } from "./env.ts";
import { mailHandler } from "./mail/handler.ts";

// zod/mini has no words of its own for what is wrong.
configureZod(en());

export function createApp(deps: Deps & { crmPrefix?: string }): Hono<AppEnv> {
  // The router that Hono arrives at with these routes, after it has tried another: a fresh isolate need not.
  const app = new Hono<AppEnv>({ strict: false, router: new TrieRouter() });
  app.use("*", requestLog(deps));
  app.use(safeHeaders);
  app.get("/healthz", health);
  mount(app, "org-user", "/api/v5", orgUserRoutes(deps));
  mount(app, "unsorted", "/api/v4", unsortedRoutes(deps));
  // Before whatever else lives at /api/v1: these two take just their own paths.
  for (const base of ["/", "/api/v1"]) mount(app, "lead-summary", base, leadSummaryRoutes(deps));
  mount(app, "get-leads", "/api/v1", getLeadsRoutes(deps));
  mount(app, "oauth", "/oauth2", oauthRoutes(deps));
  mount(app, "capture", "/v1", captureRoutes(deps));
  mount(app, "crm", crmPrefixOf(deps.crmPrefix), crmRoutes(deps));
  // Before admin, which takes whatever is left there.
  mount(app, "operators", "/admin/v1", operatorRoutes(deps));
  mount(app, "admin", "/admin/v1", adminRoutes(deps));
  mount(app, "session", "/inbox", sessionRoutes(deps));
  mount(app, "demo", "/", demoRoutes({ forms: (c) => configOf(c.env).demoForms }));
  app.notFound(() => problem("not-found"));
  app.onError((error, c) => {
    const { kind, headers } = caught(error, c);
    return problem(kind, { headers });
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
  /** Daily: what organizations no longer keep, whatever has expired, and a look at how full the databases are. */
  scheduled: (_controller, env) => runDaily(deps, env),
} satisfies ExportedHandler<Env>;
