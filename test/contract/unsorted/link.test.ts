/** POST /leads/unsorted/{uid}/link: a chat goes to a lead or a customer that is known. */
import { describe, expect, test } from "vitest";
import { type Chat, chat, visitorSaid } from "../../support/chats.ts";
import { admin, type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { eventKinds, row, rows } from "../../support/rows.ts";
import { accept, get, hal, link, nothing, retrieve, uids, waiting } from "./v4.ts";

async function world(options: Parameters<typeof chat>[2] = {}) {
  const at = edge();
  const of = await tenant(at);
  return { at, of, one: await chat(at, of, options), target: await accepted(at, of) };
}
/** A lead that is worked on. @returns its number. */
async function accepted(at: Edge, of: Tenant, over = {}): Promise<number> {
  const uid = await waiting(at, of, over);
  await hal(await accept(at, uid, of.agent));
  return (await retrieve(at, of, uid))._embedded.leads[0]?.id as number;
}
const customer = (at: Edge, of: Tenant) =>
  admin<{ id: number }>(at, "POST", `/organizations/${of.id}/customers`, { name: "Big Corp." });
const to = (entity_id: number, more: object = {}, entity_type = "leads") => ({
  link: { entity_id, entity_type, ...more },
});
const entity = (kind: string, id: number) => ({
  id,
  _links: { self: { href: `https://foyer.test/api/v4/${kind}/${id}` } },
});
const none = { leads: [], contacts: [], customers: [] };
const uuidOf = async (id: number) => (await row<{ uuid: string }>("SELECT uuid FROM lead WHERE id = ?", id)).uuid;

describe("linking a chat to a lead", () => {
  test("answers the lead; room, transcript and notes are the lead's now, and both leads' events tell", async () => {
    const transcript = visitorSaid("Hello there");
    const { at, of, one, target } = await world({ transcript, note: "Call back" });
    const answer = await hal(await link(at, one.uid, of.admin, to(target)));
    expect(answer).toEqual({ uid: one.uid, _embedded: { ...none, leads: [entity("leads", target)] } });
    expect(await rows("SELECT lead_id, transcript FROM room")).toEqual([
      { lead_id: target, transcript: JSON.stringify(transcript) },
    ]);
    expect(await rows("SELECT lead_id, text FROM note")).toEqual([{ lead_id: target, text: "Call back" }]);
    expect(await eventKinds(one.leadUuid)).toEqual(["created", "link"]);
    expect(await eventKinds(await uuidOf(target))).toEqual(["created", "accept", "takes-in"]);
    const taken = await row<{ payload: string }>("SELECT payload FROM lead_event WHERE kind = 'takes-in'");
    expect(JSON.parse(taken.payload)).toEqual({ lead_id: one.id });
  });

  test("moves the placeholder to the trash, ends its claim, and counts it as accepted", async () => {
    const { at, of, one, target } = await world({ visitorId: "v" });
    await expect(chat(at, of, { visitorId: "v" })).rejects.toThrow(/UNIQUE constraint failed: claim/);
    await hal(await link(at, one.uid, of.admin, to(target)));
    expect(await uids(at, of)).toEqual([]);
    expect(await row("SELECT state FROM lead WHERE id = ?", one.id)).toEqual({ state: "linked" });
    const read = await hal(await get(at, `/api/v4/leads/${one.id}`, of.agent));
    expect(read).toMatchObject({ is_deleted: true });
    expect(await row("SELECT outcome, linked_lead_id, sorted_by FROM incoming_lead WHERE lead_id = ?", one.id)).toEqual(
      {
        ...{ outcome: "linked", linked_lead_id: target, sorted_by: of.admin.user_id },
      },
    );
    expect(await chat(at, of, { visitorId: "v" })).toMatchObject({ visitorId: "v" });
  });

  test("without a contact leaves contacts as they are", async () => {
    const { at, of, one, target } = await world({ contact: { name: "Ada", email: "ada@example.com" } });
    const contacts = () => rows("SELECT * FROM contact ORDER BY id");
    const before = await contacts();
    await hal(await link(at, one.uid, of.admin, to(target, { metadata: null })));
    expect(await contacts()).toEqual(before);
  });

  test("with a contact tells it what the chat's contact knows, and overwrites nothing", async () => {
    const { at, of, one } = await world({ contact: { name: "Eve", email: "eve@example.com", phone: "+358401234567" } });
    const target = await accepted(at, of, { _embedded: { contacts: [{ name: "Ada" }] } });
    const answer = await hal(await link(at, one.uid, of.admin, to(target, { metadata: { contact_id: target } })));
    expect(answer).toMatchObject({ _embedded: { contacts: [entity("contacts", target)] } });
    expect(await row("SELECT name, email, phone FROM contact WHERE id = ?", target)).toEqual({
      ...{ name: "Ada", email: "eve@example.com", phone: "+358401234567" },
    });
  });

  test("on behalf of a user: they sorted it", async () => {
    const { at, of, one, target } = await world();
    await hal(await link(at, one.uid, of.admin, { ...to(target), user_id: of.agent.user_id }));
    const sql = "SELECT sorted_by FROM incoming_lead WHERE uid = ?";
    expect(await row(sql, one.uid)).toEqual({ sorted_by: of.agent.user_id });
  });
});

describe("linking a chat to a customer", () => {
  const linked = async (more: (target: number) => object) => {
    const { at, of, one, target } = await world();
    const { id } = await customer(at, of);
    const answer = await hal(await link(at, one.uid, of.admin, to(id, more(target), "customers")));
    return { at, of, one, target, id, answer };
  };

  test("answers the customer; the words stay with the placeholder, which says whose they are", async () => {
    const { one, id, answer } = await linked(() => ({}));
    expect(answer).toEqual({ uid: one.uid, _embedded: { ...none, customers: [entity("customers", id)] } });
    expect(await rows("SELECT lead_id FROM room")).toEqual([{ lead_id: one.id }]);
    expect(await row("SELECT linked_customer_id FROM incoming_lead WHERE uid = ?", one.uid)).toEqual({
      linked_customer_id: id,
    });
    expect(await row("SELECT contact_id FROM customer")).toEqual({ contact_id: null });
  });

  test("with a contact makes it the customer's", async () => {
    const { at, of, target, id, answer } = await linked((contact_id) => ({ metadata: { contact_id } }));
    expect(answer).toMatchObject({ _embedded: { contacts: [entity("contacts", target)], leads: [] } });
    expect(await row("SELECT contact_id FROM customer WHERE id = ?", id)).toEqual({ contact_id: target });
    await nothing(await get(at, "/api/v4/companies", of.agent));
  });

  test("a linked chat is not linked again", async () => {
    const { at, of, one, id } = await linked(() => ({}));
    const again: Chat = one;
    expect((await link(at, again.uid, of.admin, to(id, {}, "customers"))).status).toBe(404);
  });
});
