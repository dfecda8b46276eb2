/** A deployment with two databases, and an organization in each. */
import { env } from "cloudflare:workers";
import { type Edge, edge, type Tenant, tenant } from "./edge.ts";
import { emptied } from "./emptied.ts";
import { metered } from "./meter.ts";

/** The second one, which tests alone have bound. */
export const SECOND = env.DB_1 as D1Database;

/** Both are migrated, and empty but for one organization each. The second database has no meter of the edge's. */
export async function twoDatabases(): Promise<{ at: Edge; zero: Tenant; one: Tenant }> {
  await emptied(env.DB, SECOND);
  const at = edge({ DB_1: metered(SECOND).db });
  const zero = await tenant(at, { organization: { name: "Zero" } });
  return { at, zero, one: await tenant(at, { organization: { name: "One", database: 1 } }) };
}

export const asRoot = (at: Edge, method: string, path: string, body?: unknown): Promise<Response> =>
  at.send(method, `/admin/v1${path}`, { token: at.env.FOYER_ROOT_TOKEN as string, body });

/** Each with the other. */
export const eachWay = <T>(zero: T, one: T): [mine: T, theirs: T][] => [
  [zero, one],
  [one, zero],
];

/** Another number at the end of an id, where forms, programs and organizations have it. */
export const inDatabase = (id: string, number: number): string =>
  `${id.slice(0, 14)}8${id.slice(15, -4)}${number.toString(16).padStart(4, "0")}`;
