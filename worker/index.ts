/**
 * The composition root: who answers where, and what runs by itself. Every fresh isolate reads it before it answers, so it
 * loads the code of whoever is asked, and imports little itself.
 */
import { env } from "cloudflare:workers";
import { v7 } from "uuid";
import type { Deps } from "./api/http/app.ts";
import { dispatch, type Fetch } from "./api/http/dispatch.ts";
import { dialectsOf } from "./dialects.ts";
import { crmPrefixOf, type Env } from "./env.ts";

/** @throws where the CRM's prefix is no path: then the Worker does not start. */
export function createApp(deps: Deps & { crmPrefix?: string | undefined }): { fetch: Fetch } {
  return { fetch: dispatch(deps, dialectsOf(crmPrefixOf(deps.crmPrefix))) };
}

export { ChatRoom, Inbox } from "./chat/objects.ts";

const deps: Deps = { now: () => Date.now(), newId: () => v7() };
const app = createApp({ ...deps, crmPrefix: (env as Env).FOYER_CRM_PREFIX });

export default {
  fetch: app.fetch,
  /** One message. An exception makes the sending server try again later. */
  email: async (message, env) => (await import("./mail/handler.ts")).mailHandler(deps)(message, env),
  /** Hourly: what organizations no longer keep, whatever has expired, and a look at how full the databases are. */
  scheduled: async ({ scheduledTime }, env) => (await import("./hourly.ts")).runHourly(deps, env, scheduledTime),
} satisfies ExportedHandler<Env>;
