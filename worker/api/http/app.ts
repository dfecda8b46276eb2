/** What every dialect's routes are built on. */
import type { Actor } from "../../domain/actor.ts";
import { type Config, configOf, type Env } from "../../env.ts";
import type { Context } from "../../services/context.ts";

/** Clock, ids and the world outside, handed in so that a test says what they are. */
export interface Deps {
  /** Milliseconds since 1970, UTC. */
  now: () => number;
  newId: () => string;
  /** The platform's own where not given. */
  fetch?: typeof fetch;
}

export interface AppEnv {
  Bindings: Env;
}

export const config = (c: { env: Env }): Config => configOf(c.env);

/** A verb's context for one request. */
export function contextOf(c: { env: Env }, deps: Deps, actor: Actor, db: Context["db"]): Context {
  return { db, actor, now: deps.now(), newId: deps.newId, keys: config(c).keys, live: config(c).live };
}

/** The visitor's or caller's address. Only the platform's own header is believed. */
export const addressOf = (request: Request): string | null => request.headers.get("CF-Connecting-IP");
