/** Filters of the list, in every spelling that callers use, raw and percent-encoded. */
import { describe, expect, test } from "vitest";
import { edge, tenant } from "../../support/edge.ts";
import { anotherPipeline, manyIncoming } from "../../support/many-incoming.ts";
import { accept, decline, get, page, problem, UNSORTED, uids, waiting, walk } from "./v4.ts";

const encoded = (query: string): string => query.replaceAll("[", "%5B").replaceAll("]", "%5d");

async function world() {
  const at = edge();
  const of = await tenant(at);
  const other = await anotherPipeline(of);
  const of4 = async (category: "forms" | "sip" | "mail" | "chats", pipelineId?: number) =>
    (await manyIncoming(of, { count: 1, category, pipelineId }))[0] as string;
  const made = { forms: await of4("forms"), sip: await of4("sip"), mail: await of4("mail"), chats: await of4("chats") };
  const there = await of4("sip", other);
  const found = async (query: string): Promise<string[]> => {
    const raw = await uids(at, of, `?${query}`);
    expect(await uids(at, of, `?${encoded(query)}`)).toEqual(raw);
    return raw.sort();
  };
  return { at, of, other, made, there, found };
}
const sorted = (...all: string[]): string[] => all.sort();

describe("filters of the list", () => {
  test("a category, spelt as an array, by index, or alone", async () => {
    const { made, there, found } = await world();
    for (const spelt of ["filter[category][]=sip", "filter[category][0]=sip", "filter[category]=sip"]) {
      expect(await found(spelt)).toEqual(sorted(made.sip, there));
    }
    expect(await found("filter[category][]=mail")).toEqual([made.mail]);
  });

  test("several categories, in any spelling and however often named", async () => {
    const { made, there, found } = await world();
    const both = sorted(made.sip, there, made.chats);
    expect(await found("filter[category][0]=sip&filter[category][1]=chats")).toEqual(both);
    expect(await found("filter[category][]=chats&filter[category][]=sip&filter[category][]=chats")).toEqual(both);
    const all = "sip,mail,forms,chats".split(",").map((one, index) => `filter[category][${index}]=${one}`);
    expect(await found(all.join("&"))).toHaveLength(5);
  });

  test("a pipeline, alone or with categories", async () => {
    const { other, made, there, found } = await world();
    for (const spelt of ["filter[pipeline_id]", "filter[pipeline_id][]", "filter[pipeline_id][0]"]) {
      expect(await found(`${spelt}=${other}`)).toEqual([there]);
    }
    expect(await found(`filter[pipeline_id]=${other}&filter[category][]=forms`)).toEqual([]);
    expect(await found(`filter[pipeline_id]=${other}&filter[category][]=sip`)).toEqual([there]);
    expect(await found("filter[pipeline_id]=999999")).toEqual([]);
    expect(await found("filter[category]=forms")).toEqual([made.forms]);
  });

  test("two pipelines are refused: the document takes one", async () => {
    const { at, of, other } = await world();
    const query = `?filter[pipeline_id][0]=${other}&filter[pipeline_id][1]=1`;
    await problem(await get(at, UNSORTED + query, of.agent), 400);
  });

  test("uids, one or many, known or not", async () => {
    const { made, there, found } = await world();
    for (const spelt of ["filter[uid]", "filter[uid][]", "filter[uid][0]"]) {
      expect(await found(`${spelt}=${made.mail}`)).toEqual([made.mail]);
    }
    const two = `filter[uid][0]=${there}&filter[uid][1]=${made.forms}`;
    expect(await found(`${two}&filter[uid][2]=00ff&filter[uid][3]=${there}`)).toEqual(sorted(there, made.forms));
    expect(await found(`${two}&filter[category][]=sip`)).toEqual([there]);
  });

  test("by uid, leads that were sorted are shown as well", async () => {
    const { at, of } = await world();
    const [accepted, declined] = [await waiting(at, of), await waiting(at, of)];
    await accept(at, accepted, of.agent);
    await decline(at, declined, of.agent);
    const query = `?filter[uid][]=${accepted}&filter[uid][]=${declined}`;
    expect(sorted(...(await uids(at, of, query)))).toEqual(sorted(accepted, declined));
  });

  test("another organization's uid finds nothing", async () => {
    const { at, of } = await world();
    expect(await uids(at, of, `?filter[uid]=${await waiting(at, await tenant(at))}`)).toEqual([]);
  });

  test.each(["asc", "desc"])("a list by uid is walked by its links like any other, %s", async (order) => {
    const { at, of } = await world();
    const wanted = await manyIncoming(of, { count: 7, stepMs: 0 });
    const query = wanted.map((uid) => `filter[uid][]=${uid}`).join("&");
    const pages = await walk(at, `${UNSORTED}?limit=3&order[created_at]=${order}&${query}`, of.agent);
    expect(pages.map((each) => each.length)).toEqual([3, 3, 1]);
    expect(pages.flat()).toEqual(order === "asc" ? wanted : wanted.toReversed());
    expect((await page(at, `${UNSORTED}?limit=3&page=3&${query}`, of.agent))?._embedded.unsorted).toHaveLength(1);
  });

  test("at most 250 uids are taken", async () => {
    const { at, of } = await world();
    const named = (count: number) => Array.from({ length: count }, (_, index) => `filter[uid][]=${index}`).join("&");
    expect((await get(at, `${UNSORTED}?${named(250)}`, of.agent)).status).toBe(204);
    await problem(await get(at, `${UNSORTED}?${named(251)}`, of.agent), 400);
  });

  test.each(["filter[category][]=sip&filter[category][]=forms", "filter[pipeline_id]"])(
    "a walk by %s crosses categories in one order",
    async (filter) => {
      const { at, of } = await world();
      const main = (await page(at, UNSORTED, of.agent))?._embedded.unsorted.find(
        ({ category }) => category === "forms",
      );
      const forms = await manyIncoming(of, { count: 6, category: "forms", stepMs: 2_000 });
      const calls = await manyIncoming(of, { count: 6, category: "sip", stepMs: 3_000 });
      const query = filter === "filter[pipeline_id]" ? `${filter}=${main?.pipeline_id}` : filter;
      const walked = (await walk(at, `${UNSORTED}?limit=5&${query}`, of.agent)).flat();
      expect(walked.filter((uid) => [...forms, ...calls].includes(uid))).toHaveLength(12);
      expect(walked).toEqual(
        (await page(at, `${UNSORTED}?limit=250&${query}`, of.agent))?._embedded.unsorted.map(({ uid }) => uid),
      );
    },
  );
});
