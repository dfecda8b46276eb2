/** The refusals that the document lists under every operation, run against each of them. */
import { describe, expect, test } from "vitest";
import { admin, type Edge, edge, lead, type Person, type Tenant, tenant } from "../../support/edge.ts";
import { stand } from "../../support/standing-leads.ts";
import { answer, NO_SUBSCRIPTION, NOT_FOUND, NOT_PERMITTED, orgLeads, refused } from "./v5.ts";

export interface Operation {
  method: "GET" | "PUT" | "PATCH";
  /** The list of an organization or of one of its users. */
  list: (of: Tenant, user: Person) => string;
  /** Whether the operation is about one lead of the list. */
  isDetail: boolean;
  /** Puts a pending lead where the list shows it to the agent. */
  show: "as it is" | "assigned to the agent";
}

const UNKNOWN_LEAD = "01890000-0000-7000-8000-000000000000";
const BODY = { is_closed: true, assigned_user_id: null };

async function ask(at: Edge, operation: Operation, path: string, token?: string): Promise<Response> {
  const body = operation.method === "GET" ? {} : { body: BODY };
  return at.send(operation.method, path, { ...body, ...(token === undefined ? {} : { token }) });
}

/** A tenant with one lead that the operation can be asked about. @returns the address too. */
async function scene(at: Edge, operation: Operation): Promise<{ of: Tenant; address: string }> {
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  if (operation.show === "assigned to the agent") await stand(id, "assigned", of.agent);
  const list = operation.list(of, of.agent);
  return { of, address: operation.isDetail ? `${list}/${id}` : list };
}

export function documentedRefusals(operation: Operation): void {
  const { method } = operation;
  describe(`${method} answers`, () => {
    test("401 if you are not authenticated", async () => {
      const at = edge();
      const { address } = await scene(at, operation);
      const response = await ask(at, operation, address);
      expect(response.headers.get("www-authenticate")).toBe("Token");
      await refused(response, 401, { detail: "Authentication credentials were not provided." });
    });

    test("403 if you do not have an active subscription, and nothing has changed", async () => {
      const at = edge();
      const { of, address } = await scene(at, operation);
      const set = (until: string | null) =>
        admin(at, "PATCH", `/organizations/${of.id}`, { subscription_until: until });
      const before = await answer(await at.send("GET", orgLeads(of), { token: of.admin.token }));
      for (const until of [null, new Date(at.clock.now).toISOString()]) {
        await set(until);
        await refused(await ask(at, operation, address, of.admin.token), 403, NO_SUBSCRIPTION);
      }
      await set(new Date(at.clock.now + 60_000).toISOString());
      expect(await answer(await at.send("GET", orgLeads(of), { token: of.admin.token }))).toEqual(before);
    });

    test("403 without access to the organization or user in the path: foreign, unknown or no id at all", async () => {
      const at = edge();
      const { of, address } = await scene(at, operation);
      const other = await tenant(at);
      await refused(await ask(at, operation, address, other.admin.token), 403, NOT_PERMITTED);
      for (const id of [UNKNOWN_LEAD, "none", "%00"]) {
        const elsewhere = address.replace(of.id, id).replace(of.agent.id, id);
        await refused(await ask(at, operation, elsewhere, of.admin.token), 403, NOT_PERMITTED);
      }
    });

    if (!operation.isDetail) return;
    test("404 if the lead was not found: unknown, foreign, held or no id at all", async () => {
      const at = edge();
      const { of, address } = await scene(at, operation);
      const other = await tenant(at);
      const [foreign, held] = [await lead(at, other.formId), await lead(at, of.formId)];
      await stand(held, "held");
      const list = address.slice(0, address.lastIndexOf("/"));
      for (const id of [UNKNOWN_LEAD, foreign, held, "none", "%00", "1"]) {
        await refused(await ask(at, operation, `${list}/${id}`, of.admin.token), 404, NOT_FOUND);
      }
    });
  });
}
