/** "There can't be 2 identical entities in the Incoming leads": refused whole, every offender named. */
import { describe, expect, test } from "vitest";
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { anotherPipeline } from "../../support/many-incoming.ts";
import { dump } from "../../support/rows.ts";
import { call, request } from "./bodies.ts";
import { accept, added, DUPLICATE, decline, post, problem } from "./v4.ts";

type Body = Record<string, unknown>[];
async function world(): Promise<{ at: Edge; of: Tenant }> {
  const at = edge();
  return { at, of: await tenant(at) };
}

/** Insists that the POST is refused for these request ids and leaves no trace. */
async function refused(at: Edge, of: Tenant, kind: "sip" | "forms", body: Body, ids: string[]): Promise<void> {
  const before = await dump();
  const told = await problem(await post(at, of, kind, body), 400);
  expect(told.detail).toBe("Request validation failed");
  const errors = [{ code: "NotUnique", path: "", detail: DUPLICATE }];
  expect(told["validation-errors"]).toEqual(ids.map((request_id) => ({ request_id, errors })));
  expect(await dump()).toEqual(before);
}

describe.each([
  ["sip", call],
  ["forms", request],
] as const)("a %s lead that stands already", (kind, make) => {
  test("is refused, alone and among others, and nothing is written", async () => {
    const { at, of } = await world();
    const twin = make();
    await added(at, of, kind, [twin]);
    await refused(at, of, kind, [{ ...twin, request_id: "again" }], ["again"]);
    await refused(at, of, kind, [make(), twin, make()], ["1"]);
  });

  test("is refused where its twin is in the same POST, and both are named", async () => {
    const { at, of } = await world();
    const twin = make();
    await refused(at, of, kind, [{ ...twin, request_id: "a" }, make(), { ...twin, request_id: "b" }], ["a", "b"]);
  });

  test("every offender is named, those of the store and those of the POST together", async () => {
    const { at, of } = await world();
    const [standing, also, twin] = [make(), make(), make()];
    await added(at, of, kind, [standing, also]);
    await refused(at, of, kind, [twin, standing, make(), twin, also], ["0", "1", "3", "4"]);
  });

  test("may come again once the first was accepted or declined, and then stands again", async () => {
    const { at, of } = await world();
    const twin = make();
    for (const sort of [accept, decline]) {
      const [first] = await added(at, of, kind, [twin]);
      await refused(at, of, kind, [twin], ["0"]);
      expect((await sort(at, first?.uid as string, of.agent)).status).toBe(200);
    }
    await added(at, of, kind, [twin]);
    await refused(at, of, kind, [twin], ["0"]);
  });

  test("two equal POSTs at the same moment: one is taken, one refused", async () => {
    const { at, of } = await world();
    const body = [make(), make()];
    const responses = await Promise.all(Array.from({ length: 10 }, () => post(at, of, kind, body)));
    expect(responses.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(400)]);
    for (const response of responses) if (response.status === 400) await problem(response, 400);
    expect((await dump()).lead).toHaveLength(2);
  });

  test("is nobody's twin in another organization or in another pipeline", async () => {
    const { at, of } = await world();
    const twin = make();
    await added(at, of, kind, [twin]);
    await added(at, await tenant(at), kind, [twin]);
    await added(at, of, kind, [{ ...twin, pipeline_id: await anotherPipeline(of) }]);
    await refused(at, of, kind, [{ ...twin, pipeline_id: null }], ["0"]);
  });

  test("from the same source, another one is another one: source_uid alone never identifies", async () => {
    const { at, of } = await world();
    const source_uid = "the-one-integration";
    await added(at, of, kind, [make({ source_uid }), make({ source_uid })]);
    await added(at, of, kind, [make({ source_uid })]);
    const twin = make();
    await added(at, of, kind, [twin, { ...twin, source_uid: "another source" }]);
  });
});
