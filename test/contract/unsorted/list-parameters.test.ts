/** Parameters of the list that are wrong, unknown or empty. */
import { describe, expect, test } from "vitest";
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { get, problem, UNSORTED, uids, v4, waiting } from "./v4.ts";

async function world(): Promise<{ at: Edge; of: Tenant }> {
  const at = edge();
  return { at, of: await tenant(at) };
}

describe("the list of incoming leads", () => {
  test.each([
    ["page=0", "page", "InvalidType"],
    ["page=two", "page", "InvalidType"],
    ["limit=-1", "limit", "InvalidType"],
    ["limit=1.5", "limit", "InvalidType"],
    ["order[created_at]=up", "order.created_at", "NotSupportedChoice"],
    ["filter[category][]=fax", "filter.category", "NotSupportedChoice"],
    ["filter[pipeline_id]=main", "filter[pipeline_id]", "InvalidType"],
  ])("?%s is refused, naming the parameter", async (query, path, code) => {
    const { at, of } = await world();
    const { "validation-errors": wrong } = await problem(await get(at, `${UNSORTED}?${query}`, of.agent), 400);
    expect(wrong).toEqual([{ errors: [{ path, code, detail: expect.stringMatching(/.{9}/) }] }]);
  });

  test("unknown and empty parameters are ignored", async () => {
    const { at, of } = await world();
    const uid = await waiting(at, of);
    const query =
      "?with=contacts,leads&foo[bar]=1&filter[created_at]=1&filter[uid]=&filter[category]=&page=&limit=&order[created_at]=";
    expect(await uids(at, of, query)).toEqual([uid]);
  });

  test("a HEAD says what a GET would, without the body", async () => {
    const { at, of } = await world();
    await waiting(at, of);
    const head = await v4(at, "HEAD", UNSORTED, of.agent);
    expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([
      200,
      "application/hal+json",
      "",
    ]);
  });
});
