/**
 * What operators do: talk with visitors, and sort what comes in. For agents and administrators alike, of the organization
 * of their own credentials.
 *
 *     GET    /rooms?status=open|waiting|mine          the oldest first; `open`: all that have not ended
 *     GET    /rooms/{room}?since=7                    with the messages after that number; also of a room that has ended
 *     POST   /rooms/{room}/join, /leave, /close       again is the same
 *     POST   /rooms/{room}/hand-over                  {user_id}; without one, to whoever takes it
 *     POST   /rooms/{room}/messages                   {id, text, is_private}: the same `id` again is the same message
 *     POST   /rooms/{room}/read, /typing              {seq}
 *     GET    /rooms/socket                            frames of shared/chat-frames.ts, both ways
 *     GET    /incoming                                leads that wait to be sorted, the newest first
 *     POST   /incoming/{uid}/accept, /pick, /decline  `pick`: it becomes the caller's own
 *     GET    /users                                   to whom rooms can be handed over
 *     GET    /me
 *
 * Mounted where the admin API is and before it: only these paths are taken. The page /inbox has a session instead of a
 * token, see session.ts. By design: what one operator reads of rooms, each of the organization does; an agent's own leads are
 * a matter of the CRM.
 */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { BODY_LIMIT_BYTES, PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import { listUsers } from "../../services/users.ts";
import type { Deps } from "../http/app.ts";
import { caught } from "../http/exception.ts";
import { problem } from "../http/problem.ts";
import { cursor, nextPage } from "../http/requests.ts";
import { contextFor, type OperatorsEnv, requireOperator } from "./access.ts";
import { leadProblem } from "./errors.ts";
import { incomingRoutes } from "./incoming.ts";
import { roomRoutes } from "./rooms.ts";
import { colleagueBody, meBody } from "./serializers.ts";
import { openSocket } from "./socket.ts";

const OWN_PATHS = ["/rooms/*", "/incoming/*", "/users/*", "/me/*"] as const;

export function operatorRoutes(deps: Deps): Hono<OperatorsEnv> {
  const app = new Hono<OperatorsEnv>({ strict: false });
  const ctx = contextFor(deps);
  for (const path of OWN_PATHS) {
    app.use(path, requireOperator(deps));
    app.use(path, bodyLimit({ maxSize: BODY_LIMIT_BYTES, onError: () => problem("payload-too-large") }));
  }

  app.get("/rooms/socket", (c) => openSocket(c, deps));
  roomRoutes(app, ctx, deps);
  incomingRoutes(app, ctx);
  app.get("/users", async (c) => {
    const after = cursor(c);
    if (after === null) return leadProblem({ kind: "invalid-cursor" });
    const users = await listUsers(ctx(c), c.var.caller.organization.id, after.at, PAGE_SIZE_LIMIT);
    const shown = users.slice(0, PAGE_SIZE_LIMIT);
    const next = users.length > PAGE_SIZE_LIMIT ? nextPage(c, shown.at(-1)?.id as number, "") : null;
    return c.json({ results: shown.filter(({ isActive }) => isActive).map(colleagueBody), next });
  });
  app.get("/me", (c) => c.json(meBody(c.var.caller.actor.user, c.var.caller.organization)));

  for (const path of OWN_PATHS) app.all(path, () => problem("not-found"));
  app.onError((error, c) => {
    const { kind, headers } = caught(error, c);
    return problem(kind, { headers });
  });
  return app;
}
