/**
 * The summary of a lead with the analytics of its chat.
 *
 *     GET /leads/summary/{lead_id}            at the root and below /api/v1
 *
 * Who may: every user of the organization, any lead that is not suspected spam. Programs send a user's token or an OAuth
 * access token, or as Basic credentials `client_id:token`, where the client id is a key of the organization and the token
 * one of its users'.
 * By design: an id that is unknown, another organization's or no number at all is 404 alike; a lead that was sorted away or
 * purged is shown as what is left of it. `chat` and `analytics` inside analytics are JSON in a string, as documented.
 * Only this one path is taken: other APIs live beside it, so that there is no catch-all.
 * Gaps: there are no attachments, so their count is 0, and no lead is public.
 */
import { Hono } from "hono";
import { isSubscribed } from "../../domain/organization.ts";
import type { Authenticated } from "../../services/credentials.ts";
import { getLeadSummary } from "../../services/get-lead-summary.ts";
import { type AppEnv, contextOf, type Deps } from "../http/app.ts";
import { caught } from "../http/exception.ts";
import { message } from "../http/message.ts";
import { callerOf } from "./auth.ts";
import { parseLeadId } from "./schemas.ts";
import { summaryBody } from "./serializers.ts";

interface LeadSummaryEnv extends AppEnv {
  Variables: { caller: Authenticated<"user_token" | "oauth"> };
}

const PATH = "/leads/summary/:lead";
const CHALLENGES = { "www-authenticate": 'Bearer, Basic realm="Foyer"' };

export function leadSummaryRoutes(deps: Deps): Hono<LeadSummaryEnv> {
  const app = new Hono<LeadSummaryEnv>({ strict: false });

  app.use(PATH, async (c, next) => {
    const caller = await callerOf(c, deps.now());
    if (caller === null) return message(401, "The credentials are missing, wrong or expired.", CHALLENGES);
    if (!isSubscribed(caller.organization, deps.now())) return message(402, "There is no active subscription.");
    c.set("caller", caller);
    c.header("cache-control", "no-store");
    return next();
  });
  app.get(PATH, async (c) => {
    const { actor, organization, db } = c.var.caller;
    const id = parseLeadId(c.req.param("lead"));
    const found = id === null ? null : await getLeadSummary(contextOf(c, deps, actor, db), organization.id, id);
    if (found === null) return message(404, "There is no such lead.");
    return c.json({ data: await summaryBody(found, organization.timeZone), message: "success" });
  });
  app.all(PATH, (c) => message(405, `The method ${c.req.method} is not allowed here.`, { allow: "GET, HEAD" }));

  app.onError((error, c) => {
    const { status, text, headers } = caught(error, c);
    return message(status, text, headers);
  });
  return app;
}
