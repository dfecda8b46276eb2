/** The routes that the Worker registers, in the words of its description. */
import type { Dialect } from "../../worker/api/http/dispatch.ts";
import { makeApp } from "../../worker/api/http/make-app.ts";
import { dialectsOf } from "../../worker/dialects.ts";
import { crmPrefixOf } from "../../worker/env.ts";

export interface Route {
  /** Lower case; `all` for what every method comes to. */
  method: string;
  /** As the description writes it: `{name}` for what differs, nothing left of what the router accepts there. */
  path: string;
}

const ALTERNATIVES = /^:\w+\{\(\?:([\w|]+)\)\}$/;
const PARAMETER = /^:(\w+)(?:\{.*\})?(\?)?$/;

/** Every spelling of a route's path: a parameter that is one of a few words is each of them, an optional one is left out. */
export function spellings(path: string): string[] {
  return path
    .split("/")
    .slice(1)
    .reduce<string[]>(
      (starts, segment) => {
        const words = ALTERNATIVES.exec(segment)?.[1]?.split("|");
        const [, name, optional] = PARAMETER.exec(segment) ?? [];
        const ends = words ?? [name === undefined ? segment : `{${name}}`];
        const longer = starts.flatMap((start) => ends.map((end) => `${start}/${end}`));
        return optional ? longer.concat(starts) : longer;
      },
      [""],
    )
    .map((spelled) => (spelled.length > 1 && spelled.endsWith("/") ? spelled.slice(0, -1) : spelled));
}

const DEPS = { now: () => 0, newId: () => "" };
export const DIALECTS: readonly Dialect[] = dialectsOf(crmPrefixOf());

/** Of one API, or of what belongs to none. */
export async function routesOf(of?: Dialect): Promise<Route[]> {
  const { routes } = makeApp(DEPS, of && { name: of.name, base: of.base, routes: (await of.load())(DEPS) });
  return routes.flatMap(({ method, path }) =>
    spellings(path).map((spelled) => ({ method: method.toLowerCase(), path: spelled })),
  );
}

export async function registeredRoutes(): Promise<Route[]> {
  const all = (await Promise.all([undefined, ...DIALECTS].map(routesOf))).flat();
  return [...new Map(all.map((route) => [`${route.method} ${route.path}`, route])).values()];
}
