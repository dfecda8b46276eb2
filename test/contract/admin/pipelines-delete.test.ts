/** A pipeline is deleted when nothing uses it or ever came in through it. */
import { beforeEach, describe, expect, it } from "vitest";
import { admin, type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { asking, expectRefusal, type Pipeline, THREE } from "./pipelines.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});
const { path, ask, all, make, call } = asking(() => ({ at, to }));

describe("deleting a pipeline", () => {
  it("takes its statuses with it", async () => {
    const made = await make();
    expect((await ask("DELETE", `/${made.id}`)).status).toBe(204);
    expect(await all()).toHaveLength(1);
    await expectRefusal(await ask("DELETE", `/${made.id}`), 404);
    const left = await at.env.DB.prepare("SELECT id FROM status WHERE pipeline_id = ?").bind(made.id).all();
    expect(left.results).toEqual([]);
  });

  it("not the main one", async () => {
    const [main] = await all();
    await expectRefusal(await ask("DELETE", `/${main?.id}`), 409, /stay/);
    expect(await all()).toEqual([main]);
  });

  it("not while a lead waits in it, nor after it was sorted away", async () => {
    const made = await make({ statuses: THREE });
    const uid = await call(made.id);
    await expectRefusal(await ask("DELETE", `/${made.id}`), 409, /uses/);
    await at.send("DELETE", `/api/v4/leads/unsorted/${uid}/decline`, {
      token: to.agent.token,
      scheme: "Bearer",
      body: {},
    });
    await expectRefusal(await ask("DELETE", `/${made.id}`), 409, /uses/);
    expect((await admin<Pipeline>(at, "GET", path(`/${made.id}`))).statuses).toHaveLength(3);
  });

  it("not while a lead of another pipeline works in it", async () => {
    const [main] = await all();
    const made = await make({ statuses: THREE });
    await call(main?.id ?? 0, made.statuses[1]?.id);
    await expectRefusal(await ask("DELETE", `/${made.id}`), 409, /uses/);
  });

  it("not after a lead came in through it, wherever that went", async () => {
    const [main] = await all();
    const made = await make({ statuses: THREE });
    await call(made.id, main?.statuses.find(({ key }) => key === "prospect")?.id);
    await expectRefusal(await ask("DELETE", `/${made.id}`), 409, /uses/);
  });

  it("not while a form uses it", async () => {
    const made = await make({ statuses: THREE });
    await at.env.DB.prepare("UPDATE form SET pipeline_id = ? WHERE id = ?").bind(made.id, to.formId).run();
    await expectRefusal(await ask("DELETE", `/${made.id}`), 409, /uses/);
  });
});
