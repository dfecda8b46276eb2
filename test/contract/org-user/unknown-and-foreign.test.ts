/** Nobody learns what another tenant has: unknown and foreign ids get the same answer, byte for byte, at the same cost. */
import { describe, expect, test } from "vitest";
import { type Edge, edge, lead, type Tenant, tenant } from "../../support/edge.ts";
import { stand } from "../../support/standing-leads.ts";
import { assignedLeads, orgLeads, pendingLeads } from "./v5.ts";

async function scene() {
  const at = edge();
  const [of, other] = [await tenant(at), await tenant(at)];
  const [mine, theirs] = [await lead(at, of.formId), await lead(at, other.formId)];
  await stand(mine, "assigned", of.agent);
  await stand(theirs, "assigned", other.agent);
  return { at, of, other, mine, theirs, unknown: crypto.randomUUID() };
}

const LISTS = [
  { list: "leads", path: (of: Tenant) => orgLeads(of) },
  { list: "assigned_leads", path: (of: Tenant) => assignedLeads(of.agent) },
  { list: "pending_leads", path: (of: Tenant) => pendingLeads(of.agent) },
];
/** With the status of each for a lead that is not there. */
const REQUESTS = [
  { method: "GET", status: 404 },
  { method: "HEAD", status: 404 },
  { method: "PATCH", body: { is_closed: true }, status: 404 },
  { method: "PATCH", body: { assigned_user_id: crypto.randomUUID() }, status: 404 },
  { method: "PATCH", body: { is_closed: 5 }, status: 400 },
  { method: "PUT", body: { is_closed: true, assigned_user_id: null }, status: 404 },
  { method: "DELETE", status: 405 },
];

/** All that a caller can tell one answer from another by, round trips of a warm request included. */
async function told(at: Edge, request: (typeof REQUESTS)[number], address: string, token: string): Promise<object> {
  const { method, body } = request;
  await at.send(method, address, { token, body });
  at.resetUsage();
  const response = await at.send(method, address, { token, body });
  const { roundTrips } = at.usage;
  // Every answer has an id of its own.
  const headers = [...response.headers].filter(([name]) => name !== "x-request-id");
  return { status: response.status, headers, text: await response.text(), roundTrips };
}

describe.each(LISTS)("in a path of $list", ({ path }) => {
  test("an unknown organization or user looks like a foreign one, to agents and administrators", async () => {
    const { at, of, other, mine, theirs, unknown } = await scene();
    for (const request of REQUESTS) {
      for (const tail of ["", `/${mine}`, `/${theirs}`, `/${unknown}`]) {
        const foreign = path(other) + tail;
        const nowhere = foreign.replace(other.id, unknown).replace(other.agent.id, unknown);
        for (const { token } of [of.agent, of.admin]) {
          const seen = await told(at, request, foreign, token);
          expect(seen).toMatchObject({ status: 403 });
          expect(await told(at, request, nowhere, token)).toEqual(seen);
        }
      }
    }
  });

  test("an unknown lead looks like a foreign one, to agents and administrators", async () => {
    const { at, of, theirs, unknown } = await scene();
    for (const request of REQUESTS) {
      for (const { token } of [of.agent, of.admin]) {
        const seen = await told(at, request, `${path(of)}/${theirs}`, token);
        expect(seen).toMatchObject({ status: request.status });
        expect(await told(at, request, `${path(of)}/${unknown}`, token)).toEqual(seen);
      }
    }
  });
});
