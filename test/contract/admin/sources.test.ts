/** Sources of leads are data of the organization: added, renamed, made inactive, never deleted. */
import { beforeEach, describe, expect, it } from "vitest";
import { MAIN_SOURCES, NEEDED_SOURCES } from "../../../worker/domain/source.ts";
import { expectProblem, wrong } from "../../support/asking.ts";
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { asAdmin } from "../../support/spam.ts";
import { expectRefusal } from "./pipelines.ts";

interface Source {
  id: number;
  key: string;
  name: string;
  sort: number;
  is_active: boolean;
}

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const ask = (method: string, rest = "", body?: object, of = to) => asAdmin(at, of, method, `/sources${rest}`, body);
const list = (of = to) => ask("GET", "", undefined, of);
const all = async (of = to) => (await (await list(of)).json<{ results: Source[] }>()).results;
const keys = async () => (await all()).map(({ key }) => key);
const ofKey = async (key: string) => (await all()).find((source) => source.key === key) as Source;
async function make(body: object): Promise<Source> {
  const answer = await ask("POST", "", { key: "fair", name: "Trade fair", ...body });
  expect(answer.status).toBe(201);
  return answer.json<Source>();
}
async function change(id: number, body: object): Promise<Source> {
  const answer = await ask("PATCH", `/${id}`, body);
  expect(answer.status).toBe(200);
  return answer.json<Source>();
}

describe("reading", () => {
  it("an organization starts with its sources, all of them active, in their order and on one page", async () => {
    const page = await (await list()).json<{ results: Source[]; next: null }>();
    const expected = MAIN_SOURCES.map((each, sort) => ({ id: expect.any(Number), ...each, sort, is_active: true }));
    expect(page).toEqual({ results: expected, next: null });
    const [first] = page.results;
    expect(await (await ask("GET", `/${first?.id}`)).json()).toEqual(first);
  });

  it("in the order of sort, then of age, also those that are no choice any more", async () => {
    const first = await make({ key: "c", sort: 0 });
    await make({ key: "a", sort: 9 });
    await make({ key: "b", sort: 9 });
    await change(first.id, { is_active: false });
    expect((await keys()).slice(0, 2)).toEqual(["form", "c"]);
    expect((await keys()).slice(-2)).toEqual(["a", "b"]);
  });
});

describe("a new source", () => {
  it("is active, comes last, and is found again", async () => {
    const made = await make({});
    const sort = MAIN_SOURCES.length;
    expect(made).toEqual({ id: expect.any(Number), key: "fair", name: "Trade fair", sort, is_active: true });
    expect((await all()).at(-1)).toEqual(made);
    expect(await (await ask("GET", `/${made.id}`)).json()).toEqual(made);
  });

  it("has a key of its own, another organization may have the same one", async () => {
    const made = await make({});
    await expectRefusal(await ask("POST", "", { key: "fair", name: "Other" }), 409, /name or key/);
    await expectRefusal(await ask("POST", "", { key: "form", name: "Other" }), 409, /name or key/);
    expect(await ofKey("fair")).toEqual(made);
    const other = await tenant(at);
    expect((await ask("POST", "", { key: "fair", name: "Theirs" }, other)).status).toBe(201);
    expect(await ofKey("fair")).toEqual(made);
  });

  it("made many times at the same moment is one", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask("POST", "", { key: "fair", name: "Fair" })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect((await keys()).filter((key) => key === "fair")).toHaveLength(1);
  });

  it("is refused past a hundred, inactive ones counted; a key that is taken is still called taken", async () => {
    const { id } = await make({ key: "s0" });
    await change(id, { is_active: false });
    for (let made = MAIN_SOURCES.length + 1; made < 99; made += 1) await make({ key: `s${made}` });
    const last = ["x", "y", "z"].map((key) => ask("POST", "", { key, name: "Last" }));
    expect((await Promise.all(last)).map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    await expectRefusal(await ask("POST", "", { key: "more", name: "More" }), 409, /as many/);
    await expectRefusal(await ask("POST", "", { key: "s0", name: "Again" }), 409, /name or key/);
    expect(await all()).toHaveLength(100);
  });

  const INVALID: [body: object, wrong: string[]][] = [
    [{}, ["key invalid_type", "name invalid_type"]],
    [{ key: "Fair", name: "X" }, ["key invalid_format"]],
    [{ key: "a b", name: "X" }, ["key invalid_format"]],
    [{ key: "", name: "X" }, ["key invalid_format"]],
    [{ key: "a".repeat(65), name: "X" }, ["key too_big"]],
    [{ key: "a", name: " " }, ["name too_small"]],
    [{ key: "a", name: "x".repeat(65) }, ["name too_big"]],
    [{ key: "a", name: "X", sort: -1 }, ["sort too_small"]],
    [{ key: "a", name: "X", sort: 0.5 }, ["sort invalid_type"]],
    [{ key: "a", name: "X", is_active: false }, ["is_active unrecognized_keys"]],
    [{ key: "a", name: "X", id: 7, organization_id: 1 }, ["id unrecognized_keys", "organization_id unrecognized_keys"]],
  ];
  it.each(INVALID)("is not made of %j", async (body, expected) => {
    expect(wrong(await expectProblem(await ask("POST", "", body), 422, "invalid-fields"))).toEqual(expected);
    expect(await all()).toHaveLength(MAIN_SOURCES.length);
  });
});

