/** Leads that wait, sorted by whoever reads them first. */
import type { Hono } from "hono";
import { PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import type { LeadFailure } from "../../domain/failure.ts";
import type { IncomingLead } from "../../domain/incoming.ts";
import type { Result } from "../../domain/result.ts";
import { listIncoming } from "../../services/incoming.ts";
import { findOperator } from "../../services/rooms.ts";
import { acceptIncoming, declineIncoming } from "../../services/sort-incoming.ts";
import { cursor, nextPage, read } from "../http/requests.ts";
import type { C, ContextFor, OperatorsEnv } from "./access.ts";
import { leadProblem, noSuchUser } from "./errors.ts";
import { Acceptance } from "./schemas.ts";
import { incomingBody } from "./serializers.ts";

export function incomingRoutes(app: Hono<OperatorsEnv>, ctx: ContextFor): void {
  const sorted = (c: C, result: Result<IncomingLead, LeadFailure>): Response =>
    result.ok ? c.json(incomingBody(result.value)) : leadProblem(result.failure);

  app.get("/incoming", async (c) => {
    const place = cursor(c);
    if (place === null) return leadProblem({ kind: "invalid-cursor" });
    const after = place.id === "" ? undefined : { at: place.at, id: Number(place.id) };
    const query = { order: "descending" as const, limit: PAGE_SIZE_LIMIT, skip: 0, after };
    const { items, hasNext } = await listIncoming(ctx(c), c.var.caller.organization.id, query);
    const last = items.at(-1);
    const next = hasNext && last ? nextPage(c, last.createdAt, String(last.leadId)) : null;
    return c.json({ results: items.map(incomingBody), next });
  });
  app.post("/incoming/:uid/accept", async (c) => {
    const input = await read(c, Acceptance);
    if (input instanceof Response) return input;
    const { id } = c.var.caller.organization;
    const owner = input.user_id ? await findOperator(ctx(c), id, input.user_id) : null;
    if (owner === undefined) return noSuchUser("user_id");
    return sorted(c, await acceptIncoming(ctx(c), id, c.req.param("uid"), { userId: owner?.id }));
  });
  app.post("/incoming/:uid/pick", async (c) => {
    const { organization, actor } = c.var.caller;
    return sorted(c, await acceptIncoming(ctx(c), organization.id, c.req.param("uid"), { userId: actor.user.id }));
  });
  app.post("/incoming/:uid/decline", async (c) =>
    sorted(c, await declineIncoming(ctx(c), c.var.caller.organization.id, c.req.param("uid"), undefined)),
  );
}
