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
