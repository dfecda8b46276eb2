/**
 * Leads of a chatbot's conversations: those of one form in chat mode.
 *
 *     POST /get-leads         parameters as JSON or as a form; what is not in the body may be in the query
 *     GET  /get-leads         parameters in the query, as the document's samples have them
 *
 * Who may: a user's token, or the organization's own key; of a lapsed subscription neither (401, as documented).
 * Shown are leads that still wait, are worked on or closed, and of whom a name, an e-mail or a phone number is known.
 * By design: success is 202, and the same array stands twice, in `data` and in `collectedCustomers.data`. The oldest come
 * first, so that pages by number stay where they are when new leads arrive. A page ends at most 10,000 leads from the start:
 * dates lead further. Days are those of the organization's time zone, both inclusive.
 * Only this one path is taken: other APIs live beside it, so that there is no catch-all.
 * Quirks served: `agentId` for `chatbotId`, numbers as text, empty parameters as absent ones.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { BODY_LIMIT_BYTES } from "../../../shared/limits.ts";
import { CREDENTIALS_OF } from "../../domain/credentials.ts";
import { isSubscribed } from "../../domain/organization.ts";
import { type Authenticated, authenticate } from "../../services/credentials.ts";
import { listChatLeads } from "../../services/list-chat-leads.ts";
import { type AppEnv, config, contextOf, type Deps } from "../http/app.ts";
import { parseAuthorization } from "../http/authorization.ts";
import { caught } from "../http/exception.ts";
import { type Fields, readFields } from "../http/fields.ts";
import { message } from "../http/message.ts";
import { failureAnswer, unreadable } from "./errors.ts";
import { parseParameters } from "./schemas.ts";
import { chatLeadsBody } from "./serializers.ts";

interface GetLeadsEnv extends AppEnv {
  Variables: { caller: Authenticated<"user_token" | "api_key"> };
}

const PATH = "/get-leads";
const UNAUTHENTICATED = { "www-authenticate": "Bearer" };

export function getLeadsRoutes(deps: Deps): Hono<GetLeadsEnv> {
  const app = new Hono<GetLeadsEnv>({ strict: false });

  app.use(PATH, async (c, next) => {
    const authorization = parseAuthorization(c.req.header("authorization"));
    const isKnown = authorization?.scheme === "bearer" || authorization?.scheme === "token";
    const secret = isKnown ? authorization.credentials : "";
    const caller = await authenticate(config(c), CREDENTIALS_OF["get-leads"], secret, deps.now());
    if (caller === null) return message(401, "The credentials are missing, wrong or expired.", UNAUTHENTICATED);
    if (!isSubscribed(caller.organization, deps.now())) {
      return message(401, "There is no active subscription.", UNAUTHENTICATED);
    }
    c.set("caller", caller);
    c.header("cache-control", "no-store");
    return next();
  });
  app.use(PATH, bodyLimit({ maxSize: BODY_LIMIT_BYTES, onError: () => message(413, "At most 1 MiB is taken.") }));

  app.get(PATH, (c) => answer(c, deps, {}));
  app.post(PATH, async (c) => {
    const fields = await readFields(c.req.raw, true);
    return fields.ok ? answer(c, deps, fields.value) : message(400, unreadable(fields.failure));
  });
  app.all(PATH, (c) => message(405, `The method ${c.req.method} is not allowed here.`, { allow: "GET, HEAD, POST" }));

  app.onError((error, c) => {
    const { status, text, headers } = caught(error, c);
    return message(status, text, headers);
  });
  return app;
}

async function answer(c: Context<GetLeadsEnv>, deps: Deps, body: Fields): Promise<Response> {
  const wanted = parseParameters(body, new URL(c.req.url).searchParams);
  if (!wanted.ok) return message(400, wanted.failure);
  const { actor, organization, db } = c.var.caller;
  const { databases } = config(c);
  const found = await listChatLeads(contextOf(c, deps, actor, db), databases, organization, wanted.value);
  return found.ok ? c.json(chatLeadsBody(found.value), 202) : failureAnswer(found.failure);
}
