/**
 * Which API an address belongs to, and its code, loaded when the first request comes for it: a fresh isolate that is asked
 * for one of them reads nothing of the others. Only this, the table of APIs and the objects' names are read in any case.
 */
import type { Env as AnyEnv, Hono } from "hono";
import { getPath } from "hono/utils/url";
import type { Env } from "../../env.ts";
import { Late } from "../../services/late.ts";
import type { AppEnv, Deps } from "./app.ts";

/** One API, where it stands, and how its code is had. */
export interface Dialect {
  name: string;
  /** Without a slash at its end, but for the root. */
  base: string;
  /** What of the path after the base is its own; where not given, everything. */
  takes?: RegExp;
  /** Loads it. Repeating this costs nothing. */
  load: () => Promise<(deps: Deps) => Hono<AppEnv>>;
}

/** A dialect whose routes keep variables of their own, which are nobody else's business. */
export function dialect<E extends AnyEnv>(
  name: string,
  base: string,
  load: () => Promise<(deps: Deps) => Hono<E>>,
  takes?: RegExp,
): Dialect {
  return { name, base, load: load as unknown as Dialect["load"], ...(takes ? { takes } : {}) };
}

/** The first in the list that takes the path. */
export const dialectAt = (dialects: readonly Dialect[], path: string): Dialect | undefined =>
  dialects.find(({ base, takes }) => {
    const rest = base === "/" ? path : path.slice(base.length);
    const isBelow = base === "/" || (path.startsWith(base) && (rest === "" || rest.startsWith("/")));
    return isBelow && (takes === undefined || takes.test(rest));
  });

/** What stands around every API. */
export const AROUND = new Late(() => import("./make-app.ts"));

export type Fetch = (request: Request, env: Env, ctx?: ExecutionContext) => Promise<Response>;

/** Answers each request by the dialect that its path belongs to, or by whatever answers where there is none. */
export function dispatch(deps: Deps, dialects: readonly Dialect[]): Fetch {
  const apps = new Map<Dialect | undefined, Hono<AppEnv>>();
  return async (request, env, ctx) => {
    const wanted = dialectAt(dialects, getPath(request));
    let app = apps.get(wanted);
    try {
      // Not the promise is kept, which would end with the request that made it, but what came of it.
      app ??= await appOf(deps, wanted);
      apps.set(wanted, app);
    } catch (error) {
      // The next request tries again.
      app = (await AROUND.load()).makeFailing(deps, error);
    }
    return app.fetch(request, env, ctx);
  };
}

async function appOf(deps: Deps, wanted: Dialect | undefined): Promise<Hono<AppEnv>> {
  const [{ makeApp }, routes] = await Promise.all([AROUND.load(), wanted?.load()]);
  return makeApp(deps, wanted && routes && { name: wanted.name, base: wanted.base, routes: routes(deps) });
}