describe("changing a source", () => {
  it("its name, place and whether it is a choice, each alone; others stay as they are", async () => {
    const before = await all();
    const made = await make({});
    expect(await change(made.id, { name: "Fairs" })).toEqual({ ...made, name: "Fairs" });
    expect(await change(made.id, { sort: 7 })).toEqual({ ...made, name: "Fairs", sort: 7 });
    const inactive = { ...made, name: "Fairs", sort: 7, is_active: false };
    expect(await change(made.id, { is_active: false })).toEqual(inactive);
    expect(await change(made.id, {})).toEqual(inactive);
    expect(await ofKey("fair")).toEqual(inactive);
    expect(await change(made.id, { is_active: true })).toEqual({ ...inactive, is_active: true });
    expect((await all()).filter(({ key }) => key !== "fair")).toEqual(before);
  });

  it.each([{ key: "x" }, { organization_id: 1 }, { name: null }, { sort: null }, { is_active: 0 }, { name: "" }])(
    "not by %j",
    async (body) => {
      const before = await ofKey("event");
      await expectProblem(await ask("PATCH", `/${before.id}`, body), 422, "invalid-fields");
      expect(await ofKey("event")).toEqual(before);
    },
  );

  it.each(NEEDED_SOURCES)("%s, which leads get by themselves, is renamed and moved and stays active", async (key) => {
    const source = await ofKey(key);
    const renamed = await change(source.id, { name: "Renamed", sort: 50, is_active: true });
    expect(renamed).toEqual({ ...source, name: "Renamed", sort: 50 });
    const refused = await ask("PATCH", `/${source.id}`, { name: "Not kept", is_active: false });
    await expectRefusal(refused, 409, /by themselves/);
    expect(await ofKey(key)).toEqual(renamed);
  });

  it("any other can be made inactive", async () => {
    for (const { key } of MAIN_SOURCES.filter((each) => !NEEDED_SOURCES.includes(each.key))) {
      expect(await change((await ofKey(key)).id, { is_active: false })).toMatchObject({ key, is_active: false });
    }
  });

  it("none is deleted", async () => {
    const made = await make({});
    await expectProblem(await ask("DELETE", `/${made.id}`), 404, "not-found");
    expect(await ofKey("fair")).toEqual(made);
  });
});

it("a foreign source, an unknown one and what is no number look alike, and nothing of it changes", async () => {
  const made = await make({});
  const other = await tenant(at);
  for (const [method, body] of [["GET"], ["PATCH", { name: "X", is_active: false }]] as const) {
    const ids = [made.id, 999_999, "999999999999999", "1e3", "fair", "9".repeat(30)];
    const answers = await Promise.all(ids.map((id) => ask(method, `/${id}`, body, other)));
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect([new Set(bodies).size, ...new Set(answers.map(({ status }) => status))]).toEqual([1, 404]);
  }
  expect(await ofKey("fair")).toEqual(made);
  expect(await all(other)).toHaveLength(MAIN_SOURCES.length);
});
