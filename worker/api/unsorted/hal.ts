/** HAL bodies, under the one media type that clients of the v4 API know. */
import type { Context } from "hono";
import type { Authenticated } from "../../services/credentials.ts";
import type { AppEnv } from "../http/app.ts";

export interface UnsortedEnv extends AppEnv {
  Variables: { caller: Authenticated };
}

export function hal(c: Context<UnsortedEnv>, value: object): Response {
  return c.body(JSON.stringify(value), 200, { "content-type": "application/hal+json" });
}

/** The request's own address as a link: brackets arrive raw, and are spelled here as in the links to other pages. */
export function selfLink(address: string): { href: string } {
  const url = new URL(address);
  url.search = url.searchParams.toString();
  return { href: url.href };
}
