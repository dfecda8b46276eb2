/** A person who is erased is nowhere any more: under their own leads, under other people's, in chats, as a customer. */
import { beforeEach, expect, it } from "vitest";
import { chat, visitorSaid } from "../../support/chats.ts";
import { admin, capture, type Edge, edge, form, lead, type Tenant, tenant } from "../../support/edge.ts";
import { deliver, mailbox, message } from "../../support/mail.ts";
import { count, dump, row, rows } from "../../support/rows.ts";
import { asAdmin } from "../../support/spam.ts";
import { link } from "../unsorted/v4.ts";

const ANN = { name: "Ann Archer", email: "ann@archer.test", phone: "+358 40 1234567" };
let at: Edge;
let of: Tenant;
beforeEach(async () => {
  at = edge();
  of = await tenant(at);
});

const erase = async (who: { email?: string; phone?: string }, from = of): Promise<number> => {
  const answer = await asAdmin(at, from, "POST", "/purge", who);
  expect(answer.status).toBe(200);
  return (await answer.json<{ purged: number }>()).purged;
};
const linked = async (uid: string, body: object) => {
  const answer = await link(at, uid, of.admin, { link: body } as never);
  expect(answer.status).toBe(200);
};
const named = (name: string) => admin<{ id: number }>(at, "POST", `/organizations/${of.id}/customers`, { name });

/** A lead of Bob, under which Ann has written because they share a phone. */
async function annUnderBob(): Promise<{ formId: string; bob: string }> {
  const formId = await form(at, of.id, { duplicate_policy: "contact" });
  const bob = await lead(at, formId, { data: { name: "Bob", email: "bob@archer.test", phone: ANN.phone } });
  const again = await capture(at, formId, { data: { ...ANN, message: "It is me, Ann." } });
  expect(again.status).toBe(201);
  expect(await rows("SELECT text FROM note")).toEqual([{ text: expect.stringContaining("It is me, Ann.") }]);
  return { formId, bob };
}

it("what they wrote under somebody else's lead is emptied; the lead stays that person's", async () => {
  const { bob } = await annUnderBob();
  expect(await erase({ email: "ANN@archer.test " })).toBe(0);
  expect(await rows("SELECT text, email_key, phone_key FROM note")).toEqual([
    { text: "", email_key: null, phone_key: null },
  ]);
  expect(JSON.stringify(await dump())).not.toMatch(/ann@archer|Ann Archer|me, Ann/);
  expect(await row("SELECT purged_at FROM lead WHERE uuid = ?", bob)).toEqual({ purged_at: null });
});

it("whoever is not meant keeps their words, also of the same address at another organization", async () => {
  await annUnderBob();
  expect(await erase({ email: ANN.email }, await tenant(at))).toBe(0);
  await erase({ email: "joann@archer.test" });
  expect((await row("SELECT text FROM note")).text).toContain("Ann");
});

it("a lead that is purged takes what others wrote under it along", async () => {
  const { bob } = await annUnderBob();
  await asAdmin(at, of, "POST", "/purge", { lead_id: bob });
  expect(JSON.stringify(await dump())).not.toMatch(/archer/i);
});

it("by e-mail and phone at once: forms, mail, chats; nothing of them is left in any table", async () => {
  const address = await mailbox(at, of.id);
  await lead(at, of.formId, { data: { ...ANN, message: "form" } });
  await lead(at, of.formId, { data: { email: "else@where.test", phone: "+358401234567" } });
  await deliver(at, address, message({ headers: { From: "Ann Archer <Ann@Archer.test>" } }));
  const contact = { name: ANN.name, email: ANN.email, email_key: ANN.email };
  await chat(at, of, { contact, transcript: visitorSaid("I am Ann Archer"), note: "Ann Archer called" });
  await lead(at, of.formId, { data: { email: "other@person.test" } });
  expect(await erase({ email: ANN.email, phone: ANN.phone })).toBe(4);
  expect(JSON.stringify(await dump())).not.toMatch(/ann|archer|1234567|else@where/i);
  expect(await count("contact", "email IS NOT NULL")).toBe(1);
});

it("a chat that was linked to somebody else's lead is emptied with theirs", async () => {
  const bob = await lead(at, of.formId, { data: { email: "bob@bob.test" } });
  const { id } = await row<{ id: number }>("SELECT id FROM lead WHERE uuid = ?", bob);
  await at.send("PATCH", `/api/v5/orgs/${of.id}/leads/${bob}`, {
    token: of.admin.token,
    body: { assigned_user_id: of.agent.id },
  });
  const contact = { email: ANN.email, email_key: ANN.email };
  const one = await chat(at, of, { contact, transcript: visitorSaid("I am Ann Archer") });
  await linked(one.uid, { entity_id: id, entity_type: "leads" });
  expect(await row("SELECT lead_id FROM room WHERE id = ?", one.roomId)).toEqual({ lead_id: id });
  expect(await erase({ email: ANN.email })).toBe(1);
  expect(await row("SELECT transcript, visitor_id FROM room WHERE id = ?", one.roomId)).toEqual({
    transcript: null,
    visitor_id: null,
  });
  expect(await row("SELECT purged_at FROM lead WHERE uuid = ?", bob)).toEqual({ purged_at: null });
});

it("a customer of their name loses it; a company that they wrote for keeps its own", async () => {
  const [person, company, stranger] = [await named("ann archer "), await named("Archer & Sons"), await named(ANN.name)];
  const contact = { name: ANN.name, email: ANN.email, email_key: ANN.email };
  for (const { id } of [person, company]) {
    const { uid } = await chat(at, of, { contact });
    await linked(uid, { entity_id: id, entity_type: "customers" });
  }
  expect(await erase({ email: ANN.email })).toBe(2);
  const path = `/admin/v1/organizations/${of.id}/customers`;
  const answer = await at.send("GET", path, { token: of.admin.token, scheme: "Bearer" });
  const { results } = await answer.json<{ results: { id: number; name: string | null }[] }>();
  // A namesake whom nothing ties to the person is somebody else.
  expect(results.map(({ id, name }) => [id, name])).toEqual([
    [person.id, null],
    [company.id, "Archer & Sons"],
    [stranger.id, ANN.name],
  ]);
});
