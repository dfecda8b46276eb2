/** Pipelines and statuses are their organization's own, and its administrators'. */
import { beforeEach, describe, expect, it } from "vitest";
import { admin, type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { asking, type Pipeline, status, THREE } from "./pipelines.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});
const { path, ask, make, addStatus } = asking(() => ({ at, to }));

describe("another organization's pipelines", () => {
  it("are neither seen nor changed, and lend no names", async () => {
    const other = await tenant(at);
    const made = await make({ statuses: THREE });
    const status_ = await addStatus(made.id);
    const theirs = (rest = "") => `/admin/v1/organizations/${other.id}/pipelines${rest}`;
    const options = { token: other.admin.token, scheme: "Bearer" };
    const requests: [string, string, object?][] = [
      ["GET", `/${made.id}`],
      ["PATCH", `/${made.id}`, { name: "X" }],
      ["DELETE", `/${made.id}`],
      ["POST", `/${made.id}/statuses`, status("x")],
      ["PATCH", `/${made.id}/statuses/${status_.id}`, { name: "X" }],
      ["DELETE", `/${made.id}/statuses/${status_.id}`],
    ];
    for (const [method, rest, body] of requests) {
      expect((await at.send(method, theirs(rest), { ...options, body })).status, `${method} ${rest}`).toBe(404);
    }
    expect((await at.send("POST", theirs(), { ...options, body: { name: "Sales" } })).status).toBe(201);
    expect((await admin<Pipeline>(at, "GET", path(`/${made.id}`))).statuses).toEqual([...made.statuses, status_]);
  });

  it("and agents administer none", async () => {
    for (const [method, body] of [["GET"], ["POST", { name: "X" }]] as const) {
      expect((await ask(method, "", body, to.agent.token)).status).toBe(403);
    }
  });
});
