/** The statuses of a pipeline: added, changed and deleted, except those that every pipeline needs. */
import { beforeEach, describe, expect, it } from "vitest";
import { admin, type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { asking, expectRefusal, type Pipeline, type Status, status, THREE } from "./pipelines.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});
const { path, ask, all, make, addStatus, call } = asking(() => ({ at, to }));

describe("statuses", () => {
  let made: Pipeline;
  beforeEach(async () => {
    made = await make({ statuses: THREE });
  });
  const ofRole = (role: string) => made.statuses.find((each) => each.role === role) as Status;

  it("are added at the end or where is said, between the first and the closed one", async () => {
    expect(await addStatus(made.id, { description: "Shown." })).toMatchObject({
      key: "demo",
      description: "Shown.",
      sort: 3,
      role: "between",
    });
    await addStatus(made.id, { key: "early", sort: 0 });
    const { statuses } = await admin<Pipeline>(at, "GET", path(`/${made.id}`));
    expect(statuses.map(({ key }) => key)).toEqual(["new", "early", "open", "done", "demo"]);
  });

  it("have a key of their own in the pipeline, and may share it with another's", async () => {
    await addStatus(made.id, { key: "prospect" });
    const again = { key: "prospect", name: "P", colour: "#000000" };
    await expectRefusal(await ask("POST", `/${made.id}/statuses`, again), 409, /name or key/);
  });

  it("are refused past a hundred", async () => {
    for (let count = 3; count < 100; count += 1) await addStatus(made.id, { key: `s${count}` });
    await expectRefusal(await ask("POST", `/${made.id}/statuses`, status("more")), 409, /as many/);
  });

  it.each([
    ["a role", { ...status("x"), role: "first" }],
    ["no colour", { key: "x", name: "X" }],
    ["a script as colour", { ...status("x"), colour: "#000;}</style>" }],
    ["a key in capitals", status("X")],
  ])("are not made with %s", async (_what, body) => {
    await expectRefusal(await ask("POST", `/${made.id}/statuses`, body), 422);
  });

  it("change their name, colour, description and place, those with a role too; never key or role", async () => {
    const { id } = ofRole("incoming");
    const change = { name: "Inbox", colour: "#ABCDEF", description: "Waits.", sort: 5 };
    const expected = { ...ofRole("incoming"), ...change };
    expect(await admin(at, "PATCH", path(`/${made.id}/statuses/${id}`), change)).toEqual(expected);
    expect(await admin(at, "PATCH", path(`/${made.id}/statuses/${id}`), { description: "" })).toEqual({
      ...expected,
      description: "",
    });
    for (const body of [{ key: "x" }, { role: "between" }, { pipeline_id: 1 }]) {
      await expectRefusal(await ask("PATCH", `/${made.id}/statuses/${id}`, body), 422);
    }
  });

  it.each(["incoming", "first", "closed"])("the %s one is never deleted", async (role) => {
    await expectRefusal(await ask("DELETE", `/${made.id}/statuses/${ofRole(role).id}`), 409, /stay/);
    expect(await admin(at, "GET", path(`/${made.id}`))).toEqual(made);
  });

  it("are deleted when no lead uses them, and not while one does", async () => {
    const { id } = await addStatus(made.id);
    const uid = await call(made.id, id);
    await expectRefusal(await ask("DELETE", `/${made.id}/statuses/${id}`), 409, /uses/);
    const moved = "UPDATE lead SET status_id = ? WHERE id = (SELECT lead_id FROM incoming_lead WHERE uid = ?)";
    await at.env.DB.prepare(moved).bind(ofRole("first").id, uid).run();
    expect((await ask("DELETE", `/${made.id}/statuses/${id}`)).status).toBe(204);
    await expectRefusal(await ask("DELETE", `/${made.id}/statuses/${id}`), 404);
  });

  it("are found in their own pipeline only", async () => {
    const [main] = await all();
    const { id } = await addStatus(made.id);
    await expectRefusal(await ask("PATCH", `/${main?.id}/statuses/${id}`, { name: "X" }), 404);
    await expectRefusal(await ask("DELETE", `/${main?.id}/statuses/${id}`), 404);
    await expectRefusal(await ask("POST", "/999999/statuses", status("x")), 404);
  });
});
