/** GET /leads/unsorted/summary: how many came, and what became of them. */
import { describe, expect, test } from "vitest";
import { chat } from "../../support/chats.ts";
import { type Edge, edge, lead, START, type Tenant, tenant } from "../../support/edge.ts";
import { anotherPipeline } from "../../support/many-incoming.ts";
import { call } from "./bodies.ts";
import { accept, added, decline, get, hal, link, problem, retrieve, summary, UNSORTED, waiting } from "./v4.ts";

const NONE = { total: 0, accepted: 0, declined: 0, average_sort_time: 0, categories: {} };
const now = START / 1000;
const DAY = 86_400;

async function world(): Promise<{ at: Edge; of: Tenant }> {
  const at = edge();
  return { at, of: await tenant(at) };
}
const sortedAfter = async (at: Edge, of: Tenant, seconds: number, sort = accept): Promise<string> => {
  const uid = await waiting(at, of, { created_at: at.clock.now / 1000 - seconds });
  expect((await sort(at, uid, of.admin)).status).toBe(200);
  return uid;
};

describe("the summary", () => {
  test("has its five keys when there is nothing", async () => {
    const { at, of } = await world();
    expect(await summary(at, of)).toEqual(NONE);
  });

  test("counts every incoming lead ever, by category, sorted ones too, and leaves out categories without leads", async () => {
    const { at, of } = await world();
    await waiting(at, await tenant(at));
    await sortedAfter(at, of, 10);
    await sortedAfter(at, of, 21, decline);
    await sortedAfter(at, of, 0, decline);
    await added(at, of, "sip", [call(), call()]);
    await chat(at, of);
    expect(await summary(at, of)).toEqual({
      ...{ total: 6, accepted: 1, declined: 2, average_sort_time: 10 },
      categories: { sip: { total: 2 }, forms: { total: 3 }, chats: { total: 1 } },
    });
  });

  test("counts a linked chat as accepted, and a lead of the widget as a form", async () => {
    const { at, of } = await world();
    await lead(at, of.formId);
    const target = (await retrieve(at, of, await sortedAfter(at, of, 0)))._embedded.leads[0]?.id;
    const { uid } = await chat(at, of);
    await hal(await link(at, uid, of.admin, { link: { entity_id: target, entity_type: "leads" } }));
    expect(await summary(at, of)).toMatchObject({ total: 3, accepted: 2, categories: { forms: { total: 2 } } });
  });

  test("averages whole seconds over what was sorted", async () => {
    const { at, of } = await world();
    for (const seconds of [10, 11, 13]) await sortedAfter(at, of, seconds);
    await waiting(at, of, { created_at: now - 9_999 });
    expect((await summary(at, of)).average_sort_time).toBe(11);
  });

  test("of a pipeline counts that pipeline's, as it is spelt", async () => {
    const { at, of } = await world();
    const other = await anotherPipeline(of);
    await waiting(at, of);
    const there = await waiting(at, of, { pipeline_id: other });
    await decline(at, there, of.agent);
    for (const spelt of ["filter[pipeline_id]", "filter%5Bpipeline_id%5D", "filter[pipeline_id][]"]) {
      expect(await summary(at, of, `?${spelt}=${other}`)).toMatchObject({ total: 1, accepted: 0, declined: 1 });
    }
    expect(await summary(at, of, "?filter[pipeline_id]=987654321")).toEqual(NONE);
  });

  test("of uids counts those, each once, and nobody else's", async () => {
    const { at, of } = await world();
    const [one, two] = [await sortedAfter(at, of, 5), await waiting(at, of)];
    await waiting(at, of);
    const foreign = await waiting(at, await tenant(at));
    for (const spelt of ["filter[uid]", "filter[uid][]", "filter[uid][0]", "filter%5Buid%5D"]) {
      expect(await summary(at, of, `?${spelt}=${one}`)).toMatchObject({ total: 1, accepted: 1, average_sort_time: 5 });
    }
    const many = [one, two, one, foreign, "00"].map((uid, index) => `filter[uid][${index}]=${uid}`).join("&");
    expect(await summary(at, of, `?${many}`)).toMatchObject({ total: 2, accepted: 1 });
    expect(await summary(at, of, `?filter[uid]=${foreign}`)).toEqual(NONE);
  });

  test("a single created_at means from then on; from and to take in both their seconds", async () => {
    const { at, of } = await world();
    for (const ago of [3 * DAY, DAY, 10, 0]) await waiting(at, of, { created_at: now - ago });
    const total = async (query: string) => (await summary(at, of, `?${query}`)).total;
    const name = "filter[created_at]";
    expect(await total(`${name}=${now - 10}`)).toBe(2);
    expect(await total(`${name}=${now - 9}`)).toBe(1);
    expect(await total(`filter%5Bcreated_at%5D=${now - DAY}`)).toBe(3);
    expect(await total(`${name}[from]=${now - DAY}&${name}[to]=${now - 10}`)).toBe(2);
    expect(await total(`${name}[to]=${now - 10}`)).toBe(3);
    expect(await total(`filter%5Bcreated_at%5D%5Bto%5D=${now - 11}`)).toBe(2);
    expect(await total(`${name}[from]=${now}&${name}[to]=${now}`)).toBe(1);
    expect(await total(`${name}[from]=${now}&${name}[to]=${now - 1}`)).toBe(0);
    expect(await total(`${name}=0`)).toBe(4);
    expect(await total(`${name}[to]=99999999999`)).toBe(4);
  });

  test("counts arrivals by their creation, and sortings by when they happened", async () => {
    const { at, of } = await world();
    await sortedAfter(at, of, 3 * DAY);
    const name = "filter[created_at]";
    const before = `?${name}[to]=${now - DAY}`;
    expect(await summary(at, of, before)).toMatchObject({ total: 1, accepted: 0, average_sort_time: 0 });
    const since = { total: 0, accepted: 1, average_sort_time: 3 * DAY, categories: {} };
    expect(await summary(at, of, `?${name}=${now - DAY}`)).toMatchObject(since);
  });

  test("a second is taken in to its last millisecond", async () => {
    const { at, of } = await world();
    const uid = await waiting(at, of);
    at.clock.now += 999;
    await accept(at, uid, of.agent);
    expect(await summary(at, of, `?filter[created_at][to]=${now}`)).toMatchObject({ total: 1, accepted: 1 });
  });

  test("a parameter that cannot be read is refused, unknown and empty ones are ignored", async () => {
    const { at, of } = await world();
    for (const query of ["filter[created_at]=yesterday", "filter[created_at][from]=-1", "filter[pipeline_id]=x"]) {
      await problem(await get(at, `${UNSORTED}/summary?${query}`, of.agent), 400);
    }
    expect(await summary(at, of, "?with=x&filter[category]=sip&filter[uid]=&filter[created_at]=")).toEqual(NONE);
  });
});
