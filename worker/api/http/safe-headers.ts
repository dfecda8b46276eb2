/**
 * What every answer tells browsers, whichever dialect gives it: nothing is taken for another type than it says, this host
 * is asked by https alone from then on, a page's address goes to nobody else, and what says nothing of caches is in none.
 */
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./app.ts";

const HSTS = "max-age=31536000";

/** Sets them on whatever comes after it; what an answer says itself stays. An opened socket has no headers to set. */
export const safeHeaders = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  const { headers, status } = c.res;
  if (status === 101) return;
  headers.set("x-content-type-options", "nosniff");
  if (c.req.url.startsWith("https:")) headers.set("strict-transport-security", HSTS);
  const isPage = headers.get("content-type")?.startsWith("text/html");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  // Not `no-referrer`, under which browsers hide the Origin of forms as well.
  if (isPage && !headers.has("referrer-policy")) headers.set("referrer-policy", "same-origin");
});
