/** What stands around the routes of every dialect: the log, the headers that all answers have, and who answers failures. */
import { Hono } from "hono";
import { TrieRouter } from "hono/router/trie-router";
import { health } from "../health.ts";
import type { AppEnv, Deps } from "./app.ts";
import { caught } from "./exception.ts";
import { problem } from "./problem.ts";
import { mount, requestLog } from "./request-log.ts";
import { safeHeaders } from "./safe-headers.ts";

/** @param mounted a dialect's routes; without them, what answers at addresses that are no dialect's. */
export function makeApp(deps: Deps, mounted?: { name: string; base: string; routes: Hono<AppEnv> }): Hono<AppEnv> {
  // The router that Hono arrives at with these routes, after it has tried another: a fresh isolate need not.
  const app = new Hono<AppEnv>({ strict: false, router: new TrieRouter() });
  app.use("*", requestLog(deps));
  app.use(safeHeaders);
  if (mounted) mount(app, mounted.name, mounted.base, mounted.routes);
  else app.get("/healthz", health);
  app.notFound(() => problem("not-found"));
  app.onError((error, c) => {
    const { kind, headers } = caught(error, c);
    return problem(kind, { headers });
  });
  return app;
}

/** In place of an API whose code could not be loaded: logged and told like every failure. */
export const makeFailing = (deps: Deps, error: unknown): Hono<AppEnv> =>
  makeApp(deps).all("*", () => {
    throw error;
  });
