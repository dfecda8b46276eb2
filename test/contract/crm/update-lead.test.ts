/** POST leads/update/lead: who it is from, where it stands, whose it is. */
import { describe, expect, test } from "vitest";
import { patched } from "../../support/asking.ts";
import { admin, capture, lead as captured, somebody as visitor } from "../../support/edge.ts";
import { eventKinds, row } from "../../support/rows.ts";
import { get as getV5, orgLeads } from "../org-user/v5.ts";
import { decline, get as getV4, hal, uids } from "../unsorted/v4.ts";
import { createLead, failed, known, listed, refused, remove, slugOf, update, updated, view, world } from "./v1.ts";

const GONE = "Requested lead does not esixt.";
const NOT_OWNER = "You are not owner of this lead.";

describe("status", () => {
  test("closed closes, everywhere; another opens it again in that stage, its owner's", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of, { assignee: of.agent.username, status: "potential" });
    const { uuid } = await known(lead.slug);
    const v5 = async () => (await getV5(at, `${orgLeads(of)}/${uuid}`, of.admin)).json();
    at.clock.now += 1_000;
    expect(await updated(at, of, lead, { status: "closed" })).toMatchObject({ status: "closed" });
    const closed_at = new Date(at.clock.now).toISOString();
    expect(await v5()).toMatchObject({ is_closed: true, closed_at, assigned_user_id: of.agent.id });
    expect(await updated(at, of, lead)).toMatchObject({ status: "closed" });
    at.clock.now += 1_000;
    expect(await updated(at, of, lead, { status: "customer" })).toMatchObject({ status: "customer" });
    expect(await v5()).toMatchObject({ is_closed: false, closed_at: null, assigned_user_id: of.agent.id });
    expect(await eventKinds(uuid)).toEqual(["created", "edit", "edit", "edit"]);
  });

  test("closing through v5 is the same transition: the stage of work is kept for when it is reopened", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of, { status: "potential" });
    const { uuid } = await known(lead.slug);
    await patched(at, of, uuid, { is_closed: true });
    expect(await view(at, of, lead.slug)).toMatchObject({ status: "closed" });
    await patched(at, of, uuid, { is_closed: false });
    expect(await view(at, of, lead.slug)).toMatchObject({ status: "potential" });
  });
});

describe("the person", () => {
  test("is what v5's data, v4's contact and a search then show", async () => {
    const { at, of } = await world();
    const uuid = await captured(at, of.formId, { data: { ...visitor(), phone: "+358 40 1234567" } });
    await patched(at, of, uuid, { assigned_user_id: of.agent.id });
    const [before] = (await listed(at, of)).results;
    const words = { first_name: "Ada Maria", last_name: "Ångström", email: "ADA@new.example", phone: "+358409999999" };
    const after = await updated(at, of, before as never, { ...words, location: "Åbo" });
    expect(after).toMatchObject({ ...words, location: "Åbo", slug: before?.slug });
    const { data } = await (await getV5(at, `${orgLeads(of)}/${uuid}`, of.admin)).json<{ data: object }>();
    expect(data).toMatchObject({ name: "Ada Maria Ångström", email: words.email, phone: words.phone });
    const { id } = await known(after.slug);
    const contact = await hal<object>(await getV4(at, `/api/v4/contacts/${id}`, of.admin));
    expect(contact).toMatchObject({ name: "Ada Maria Ångström", first_name: "Ada Maria", last_name: "Ångström" });
    expect(JSON.stringify(contact)).toContain(words.email);
    for (const query of ["first_name=ada", "last_name=ångs", "email=ada@new", "phone=%2B35840999"]) {
      expect(
        (await listed(at, of, `?${query}`)).results.map(({ slug }) => slug),
        query,
      ).toEqual([after.slug]);
    }
    expect((await listed(at, of, "?phone=%2B358401234")).results).toEqual([]);
  });

  test("message and location stay where they are not sent, and are emptied by nothing entered", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of, { message: "Call me", location: "Turku" });
    expect(await updated(at, of, lead)).toMatchObject({ message: "Call me", location: "Turku" });
    expect(await updated(at, of, lead, { message: "" })).toMatchObject({ message: "", location: "Turku" });
    expect(await updated(at, of, lead, { location: " " })).toMatchObject({ message: "", location: "" });
    const kept = "SELECT lead.message, contact.location FROM lead JOIN contact ON contact.id = lead.contact_id";
    expect(await row(kept)).toEqual({ message: null, location: null });
  });
});

