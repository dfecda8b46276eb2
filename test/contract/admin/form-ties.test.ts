/** What a form is tied to: the user whose form it is, and the pipeline into which its leads come. */
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, wrong } from "../../support/asking.ts";
import { CONTACT_FIELDS, capture, type Edge, edge, lead, type Tenant, tenant } from "../../support/edge.ts";
import { count, row } from "../../support/rows.ts";
import { asAdmin } from "../../support/spam.ts";
import { asking, expectRefusal, type Pipeline, THREE } from "./pipelines.ts";

interface Form {
  id: string;
  owner_id: string | null;
  pipeline_id: number | null;
  updated_at: string;
}

let at: Edge;
let to: Tenant;
let sales: Pipeline;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  sales = await make({ statuses: THREE });
});
const { ask, all, make } = asking(() => ({ at, to }));

const SETTINGS = { name: "F", fields: CONTACT_FIELDS, allowed_origins: ["*"] };
const post = (ties: object) => asAdmin(at, to, "POST", "/forms", { ...SETTINGS, ...ties });
const patch = (id: string, body: object) => asAdmin(at, to, "PATCH", `/forms/${id}`, body);
const get = async (id: string) => (await asAdmin(at, to, "GET", `/forms/${id}`)).json<Form>();
const tied = async () =>
  (await post({ owner_id: to.agent.id.toUpperCase(), pipeline_id: sales.id })).json<Form & Record<string, unknown>>();
const statusOf = (pipeline: Pipeline | undefined, role: string) =>
  pipeline?.statuses.find((status) => status.role === role)?.id as number;
async function v4<T>(path: string, method = "GET"): Promise<T> {
  const answer = await at.send(method, `/api/v4/leads${path}`, { token: to.admin.token, scheme: "Bearer" });
  expect(answer.status).toBe(200);
  return answer.json<T>();
}
interface Unsorted {
  _embedded: { unsorted: { uid: string; pipeline_id: number; _embedded: { leads: { id: number }[] } }[] };
}
/** The only lead that waits, as the v4 API shows it. */
async function waiting(query = "") {
  const [item, ...others] = (await v4<Unsorted>(`/unsorted${query}`))._embedded.unsorted;
  expect(others).toEqual([]);
  return item as Unsorted["_embedded"]["unsorted"][number];
}

describe("a form's owner and pipeline", () => {
  it("are shown by the answer, the form and the list", async () => {
    const made = await tied();
    expect(made).toMatchObject({ owner_id: to.agent.id, pipeline_id: sales.id });
    expect(await get(made.id)).toEqual(made);
    const list = await (await asAdmin(at, to, "GET", "/forms")).json<{ results: Form[] }>();
    const ties = Object.fromEntries(list.results.map(({ id, owner_id, pipeline_id }) => [id, [owner_id, pipeline_id]]));
    expect(ties).toEqual({ [to.formId]: [null, null], [made.id]: [to.agent.id, sales.id] });
  });

  it("are no settings, and nothing that visitors see", async () => {
    const { id } = await tied();
    const { settings } = await row<{ settings: string }>("SELECT settings FROM form WHERE id = ?", id);
    const seen = await at.send("GET", `/v1/forms/${id}`);
    expect(seen.status).toBe(200);
    for (const text of [settings, await seen.text()]) expect(text).not.toMatch(/owner|pipeline/);
  });

  it("stay where a PATCH does not name them, each alone", async () => {
    const made = await tied();
    at.clock.now += 1_000;
    const renamed = await (await patch(made.id, { name: "G" })).json<Form>();
    expect(renamed).toEqual({ ...made, name: "G", updated_at: "2026-03-02T10:00:01.000Z" });
    const given = await (await patch(made.id, { owner_id: to.otherAgent.id })).json<Form>();
    expect(given).toEqual({ ...renamed, owner_id: to.otherAgent.id });
    const cleared = await (await patch(made.id, { pipeline_id: null })).json<Form>();
    expect(cleared).toEqual({ ...given, pipeline_id: null });
    expect(await (await patch(made.id, { owner_id: null })).json()).toEqual({ ...cleared, owner_id: null });
    expect(await get(made.id)).toEqual({ ...cleared, owner_id: null });
  });

  it("an owner who is deactivated later stays the owner, and the form can still be changed", async () => {
    const made = await tied();
    await asAdmin(at, to, "PATCH", `/users/${to.agent.id}`, { is_active: false });
    expect(await (await patch(made.id, { name: "G" })).json()).toEqual({ ...made, name: "G" });
  });
});

