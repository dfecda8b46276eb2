/** The routes that the Worker registers, in the words of its description. */
import { createApp } from "../../worker/index.ts";

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

export function registeredRoutes(): Route[] {
  const { routes } = createApp({ now: () => 0, newId: () => "" });
  const all = routes.flatMap(({ method, path }) =>
    spellings(path).map((spelled) => ({ method: method.toLowerCase(), path: spelled })),
  );
  return [...new Map(all.map((route) => [`${route.method} ${route.path}`, route])).values()];
}
