/** Pipelines and statuses are data of the organization: set through admin, seen by every dialect. */
import { beforeEach, describe, expect, it } from "vitest";
import { MAIN_STATUSES } from "../../../worker/domain/pipeline.ts";
import { admin, type Edge, edge, lead, START, type Tenant, tenant } from "../../support/edge.ts";

interface Status {
  id: number;
  key: string;
  name: string;
  colour: string;
  description: string;
  sort: number;
  role: string;
}
interface Pipeline {
  id: number;
  name: string;
  sort: number;
  is_main: boolean;
  statuses: Status[];
}

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const path = (rest = "") => `/organizations/${to.id}/pipelines${rest}`;
const ask = (method: string, rest: string, body?: object, token = to.admin.token) =>
  at.send(method, `/admin/v1${path(rest)}`, { token, scheme: "Bearer", body });
const all = async () => (await admin<{ results: Pipeline[] }>(at, "GET", path())).results;
const make = (body: object = {}) => admin<Pipeline>(at, "POST", path(), { name: "Sales", ...body });
const addStatus = (pipeline: number, body: object = {}) =>
  admin<Status>(at, "POST", path(`/${pipeline}/statuses`), {
    key: "demo",
    name: "Demo given",
    colour: "#112233",
    ...body,
  });
async function expectRefusal(answer: Response, status: number, detail: RegExp = /./): Promise<void> {
  expect(answer.status).toBe(status);
  const { detail: said, title } = await answer.json<{ detail?: string; title: string }>();
  expect(said ?? title).toMatch(detail);
}

const status = (key: string, role?: string) => ({
  key,
  name: key.toUpperCase(),
  colour: "#abcdef",
  ...(role ? { role } : {}),
});
const THREE = [status("new", "incoming"), status("open", "first"), status("done", "closed")];

/** A call in a pipeline, accepted into a status where one is given. @returns its uid. */
async function call(pipeline: number, statusId?: number): Promise<string> {
  const body = [
    {
      source_uid: "line",
      source_name: "Line",
      pipeline_id: pipeline,
      metadata: {
        from: "358401",
        phone: "358402",
        called_at: START / 1000,
        duration: 1,
        service_code: crypto.randomUUID(),
        uniq: crypto.randomUUID(),
      },
      _embedded: { leads: [{ name: "Call" }] },
    },
  ];
  const options = { token: to.admin.token, scheme: "Bearer" };
  const added = await at.send("POST", "/api/v4/leads/unsorted/sip", { ...options, body });
  expect(added.status).toBe(200);
  const uid = (await added.json<{ _embedded: { unsorted: { uid: string }[] } }>())._embedded.unsorted[0]?.uid ?? "";
  if (statusId !== undefined) {
    const accepted = await at.send("POST", `/api/v4/leads/unsorted/${uid}/accept`, {
      ...options,
      body: { status_id: statusId },
    });
    expect(accepted.status).toBe(200);
  }
  return uid;
}

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

it("a form's leads go on into the main pipeline, whatever is made beside it", async () => {
  await make({ sort: 0, statuses: THREE });
  await lead(at, to.formId);
  const [main] = (await all()).filter(({ is_main }) => is_main);
  const row = await at.env.DB.prepare("SELECT pipeline_id, status_id FROM lead").first();
  expect(row).toEqual({ pipeline_id: main?.id, status_id: main?.statuses.find(({ role }) => role === "first")?.id });
});