describe("whose it is", () => {
  test("agents update their own alone; an administrator any", async () => {
    const { at, of } = await world();
    const mine = await createLead(at, of, { assignee: of.agent.username });
    const made = await createLead(at, of, {}, of.agent);
    const theirs = await createLead(at, of, { assignee: of.otherAgent.username });
    const nobodys = await createLead(at, of);
    for (const lead of [mine, made])
      expect(await updated(at, of, lead, { message: "x" }, of.agent)).toMatchObject({ message: "x" });
    for (const lead of [theirs, nobodys])
      await failed(await update(at, of, lead, { message: "x" }, of.agent), NOT_OWNER);
    for (const lead of [mine, made, theirs, nobodys]) await updated(at, of, lead);
    expect(await view(at, of, theirs.slug)).toMatchObject({ message: "" });
  });

  test("an agent's own lead that somebody else has picked is no longer the agent's", async () => {
    const { at, of } = await world();
    const made = await createLead(at, of, {}, of.agent);
    await updated(at, of, made, { assignee: of.otherAgent.username });
    await failed(await update(at, of, made, {}, of.agent), NOT_OWNER);
    expect(await updated(at, of, made, {}, of.otherAgent)).toMatchObject({ owner: of.otherAgent.username });
  });

  test("an assignee is an active user of the tenant's, and for an agent the agent", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of, { assignee: of.agent.username });
    expect(await updated(at, of, lead, { assignee: of.agent.username }, of.agent)).toMatchObject({
      owner: of.agent.username,
    });
    const refusal = { assignee: ["Assignee not found."] };
    expect(await refused(await update(at, of, lead, { assignee: of.otherAgent.username }, of.agent), 400)).toEqual(
      refusal,
    );
    await admin(at, "PATCH", `/organizations/${of.id}/users/${of.otherAgent.id}`, { is_active: false });
    expect(await refused(await update(at, of, lead, { assignee: of.otherAgent.username }), 400)).toEqual(refusal);
    expect(await view(at, of, lead.slug)).toMatchObject({ owner: of.agent.username });
  });
});

describe("what there is no more", () => {
  test("deleted, declined, unknown, still waiting: does not esixt", async () => {
    const { at, of } = await world();
    const deleted = await createLead(at, of);
    await remove(at, of, deleted.slug);
    await failed(await update(at, of, deleted), GONE);
    await failed(await update(at, of, { ...deleted, slug: "nobody-0123456789" }), GONE);
    const slug = await slugOf(await captured(at, of.formId));
    await failed(await update(at, of, { ...deleted, slug }), GONE);
    expect((await capture(at, of.formId)).status).toBe(201);
    for (const uid of await uids(at, of)) await hal(await decline(at, uid, of.agent));
    await failed(await update(at, of, { ...deleted, slug }), GONE);
    await failed(await update(at, of, { ...deleted, slug }, {}, of.agent), GONE);
  });

  test("emptied by a purge: shown without a person, and takes no new words", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of);
    const { uuid } = await known(lead.slug);
    await admin(at, "POST", `/organizations/${of.id}/purge`, { lead_id: uuid });
    const [shown] = (await listed(at, of)).results;
    expect(shown).toMatchObject({ first_name: "", email: "", status: "prospect" });
    await failed(await update(at, of, { ...lead, slug: shown?.slug as string }), GONE);
    expect(await row("SELECT name, email FROM contact")).toEqual({ name: null, email: null });
    expect((await remove(at, of, shown?.slug as string)).status).toBe(200);
  });
});
