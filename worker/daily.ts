/**
 * The daily run, of each database by itself: one that fails takes nothing from the others, and fails the run in the end,
 * so that the platform shows it. Whatever was not done is done the next day.
 */
import type { Deps } from "./api/http/app.ts";
import { logError, logLine } from "./api/http/log.ts";
import { underRequest } from "./api/http/request-scope.ts";
import { configOf, type Env } from "./env.ts";
import { databaseSize, shareReached } from "./services/database-size.ts";
import { runDailyPurge } from "./services/purge-leads.ts";
import type { Database } from "./store/database.ts";

const WHERE = { method: "CRON", route: "daily" };

/**
 * Purges what organizations no longer keep, clears whatever has expired, and warns of databases that are nearly full.
 * @throws after all databases, where one has failed.
 */
export function runDaily(deps: Deps, env: Env): Promise<void> {
  return underRequest(deps.newId(), async () => {
    const { databases } = configOf(env);
    let failures = 0;
    for (const db of databases) {
      try {
        await runFor(deps, env, db);
      } catch (error) {
        failures += 1;
        logError(error, WHERE);
      }
    }
    if (failures > 0) throw new Error(`daily: ${failures} of ${databases.length} databases failed`);
  });
}

async function runFor(deps: Deps, env: Env, db: Database): Promise<void> {
  const { keys, live } = configOf(env);
  const began = performance.now();
  const ctx = { db, keys, actor: { kind: "system" as const }, now: deps.now(), newId: deps.newId, live };
  const { leads } = await runDailyPurge(ctx);
  const bytes = await databaseSize(db);
  const ms = Math.round(performance.now() - began);
  logLine(env, "info", { ...WHERE, database: db.number, leads_purged: leads, bytes, ms });
  const share = shareReached(bytes);
  if (share !== null)
    logLine(env, "warn", { ...WHERE, warning: "database-nearly-full", database: db.number, bytes, share });
}
