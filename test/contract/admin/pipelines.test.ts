/** Pipelines and statuses are data of the organization: set through admin, seen by every dialect. */
import { beforeEach, describe, expect, it } from "vitest";
import { MAIN_STATUSES } from "../../../worker/domain/pipeline.ts";
import { admin, type Edge, edge, lead, type Tenant, tenant } from "../../support/edge.ts";
import { asking, expectRefusal, type Pipeline, status, THREE } from "./pipelines.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});
const { path, ask, all, make, call } = asking(() => ({ at, to }));

describe("reading", () => {
  it("an organization starts with the main pipeline and its statuses", async () => {
    const [main, ...others] = await all();
    expect(others).toEqual([]);
    expect(main).toMatchObject({ name: "Leads", is_main: true });
    expect(main?.statuses.map(({ key }) => key)).toEqual(MAIN_STATUSES.map(({ key }) => key));
    expect(await admin(at, "GET", path(`/${main?.id}`))).toEqual(main);
  });

  it("in the order of sort, then of age", async () => {
    await make({ name: "C", sort: 9 });
    await make({ name: "A", sort: 0 });
    await make({ name: "B", sort: 9 });
    expect((await all()).map(({ name }) => name)).toEqual(["A", "Leads", "C", "B"]);
  });
});

describe("a new pipeline", () => {
  it("has the main pipeline's statuses where none are given, and comes last", async () => {
    const made = await make();
    expect(made).toMatchObject({ name: "Sales", is_main: false });
    expect(made.statuses).toMatchObject(MAIN_STATUSES.map((each, sort) => ({ ...each, sort })));
    expect((await all()).at(-1)).toEqual(made);
  });

  it("has its own statuses, in the order in which they are given", async () => {
    const made = await make({ statuses: [...THREE, status("maybe")] });
    expect(made.statuses.map(({ key, role }) => [key, role])).toEqual([
      ["new", "incoming"],
      ["open", "first"],
      ["done", "closed"],
      ["maybe", "between"],
    ]);
  });

  it("is seen by other dialects at once, and takes leads", async () => {
    const made = await make({ statuses: THREE });
    const options = { token: to.agent.token, scheme: "Bearer" };
    const seen = await at.send("GET", "/api/v4/leads/pipelines", options);
    expect(JSON.stringify(await seen.json())).toContain('"Sales"');
    await call(made.id);
    const filtered = await at.send("GET", `/api/v4/leads/unsorted?filter[pipeline_id]=${made.id}`, options);
    expect(filtered.status).toBe(200);
  });

  it.each([
    ["no status in which leads wait", THREE.slice(1)],
    ["two in which work starts", [...THREE, status("again", "first")]],
    ["none at all", []],
    ["a key twice", [...THREE, status("done")]],
    ["an unknown role", [...THREE, status("x", "last")]],
    ["a colour by name", [{ ...THREE[0], colour: "red" }, ...THREE.slice(1)]],
    ["a key with spaces", [...THREE, status("a b")]],
    ["a key too long", [...THREE, status("a".repeat(65))]],
    ["too many", [...THREE, ...Array.from({ length: 98 }, (_, index) => status(`s${index}`))]],
  ])("is refused with %s, and nothing is made", async (_what, statuses) => {
    await expectRefusal(await ask("POST", "", { name: "Sales", statuses }), 422);
    expect(await all()).toHaveLength(1);
  });

  it.each([{}, { name: " " }, { name: "a".repeat(65) }, { name: "A", sort: -1 }, { name: "A", is_main: true }])(
    "is not made of %j",
    async (body) => expectRefusal(await ask("POST", "", body), 422),
  );

  it("has a name of its own: a retry meets 409, and the first one's statuses stay", async () => {
    const made = await make({ statuses: THREE });
    await expectRefusal(await ask("POST", "", { name: "Sales" }), 409, /name or key/);
    expect(await admin(at, "GET", path(`/${made.id}`))).toEqual(made);
  });

  it("made many times at the same moment is one", async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ask("POST", "", { name: "Sales", statuses: THREE })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect((await all()).map(({ statuses }) => statuses.length)).toEqual([MAIN_STATUSES.length, 3]);
  });

  it("is refused past fifty", async () => {
    for (let made = 1; made < 50; made += 1) await make({ name: `P${made}`, statuses: THREE });
    await expectRefusal(await ask("POST", "", { name: "One more" }), 409, /as many/);
    expect(await all()).toHaveLength(50);
  });
});

describe("changing a pipeline", () => {
  it("its name and place, each alone, of the main one too", async () => {
    const [main] = await all();
    const renamed = await admin<Pipeline>(at, "PATCH", path(`/${main?.id}`), { name: "Inbox" });
    expect(renamed).toEqual({ ...main, name: "Inbox" });
    expect(await admin(at, "PATCH", path(`/${main?.id}`), { sort: 7 })).toEqual({ ...renamed, sort: 7 });
    expect(await admin(at, "PATCH", path(`/${main?.id}`), { name: "Inbox" })).toEqual({ ...renamed, sort: 7 });
  });

  it("not to a name that is taken", async () => {
    const made = await make();
    await expectRefusal(await ask("PATCH", `/${made.id}`, { name: "Leads" }), 409, /name or key/);
  });

  it("and an unknown one is not found", async () => {
    await expectRefusal(await ask("PATCH", "/999999", { name: "X" }), 404);
    await expectRefusal(await ask("PATCH", "/main", { name: "X" }), 404);
  });
});

it("a form's leads go on into the main pipeline, whatever is made beside it", async () => {
  await make({ sort: 0, statuses: THREE });
  await lead(at, to.formId);
  const [main] = (await all()).filter(({ is_main }) => is_main);
  const row = await at.env.DB.prepare("SELECT pipeline_id, status_id FROM lead").first();
  expect(row).toEqual({ pipeline_id: main?.id, status_id: main?.statuses.find(({ role }) => role === "first")?.id });
});
