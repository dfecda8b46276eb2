/** What adding calls and adding forms have in common. */
import { expect, test } from "vitest";
import { edge, START, type Tenant, tenant } from "../../support/edge.ts";
import { anotherPipeline } from "../../support/many-incoming.ts";
import { count, rows } from "../../support/rows.ts";
import { call, request } from "./bodies.ts";
import { type Added, added, hal, list, post, problem, retrieve, UID, uids, wrong } from "./v4.ts";

export const make = { sip: call, forms: request };

export function addCases(kind: "sip" | "forms"): void {
  const one = make[kind];
  const world = async () => {
    const at = edge();
    const of = await tenant(at);
    return { at, of, refused: async (body: unknown) => wrong(await post(at, of, kind, body)) };
  };
  const own = (of: Tenant) => count("lead", "organization_id = ?", of.accountId);

  test("one by itself is taken as a list of one is", async () => {
    const { at, of } = await world();
    const answer = await hal<{ _total_items: number }>(await post(at, of, kind, one()));
    expect(answer._total_items).toBe(1);
    expect(await list(at, of)).toHaveLength(1);
  });

  test("many are answered in their order, by request id; a missing one is the index, a number becomes a text", async () => {
    const { at, of } = await world();
    const answers = await added(at, of, kind, [
      one({ request_id: "b" }),
      one(),
      one({ request_id: 7 }),
      one({ request_id: null }),
    ]);
    expect(answers.map(({ request_id }) => request_id)).toEqual(["b", "1", "7", "3"]);
    for (const { uid, account_id, _embedded } of answers) {
      expect(uid).toMatch(UID);
      expect(account_id).toBe(of.accountId);
      expect((await retrieve(at, of, uid))._embedded).toEqual(_embedded);
    }
    expect(new Set(answers.map(({ uid }) => uid)).size).toBe(4);
    expect(await rows("SELECT 1 FROM incoming_lead WHERE metadata LIKE '%request_id%'")).toEqual([]);
  });

  test("250 are taken, 251 are 422, none are 400, and what is refused writes nothing", async () => {
    const { at, of } = await world();
    const many = Array.from({ length: 251 }, () => one());
    await problem(await post(at, of, kind, many), 422);
    await problem(await post(at, of, kind, []), 400);
    expect(await own(of)).toBe(0);
    expect(await added(at, of, kind, many.slice(1))).toHaveLength(250);
    expect(await own(of)).toBe(250);
  });

  test("all or none: one that is wrong refuses the others, and every wrong one is named", async () => {
    const { of, refused } = await world();
    const body = [
      one(),
      one({ request_id: "x", source_uid: undefined }),
      one(),
      one({ source_name: "", pipeline_id: "main" }),
    ];
    expect(await refused(body)).toEqual([
      "x source_uid FieldMissing",
      "3 source_name InvalidType",
      "3 pipeline_id InvalidType",
    ]);
    expect(await own(of)).toBe(0);
  });

  test("everything that is mandatory is, and is named where it is missing", async () => {
    const { refused } = await world();
    expect(await refused([{}])).toEqual([
      ...["0 source_uid FieldMissing", "0 source_name FieldMissing"],
      ...["0 _embedded FieldMissing", "0 metadata FieldMissing"],
    ]);
    const { metadata } = one();
    const names = Object.keys(metadata as object).filter((name) => name !== "link");
    expect(await refused([one({ metadata: {} })])).toEqual(names.map((name) => `0 metadata.${name} FieldMissing`));
    expect(await refused([one({ _embedded: { companies: [{ name: "Acme Co." }] } })])).toEqual([
      "0 _embedded FieldMissing",
    ]);
    expect(await refused([one({ _embedded: {} }), 5])).toEqual(["0 _embedded FieldMissing", "1  InvalidType"]);
  });

  test("a lead or a contact is enough; of each there is one at most", async () => {
    const { at, of, refused } = await world();
    const bodies = [{ leads: [{}] }, { contacts: [{ name: "Ada" }] }, { leads: [], contacts: [{ name: "Bob" }] }];
    expect(
      await added(
        at,
        of,
        kind,
        bodies.map((_embedded) => one({ _embedded })),
      ),
    ).toHaveLength(3);
    expect(await refused([one({ _embedded: { leads: [{}, {}], contacts: [{}, {}], companies: [{}, {}] } })])).toEqual([
      ...["0 _embedded.leads InvalidType", "0 _embedded.contacts InvalidType", "0 _embedded.companies InvalidType"],
    ]);
  });

  test("request ids inside embedded entities, and unknown keys, are ignored", async () => {
    const { at, of } = await world();
    const _embedded = { leads: [{ name: "A", request_id: "1", foo: 1 }], contacts: [{ name: "B", request_id: "2" }] };
    await added(at, of, kind, [one({ _embedded, foo: "bar" })]);
  });

  test("goes to the pipeline that is named, or to the main one; another organization's is refused by request", async () => {
    const { at, of, refused } = await world();
    const other = await anotherPipeline(of);
    const [named, main] = await added(at, of, kind, [one({ pipeline_id: other }), one({ pipeline_id: null })]);
    expect((await retrieve(at, of, (named as Added).uid)).pipeline_id).toBe(other);
    expect((await retrieve(at, of, (main as Added).uid)).pipeline_id).not.toBe(other);
    const foreign = await anotherPipeline(await tenant(at));
    const body = [one(), one({ request_id: "x", pipeline_id: foreign }), one({ pipeline_id: 123456789 })];
    expect(await refused(body)).toEqual(["x pipeline_id NotSupportedChoice", "2 pipeline_id NotSupportedChoice"]);
    expect(await own(of)).toBe(2);
  });

  test("created_at is believed, as a number or a text, but not into the future and not before 1970", async () => {
    const { at, of, refused } = await world();
    const now = START / 1000;
    const claimed = [1_510_261_200, "1510261200", now + 999, undefined, null];
    const answers = await added(
      at,
      of,
      kind,
      claimed.map((created_at) => one({ created_at })),
    );
    const shown = await Promise.all(answers.map(async ({ uid }) => (await retrieve(at, of, uid)).created_at));
    expect(shown).toEqual([1_510_261_200, 1_510_261_200, now, now, now]);
    expect(await refused([one({ created_at: -5 }), one({ created_at: "yesterday" })])).toEqual([
      ...["0 created_at InvalidType", "1 created_at InvalidType"],
    ]);
  });

  test("what was added is the adding user's, and its events say so", async () => {
    const { at, of } = await world();
    await added(at, of, kind, [one()]);
    expect(await rows("SELECT version, kind, actor_kind, actor_id FROM lead_event")).toEqual([
      { version: 1, kind: "created", actor_kind: "user", actor_id: String(of.agent.user_id) },
    ]);
    expect(await rows("SELECT creator_id, owner_id, state FROM lead")).toEqual([
      { creator_id: of.agent.user_id, owner_id: null, state: "incoming" },
    ]);
    expect(await uids(at, of)).toHaveLength(1);
  });
}
