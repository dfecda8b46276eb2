/**
 * Whether the Worker can do its work: it reads its configuration and asks every database the cheapest question there is.
 * Anybody may ask, so the answer names no more than numbers.
 */
import type { Context } from "hono";
import { databaseSize } from "../services/database-size.ts";
import { type AppEnv, config } from "./http/app.ts";
import { logError } from "./http/log.ts";

/** A database that takes longer is one that does not answer. */
const PATIENCE_MS = 3_000;

type State = "ok" | "failing";

/** 200 where all answer, 503 where one does not. @throws without secrets: then nothing is served at all. */
export async function health(c: Context<AppEnv>): Promise<Response> {
  const states = await Promise.all(config(c).databases.map(stateOf));
  const isWell = states.every((state) => state === "ok");
  const status: State = isWell ? "ok" : "failing";
  const databases = states.map((state, number) => ({ number, status: state }));
  return c.json({ status, databases }, isWell ? 200 : 503, { "cache-control": "no-store" });
}

async function stateOf(db: D1Database): Promise<State> {
  let timer = 0;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("health: a database does not answer in time")), PATIENCE_MS);
  });
  try {
    await Promise.race([databaseSize(db), late]);
    return "ok";
  } catch (error) {
    logError(error, { method: "GET", route: "/healthz" });
    return "failing";
  } finally {
    clearTimeout(timer);
  }
}
