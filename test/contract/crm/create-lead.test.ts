/** POST leads/create/lead: a colleague's lead, accepted at once, and what every dialect shows of it. */
import { describe, expect, test } from "vitest";
import { admin, type Edge, type Person } from "../../support/edge.ts";
import { eventKinds, row } from "../../support/rows.ts";
import { assignedLeads, get as getV5, ids, orgLeads, pendingLeads } from "../org-user/v5.ts";
import { get as getV4, hal, uids } from "../unsorted/v4.ts";
import { type CrmTenant, createLead, data, known, listed, post, refused, somebody, view, world } from "./v1.ts";

interface Entities {
  _embedded: Record<string, { id: number; name: string }[]>;
}
/** Which lists show the lead. */
async function seen(at: Edge, of: CrmTenant, slug: string) {
  const { id, uuid } = await known(slug);
  const has = async (path: string, by: Person = of.admin) => (await ids(at, path, by)).includes(uuid);
  const v4 = async (kind: "leads" | "contacts") =>
    (await hal<Entities>(await getV4(at, `/api/v4/${kind}`, of.admin)))._embedded[kind]?.some((one) => one.id === id);
  return {
    organization: await has(orgLeads(of)),
    pending: await has(pendingLeads(of.agent)),
    assigned: await has(assignedLeads(of.agent), of.agent),
    others: await has(assignedLeads(of.otherAgent), of.otherAgent),
    unsorted: (await uids(at, of)).length > 0,
    crm: (await listed(at, of)).results.some((one) => one.slug === slug),
    leads: await v4("leads"),
    contacts: await v4("contacts"),
  };
}
const everywhere = { organization: true, others: false, unsorted: false, crm: true, leads: true, contacts: true };

describe("what is made", () => {
  test("is answered as it is viewed and listed, with the organization's defaults", async () => {
    const { at, of } = await world();
    const made = await createLead(at, of, { first_name: "Grace Brewster", last_name: "Hopper" });
    expect(made).toMatchObject({ status: "prospect", source: "other", assignee: null, owner: of.admin.username });
    expect(made).toMatchObject({ company: "", title: "", location: "", message: "" });
    expect(made.slug).toMatch(/^grace-brewster-hopper-[0-9a-z]{10}$/);
    const { notes, appointments, ...shown } = await view(at, of, made.slug);
    expect([shown, notes, appointments]).toEqual([made, [], []]);
    expect((await listed(at, of)).results).toEqual([made]);
    expect(await eventKinds((await known(made.slug)).uuid)).toEqual(["created"]);
  });

  test("two of the same words are two leads with slugs of their own", async () => {
    const { at, of } = await world();
    const person = somebody();
    const [one, two] = [await createLead(at, of, person), await createLead(at, of, person)];
    expect(one.slug).not.toBe(two.slug);
    expect((await listed(at, of)).count).toBe(2);
  });

  test("a name without letters of our alphabet, or a very long one, has a slug none the less", async () => {
    const { at, of } = await world();
    const names = [
      { first_name: "李", last_name: "小龙" },
      { first_name: "🙂", last_name: "!" },
    ];
    for (const name of [...names, { first_name: "x".repeat(255), last_name: "y".repeat(255) }]) {
      const { slug, ...made } = await createLead(at, of, name);
      expect(made).toMatchObject(name);
      expect(slug.length).toBeLessThanOrEqual(258);
      expect(await view(at, of, slug)).toMatchObject(name);
    }
  });
});

describe("who sees it", () => {
  test("unassigned: every user of the organization, as pending", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of);
    expect(await seen(at, of, slug)).toEqual({ ...everywhere, pending: true, assigned: false });
  });

  test("assigned: its user, and nobody's pending list", async () => {
    const { at, of } = await world();
    const { slug, ...made } = await createLead(at, of, { assignee: of.agent.username });
    expect(made).toMatchObject({ assignee: of.agent.username, owner: of.agent.username });
    expect(await seen(at, of, slug)).toEqual({ ...everywhere, pending: false, assigned: true });
  });

  test("closed at once: closed everywhere, from that moment", async () => {
    const { at, of } = await world();
    const { slug, status } = await createLead(at, of, { status: "closed", assignee: of.agent.username });
    expect(status).toBe("closed");
    expect(await seen(at, of, slug)).toEqual({ ...everywhere, pending: false, assigned: true });
    const { uuid } = await known(slug);
    const shown = await getV5(at, `${orgLeads(of)}/${uuid}`, of.admin);
    expect(await shown.json()).toMatchObject({ is_closed: true, closed_at: new Date(at.clock.now).toISOString() });
  });

  test("an agent's own stays the agent's while nobody has it: no other agent sees it in the CRM", async () => {
    const { at, of } = await world();
    const { slug, owner, assignee } = await createLead(at, of, {}, of.agent);
    expect([owner, assignee]).toEqual([of.agent.username, null]);
    expect((await listed(at, of, "", of.agent)).results).toHaveLength(1);
    expect((await listed(at, of, "", of.otherAgent)).results).toEqual([]);
    expect(await row("SELECT creator_id, owner_id FROM lead WHERE slug = ?", slug)).toEqual({
      ...{ creator_id: of.agent.user_id, owner_id: null },
    });
  });
});

describe("the assignee, by username", () => {
  const NOT_FOUND = { assignee: ["Assignee not found."] };
  test("is refused where unknown, inactive or another tenant's, and nothing is made", async () => {
    const { at, of } = await world();
    const other = await world();
    await admin(at, "PATCH", `/organizations/${of.id}/users/${of.otherAgent.id}`, { is_active: false });
    const upper = of.agent.username.toUpperCase();
    for (const assignee of ["nobody", upper, of.otherAgent.username, other.of.agent.username]) {
      expect(await refused(await post(at, of, "/create/lead", somebody({ assignee })), 400)).toEqual(NOT_FOUND);
    }
    expect((await listed(at, of)).count).toBe(0);
  });

  test("agents assign to themselves alone", async () => {
    const { at, of } = await world();
    const mine = somebody({ assignee: of.agent.username });
    expect(await data(await post(at, of, "/create/lead", mine, of.agent))).toMatchObject({ owner: of.agent.username });
    for (const { username: assignee } of [of.otherAgent, of.admin]) {
      expect(await refused(await post(at, of, "/create/lead", somebody({ assignee }), of.agent), 400)).toEqual(
        NOT_FOUND,
      );
    }
  });
});
