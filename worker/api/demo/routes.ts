import { type Context, Hono } from "hono";
import type { AppEnv } from "../http/app.ts";
export function demoRoutes(_: {
  forms: (c: Context<AppEnv>) => { popup: string; inline: string } | null;
}): Hono<AppEnv> {
  return new Hono<AppEnv>();
}
