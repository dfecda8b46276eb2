/** Held leads, released or dropped; and purge of a lead, a person, or what is past retention. */
import type { Hono } from "hono";
import { dropLead, listHeld, releaseLead } from "../../services/held-leads.ts";
import { applyRetention, erasePerson, purgeLead } from "../../services/purge-leads.ts";
import { cursor, nextPage, read } from "../http/requests.ts";
import type { AdminEnv, ContextFor } from "./access.ts";
import { failureProblem } from "./errors.ts";
import { PurgeRequest } from "./schemas.ts";
import { heldLeadBody } from "./serializers.ts";

/** Mounts them below an organization. */
export function leadRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
  const held = "/organizations/:organization/held-leads";
  app.get(held, async (c) => {
    const after = cursor(c);
    if (after === null) return failureProblem({ kind: "invalid-cursor" });
    const keyset = after.id === "" ? null : { at: after.at, id: Number(after.id) };
    const { items, hasNext } = await listHeld(ctx(c), c.var.organization.id, keyset);
    const last = items.at(-1);
    const next = hasNext && last ? nextPage(c, last.receivedAt, String(last.id)) : null;
    return c.json({ results: items.map(heldLeadBody), next });
  });
  app.post(`${held}/:lead/release`, async (c) => {
    const released = await releaseLead(ctx(c), c.var.organization.id, c.req.param("lead").toLowerCase());
    return released.ok ? c.json(heldLeadBody(released.value)) : failureProblem(released.failure);
  });
  app.post(`${held}/:lead/drop`, async (c) => {
    const dropped = await dropLead(ctx(c), c.var.organization.id, c.req.param("lead").toLowerCase());
    return dropped.ok ? c.body(null, 204) : failureProblem(dropped.failure);
  });
  app.post("/organizations/:organization/purge", async (c) => {
    const input = await read(c, PurgeRequest);
    if (input instanceof Response) return input;
    const { id } = c.var.organization;
    if ("lead_id" in input) {
      const purged = await purgeLead(ctx(c), id, input.lead_id.toLowerCase());
      return purged.ok ? c.json({ purged: purged.value }) : failureProblem(purged.failure);
    }
    if ("retention" in input) return c.json({ purged: await applyRetention(ctx(c), id) });
    const who = { email: "email" in input ? input.email : null, phone: input.phone ?? null };
    return c.json({ purged: await erasePerson(ctx(c), id, who) });
  });
}
