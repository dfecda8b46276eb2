/**
 * What runs by itself, every hour. Each database has an hour of its own for its daily work, so that a run has few of them to
 * do, however many there are; in the other hours those of its organizations go on that are behind. One that fails takes
 * nothing from the others, and fails the run in the end, so that the platform shows it. What was not done is done later.
 */
import type { Deps } from "./api/http/app.ts";
import { logError, logLine } from "./api/http/log.ts";
import { underRequest } from "./api/http/request-scope.ts";
import { configOf, type Env } from "./env.ts";
import type { Context } from "./services/context.ts";
import { databaseSize, shareReached } from "./services/database-size.ts";
import { catchUp, runDailyPurge } from "./services/purge-leads.ts";
import type { Database } from "./store/database.ts";

/** Of the first database, UTC; each further one has the next. */
const FIRST_HOUR = 3;
const hourOf = ({ number }: Database): number => (FIRST_HOUR + number) % 24;

/**
 * Purges what organizations no longer keep, clears whatever has expired, and warns of databases that are nearly full.
 * @param at when the run was due, in milliseconds since 1970.
 * @throws after all databases, where one has failed.
 */
export function runHourly(deps: Deps, env: Env, at: number): Promise<void> {
  const hour = new Date(at).getUTCHours();
  return underRequest(deps.newId(), async () => {
    const { databases } = configOf(env);
    let failures = 0;
    for (const db of databases) {
      const [route, run] = hourOf(db) === hour ? (["daily", daily] as const) : (["hourly", hourly] as const);
      try {
        await run(deps, env, db);
      } catch (error) {
        failures += 1;
        logError(error, { method: "CRON", route });
      }
    }
    if (failures > 0) throw new Error(`cron: ${failures} of ${databases.length} databases failed`);
  });
}

async function daily(deps: Deps, env: Env, db: Database): Promise<void> {
  const where = { method: "CRON", route: "daily", database: db.number };
  const began = performance.now();
  const { leads } = await runDailyPurge(contextOf(deps, env, db));
  const bytes = await databaseSize(db);
  const ms = Math.round(performance.now() - began);
  logLine(env, "info", { ...where, leads_purged: leads, bytes, ms });
  const share = shareReached(bytes);
  if (share !== null) logLine(env, "warn", { ...where, warning: "database-nearly-full", bytes, share });
}

/** Says nothing where nobody is behind. */
async function hourly(deps: Deps, env: Env, db: Database): Promise<void> {
  const began = performance.now();
  const { leads } = await catchUp(contextOf(deps, env, db));
  const ms = Math.round(performance.now() - began);
  if (leads > 0)
    logLine(env, "info", { method: "CRON", route: "hourly", database: db.number, leads_purged: leads, ms });
}

function contextOf(deps: Deps, env: Env, db: Database): Context {
  const { keys, live } = configOf(env);
  return { db, keys, actor: { kind: "system" }, now: deps.now(), newId: deps.newId, live };
}