describe("are refused, by the name of the field, and nothing is made or changed:", () => {
  let other: Tenant;
  let theirs: Pipeline | undefined;
  beforeEach(async () => {
    other = await tenant(at);
    const list = await asAdmin(at, other, "GET", "/pipelines");
    theirs = (await list.json<{ results: Pipeline[] }>()).results[0];
    await asAdmin(at, to, "PATCH", `/users/${to.otherAgent.id}`, { is_active: false });
  });
  const OWNER = ["owner_id unknown"];
  const PIPELINE = ["pipeline_id unknown"];
  const CASES: [what: string, ties: () => object, wrong: string[]][] = [
    ["an unknown owner", () => ({ owner_id: crypto.randomUUID() }), OWNER],
    ["another organization's user", () => ({ owner_id: other.agent.id }), OWNER],
    ["a user who is not active", () => ({ owner_id: to.otherAgent.id }), OWNER],
    ["a user by number", () => ({ owner_id: to.agent.user_id }), ["owner_id invalid_type"]],
    ["an owner that is no UUID", () => ({ owner_id: "me" }), ["owner_id invalid_format"]],
    ["an unknown pipeline", () => ({ pipeline_id: 999_999 }), PIPELINE],
    ["the largest number there is", () => ({ pipeline_id: Number.MAX_SAFE_INTEGER }), PIPELINE],
    ["another organization's pipeline", () => ({ pipeline_id: theirs?.id }), PIPELINE],
    ["pipeline 0", () => ({ pipeline_id: 0 }), ["pipeline_id too_small"]],
    ["half a pipeline", () => ({ pipeline_id: sales.id + 0.5 }), ["pipeline_id invalid_type"]],
    ["a pipeline by text", () => ({ pipeline_id: String(sales.id) }), ["pipeline_id invalid_type"]],
    ["both", () => ({ owner_id: other.admin.id, pipeline_id: theirs?.id }), [...OWNER, ...PIPELINE]],
    ["one beside a good one", () => ({ owner_id: other.admin.id, pipeline_id: sales.id }), OWNER],
    [
      "one beside wrong settings",
      () => ({ owner_id: 1, max_links: -1 }),
      ["owner_id invalid_type", "max_links too_small"],
    ],
  ];
  it.each(CASES)("%s", async (_what, ties, expected) => {
    const made = await tied();
    const forms = await count("form");
    expect(wrong(await expectProblem(await post(ties()), 422, "invalid-fields"))).toEqual(expected);
    const changed = await patch(made.id, { name: "G", ...ties() });
    expect(wrong(await expectProblem(changed, 422, "invalid-fields"))).toEqual(expected);
    expect([await count("form"), await get(made.id)]).toEqual([forms, made]);
  });

  it("a taken id is told before anything is tied to", async () => {
    const made = await tied();
    const stolen = await asAdmin(at, other, "POST", "/forms", { ...SETTINGS, id: made.id, owner_id: other.admin.id });
    await expectProblem(stolen, 409, "conflict");
    expect(await get(made.id)).toEqual(made);
  });
});

describe("a lead of a form with a pipeline", () => {
  it("waits in that pipeline, and is accepted into its first stage", async () => {
    const { id } = await tied();
    await at.send("GET", `/v1/forms/${id}`);
    expect((await capture(at, id)).status).toBe(201);
    const { uid, pipeline_id, _embedded } = await waiting(`?filter[pipeline_id]=${sales.id}`);
    expect(pipeline_id).toBe(sales.id);
    const place = () => v4<object>(`/${_embedded.leads[0]?.id}`);
    expect(await place()).toMatchObject({ pipeline_id: sales.id, status_id: statusOf(sales, "incoming") });
    await v4(`/unsorted/${uid}/accept`, "POST");
    expect(await place()).toMatchObject({ pipeline_id: sales.id, status_id: statusOf(sales, "first") });
  });

  it("begins in its first stage where nobody sorts it", async () => {
    const { id } = await (await post({ pipeline_id: sales.id, is_processable: true })).json<Form>();
    await lead(at, id);
    const stored = await row("SELECT pipeline_id, status_id FROM lead");
    expect(stored).toEqual({ pipeline_id: sales.id, status_id: statusOf(sales, "first") });
  });

  it("comes into the pipeline that the form has by then, at once", async () => {
    const { id } = await tied();
    await lead(at, id);
    const [main] = (await all()).filter(({ is_main }) => is_main);
    for (const [given, expected] of [
      [null, main?.id],
      [sales.id, sales.id],
      [main?.id, main?.id],
    ]) {
      expect((await patch(id, { pipeline_id: given })).status).toBe(200);
      const uuid = await lead(at, id);
      expect(await row("SELECT pipeline_id FROM lead WHERE uuid = ?", uuid)).toEqual({ pipeline_id: expected });
    }
  });
});

describe("a pipeline that a form names", () => {
  it("is not deleted until the form lets it go", async () => {
    const { id } = await tied();
    await expectRefusal(await ask("DELETE", `/${sales.id}`), 409, /uses/);
    await patch(id, { pipeline_id: null });
    expect((await ask("DELETE", `/${sales.id}`)).status).toBe(204);
    const gone = await patch(id, { pipeline_id: sales.id });
    expect(wrong(await expectProblem(gone, 422, "invalid-fields"))).toEqual(["pipeline_id unknown"]);
  });

  it("is there still, or the form is refused, when both are asked for at the same moment", async () => {
    for (let round = 0; round < 6; round += 1) {
      const { id } = await make({ name: `P${round}`, statuses: THREE });
      const asked = [() => ask("DELETE", `/${id}`), () => patch(to.formId, { pipeline_id: id })];
      const answers = await Promise.all((round % 2 ? asked : asked.reverse()).map((each) => each()));
      const statuses = answers.map(({ status }) => status).sort();
      expect([
        [200, 409],
        [204, 422],
      ]).toContainEqual(statuses);
      expect(await count("form", "pipeline_id NOT IN (SELECT id FROM pipeline)")).toBe(0);
    }
  });
});
