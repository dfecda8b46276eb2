/** Linking to what goes away at the same moment: all of the link or nothing, and never a word in what is gone. */
import { describe, expect, test } from "vitest";
import { type Chat, chat, visitorSaid } from "../../support/chats.ts";
import { admin, type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { interrupt } from "../../support/interrupt.ts";
import { eventKinds, row, rows } from "../../support/rows.ts";
import { createLead, known, remove, withKey } from "../crm/v1.ts";
import { hal, link, retrieve, uids, wrong } from "./v4.ts";

const to = (entity_id: number, contact_id?: number) => ({
  link: { entity_id, entity_type: "leads", ...(contact_id === undefined ? {} : { metadata: { contact_id } }) },
});

async function world(options: Parameters<typeof chat>[2] = {}) {
  const at = edge();
  const of = await withKey(at, await tenant(at));
  const { slug } = await createLead(at, of);
  const target = await known(slug);
  const one = await chat(at, of, { transcript: visitorSaid("Hello there"), note: "Call back", ...options });
  return { at, of, slug, target, one };
}
async function nothingMoved(at: Edge, of: Tenant, one: Chat): Promise<void> {
  expect(await rows("SELECT lead_id FROM room")).toEqual([{ lead_id: one.id }]);
  expect(await rows("SELECT lead_id FROM note")).toEqual([{ lead_id: one.id }]);
  expect(await eventKinds(one.leadUuid)).toEqual(["created"]);
  expect(await uids(at, of)).toEqual([one.uid]);
  expect((await retrieve(at, of, one.uid)).uid).toBe(one.uid);
}

describe("between the look and the write", () => {
  test.each(["deleted", "emptied"])("the lead is %s: refused as no such lead, nothing moved", async (fate) => {
    const { at, of, slug, target, one } = await world();
    const purge = () => admin(at, "POST", `/organizations/${of.id}/purge`, { lead_id: target.uuid });
    interrupt(at, () => (fate === "deleted" ? remove(at, of, slug) : purge()));
    expect(await wrong(await link(at, one.uid, of.admin, to(target.id)))).toEqual([
      expect.stringContaining("link.entity_id NotSupportedChoice"),
    ]);
    await nothingMoved(at, of, one);
    expect((await eventKinds(target.uuid)).at(-1)).toBe(fate === "deleted" ? "delete" : "purge");
  });

  test("the contact's lead is deleted: refused as no such contact, and the contact learns nothing", async () => {
    const { at, of, target, one } = await world({
      contact: { name: "Eve", email: "eve@example.com", phone: "+3584011" },
    });
    const other = await createLead(at, of);
    const { id } = await known(other.slug);
    interrupt(at, () => remove(at, of, other.slug));
    expect(await wrong(await link(at, one.uid, of.admin, to(target.id, id)))).toEqual([
      expect.stringContaining("link.metadata.contact_id NotSupportedChoice"),
    ]);
    await nothingMoved(at, of, one);
    expect(await row("SELECT email FROM contact WHERE id = ?", id)).toEqual({ email: other.email });
  });
});

test("links and a deletion at once, many times: a deleted lead has taken in before it was deleted, or not at all", async () => {
  for (let round = 0; round < 10; round += 1) {
    const { at, of, slug, target, one } = await world();
    const [linked] = await Promise.all([link(at, one.uid, of.admin, to(target.id)), remove(at, of, slug)]);
    const kinds = await eventKinds(target.uuid);
    if (linked.status === 200) {
      await hal(linked);
      expect(kinds).toEqual(["created", "takes-in", "delete"]);
    } else {
      expect([linked.status, kinds]).toEqual([400, ["created", "delete"]]);
      expect(await rows("SELECT lead_id FROM note WHERE lead_id = ?", one.id)).toHaveLength(1);
    }
  }
});
