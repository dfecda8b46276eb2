/** Who may link, what, and to what; whatever is refused leaves everything as it was. */
import { describe, expect, test } from "vitest";
import { chat } from "../../support/chats.ts";
import { admin, edge, tenant } from "../../support/edge.ts";
import { dump } from "../../support/rows.ts";
import { call } from "./bodies.ts";
import { accept, added, decline, hal, link, NOT_WAITING, problem, retrieve, waiting, wrong } from "./v4.ts";

async function world() {
  const at = edge();
  const of = await tenant(at);
  const { uid, id } = await chat(at, of);
  const form = await waiting(at, of);
  await hal(await accept(at, form, of.agent));
  const target = (await retrieve(at, of, form))._embedded.leads[0]?.id as number;
  const unchanged = async (run: () => Promise<unknown>) => {
    const before = await dump();
    await run();
    expect(await dump()).toEqual(before);
  };
  return { at, of, uid, id, target, unchanged };
}
const to = (entity_id: unknown, more: object = {}) => ({ link: { entity_id, entity_type: "leads", ...more } });

describe("linking is refused", () => {
  test("to agents, 403, whatever they ask for", async () => {
    const { at, of, uid, target, unchanged } = await world();
    await unchanged(async () => {
      for (const asked of [uid, "00"]) await problem(await link(at, asked, of.agent, to(target)), 403);
    });
  });

  test("for what is unknown, another organization's or sorted before, 404", async () => {
    const { at, of, uid, target, unchanged } = await world();
    const other = await tenant(at);
    const foreign = await chat(at, other);
    const sorted = await chat(at, of);
    await decline(at, sorted.uid, of.agent);
    await unchanged(async () => {
      for (const gone of ["00", foreign.uid, sorted.uid]) {
        const { detail } = await problem(await link(at, gone, of.admin, to(target)), 404);
        expect(detail).toBe(NOT_WAITING);
      }
      await problem(await link(at, uid, other.admin, to(target)), 404);
    });
  });

  test("for forms and calls, 400, saying that only chats can be linked", async () => {
    const { at, of, target, unchanged } = await world();
    const [sip] = await added(at, of, "sip", [call()]);
    const form = await waiting(at, of);
    await unchanged(async () => {
      for (const uid of [form, sip?.uid as string]) {
        const told = await problem(await link(at, uid, of.admin, to(target)), 400);
        const [error] = told["validation-errors"]?.[0]?.errors ?? [];
        expect(error).toMatchObject({ code: "NotSupportedChoice", path: "category" });
        expect(error?.detail).toMatch(/chats/);
      }
    });
  });

  test("to what is not there, waits itself, lies in the trash, or is another organization's", async () => {
    const { at, of, uid, id, unchanged } = await world();
    const other = await tenant(at);
    const { id: theirs } = await admin<{ id: number }>(at, "POST", `/organizations/${other.id}/customers`, {
      name: "X",
    });
    const [still, trashed] = [await chat(at, of), await chat(at, of)];
    await decline(at, trashed.uid, of.agent);
    await unchanged(async () => {
      for (const entity_id of [987_654_321, id, still.id, trashed.id]) {
        expect(await wrong(await link(at, uid, of.admin, to(entity_id)))).toEqual([
          "link.entity_id NotSupportedChoice",
        ]);
      }
      const customer = to(theirs, { entity_type: "customers" });
      expect(await wrong(await link(at, uid, of.admin, customer))).toEqual(["link.entity_id NotSupportedChoice"]);
    });
  });

  test("with a contact or a user of nobody or of another organization", async () => {
    const { at, of, uid, target, id, unchanged } = await world();
    const other = await tenant(at);
    const theirs = await waiting(at, other);
    await accept(at, theirs, other.agent);
    const foreign = (await retrieve(at, other, theirs))._embedded.contacts[0]?.id;
    await unchanged(async () => {
      for (const contact_id of [987_654_321, foreign, id]) {
        const response = await link(at, uid, of.admin, to(target, { metadata: { contact_id } }));
        expect(await wrong(response)).toEqual(["link.metadata.contact_id NotSupportedChoice"]);
      }
      const response = await link(at, uid, of.admin, { ...to(target), user_id: other.agent.user_id });
      expect(await wrong(response)).toEqual(["user_id NotSupportedChoice"]);
    });
  });

  test.each([
    [undefined, ["link FieldMissing"]],
    [[], ["link FieldMissing"]],
    [{ link: {} }, ["link.entity_id FieldMissing", "link.entity_type FieldMissing"]],
    [{ link: [] }, ["link InvalidType"]],
    [to("7"), ["link.entity_id InvalidType"]],
    [to(7, { entity_type: "companies" }), ["link.entity_type NotSupportedChoice"]],
    [to(7, { metadata: { contact_id: "1" } }), ["link.metadata.contact_id InvalidType"]],
  ])("for a body of %j", async (body, expected) => {
    const { at, of, uid, unchanged } = await world();
    await unchanged(async () => expect(await wrong(await link(at, uid, of.admin, body))).toEqual(expected));
  });
});
