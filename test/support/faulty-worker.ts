/**
 * The Worker as it is, with a database that fails when a test says so: `PUT /test/database/{state}`. It fails at the
 * binding, where the platform's own failures come from. The objects of chats have a binding of their own, which does not.
 */

import type { Env } from "../../worker/env.ts";
import worker from "../../worker/index.ts";
import { MAYBE_RUN, NOT_RUN } from "./faulty.ts";
import { interposed } from "./interposed.ts";

export { ChatRoom, Inbox } from "../../worker/index.ts";

/** `silent`: it does what it is asked, and no answer comes back. */
export type DatabaseState = "well" | "away" | "silent";
const STATES: readonly string[] = ["well", "away", "silent"] satisfies DatabaseState[];
let state = "well";

/** One for each environment, since the Worker keeps what it has made of it. */
const faulty = new WeakMap<Env, Env>();
function withFaults(env: Env): Env {
  const known = faulty.get(env);
  if (known) return known;
  const DB = interposed(env.DB, async (ask) => {
    if (state === "away") throw new Error(NOT_RUN[0]);
    const answer = await ask();
    if (state === "silent") throw new Error(MAYBE_RUN[0]);
    return answer;
  });
  const made = { ...env, DB };
  faulty.set(env, made);
  return made;
}

export default {
  fetch(request, env, ctx) {
    const [, wanted = ""] = /\/test\/database\/(\w+)$/.exec(request.url) ?? [];
    if (request.method !== "PUT" || !STATES.includes(wanted)) return worker.fetch(request, withFaults(env), ctx);
    state = wanted;
    return new Response(null, { status: 204 });
  },
} satisfies ExportedHandler<Env>;
