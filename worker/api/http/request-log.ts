/**
 * One line a request, and an id that the answer and the line share. The id is always ours, whatever the caller sends: it
 * is what a complaint is looked up by, so nobody may choose one, or use one twice.
 */
import type { Context, Env, Hono, MiddlewareHandler } from "hono";
import { matchedRoutes, routePath } from "hono/route";
import { REQUEST_ID_HEADER } from "../../../shared/capture-api.ts";
import type { AppEnv, Deps } from "./app.ts";
import { BOOKMARK_HEADER, bookmarksText, sessionsFrom } from "./bookmarks.ts";
import { isLogged, logLine } from "./log.ts";
import { underRequest, usageOfRequest } from "./request-scope.ts";

const READS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

type RouteOf = ReturnType<typeof matchedRoutes>[number];
/** Which dialect a route is of; a route is an object of its own in every app. */
const dialects = new WeakMap<RouteOf, string>();

/** Mounts a dialect's routes, and remembers them by its name. */
export function mount<E extends Env>(app: Hono<AppEnv>, name: string, base: string, routes: Hono<E>): void {
  const before = app.routes.length;
  app.route(base, routes);
  for (const route of app.routes.slice(before)) dialects.set(route, name);
}

/** Before all routes. An exception below is answered below, and has its line there. */
export const requestLog =
  (deps: Deps): MiddlewareHandler<AppEnv> =>
  (c, next) => {
    const requestId = deps.newId();
    const sessions = sessionsFrom(READS.has(c.req.method) ? c.req.header(BOOKMARK_HEADER) : undefined);
    const answer = async () => {
      const began = performance.now();
      await next();
      const bookmark = isAnswered(c) ? bookmarksText(sessions) : null;
      label(c, { [REQUEST_ID_HEADER]: requestId, ...(bookmark === null ? {} : { [BOOKMARK_HEADER]: bookmark }) });
      const { status } = c.res;
      const level = status >= 500 ? "error" : "info";
      if (!isLogged(c.env, level)) return;
      const { route, dialect } = placeOf(c);
      const organization = organizationOf(c);
      logLine(c.env, level, {
        method: c.req.method,
        route,
        ...(dialect === undefined ? {} : { dialect }),
        status,
        ms: Math.round(performance.now() - began),
        ...usageOfRequest(),
        ...(organization === undefined ? {} : { organization }),
      });
    };
    return underRequest(requestId, answer, sessions);
  };

/**
 * Whether whoever asks was let in, and got what was asked for. A bookmark tells how much is written, by everybody, which is
 * no stranger's business; and a refusal must not tell how much was looked up for it.
 */
function isAnswered(c: Context): boolean {
  const { caller, keyHolder, actor } = c.var as Partial<Record<"caller" | "keyHolder" | "actor", unknown>>;
  return c.res.status < 400 && (caller ?? keyHolder ?? actor) !== undefined;
}

/** An open socket's answer, and some of the platform's, cannot be written on: they are made anew around what they hold. */
function label(c: Context, labels: Record<string, string>): void {
  const put = (headers: Headers) => {
    for (const [name, value] of Object.entries(labels)) headers.set(name, value);
  };
  try {
    put(c.res.headers);
  } catch {
    const { status, statusText, webSocket, body } = c.res;
    const headers = new Headers(c.res.headers);
    put(headers);
    c.res = undefined;
    c.res = new Response(webSocket ? null : body, { status, statusText, headers, webSocket });
  }
}

/** The pattern that the address fits, also where something before it has answered: who is nobody never gets there. */
function placeOf(c: Context): { route: string; dialect: string | undefined } {
  const matched = matchedRoutes(c);
  const answering = matched[c.req.routeIndex];
  const dialect = answering && dialects.get(answering);
  const spelled = matched.find((route) => dialects.get(route) === dialect && !route.path.endsWith("*"));
  return { route: spelled?.path ?? routePath(c), dialect };
}

/** The number of whoever was let in, or whose form it is. */
function organizationOf(c: Context): number | undefined {
  const known = c.var as Record<"caller" | "keyHolder" | "loaded", { organization?: { id?: number } } | undefined> & {
    organization?: { id?: number };
  };
  const { caller, keyHolder, loaded, organization } = known;
  return (organization ?? caller?.organization ?? keyHolder?.organization ?? loaded?.organization)?.id;
}
