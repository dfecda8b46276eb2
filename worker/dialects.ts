/** The APIs: who answers where, in this order, since some take only a few addresses below another's. */
import { type Dialect, dialect } from "./api/http/dispatch.ts";
import { configOf } from "./env.ts";

/** @param crmPrefix the CRM's own, where the deployment says it. */
export const dialectsOf = (crmPrefix: string): Dialect[] => [
  dialect("org-user", "/api/v5", async () => (await import("./api/org-user/routes.ts")).orgUserRoutes),
  dialect("unsorted", "/api/v4", async () => (await import("./api/unsorted/routes.ts")).unsortedRoutes),
  ...["/", "/api/v1"].map((base) => dialect("lead-summary", base, leadSummary, /^\/leads\/summary\/[^/]+\/?$/)),
  dialect(
    "get-leads",
    "/api/v1",
    async () => (await import("./api/get-leads/routes.ts")).getLeadsRoutes,
    /^\/get-leads\/?$/,
  ),
  dialect("oauth", "/oauth2", async () => (await import("./api/oauth/routes.ts")).oauthRoutes),
  dialect("capture", "/v1", async () => (await import("./api/capture/routes.ts")).captureRoutes),
  dialect("crm", crmPrefix, async () => (await import("./api/crm/routes.ts")).crmRoutes),
  // Before admin, which takes whatever is left there.
  dialect(
    "operators",
    "/admin/v1",
    async () => (await import("./api/operators/routes.ts")).operatorRoutes,
    /^\/(rooms|incoming|users|me)(\/|$)/,
  ),
  dialect("admin", "/admin/v1", async () => (await import("./api/admin/routes.ts")).adminRoutes),
  dialect(
    "session",
    "/inbox",
    async () => (await import("./api/operators/session.ts")).sessionRoutes,
    /^\/session\/?$/,
  ),
  dialect("demo", "/", demo, /^\/demo(\/|$)/),
];

const leadSummary = async () => (await import("./api/lead-summary/routes.ts")).leadSummaryRoutes;
const demo = async () => {
  const { demoRoutes } = await import("./api/demo/routes.ts");
  return () => demoRoutes({ forms: (c) => configOf(c.env).demoForms });
};
