/** POST leads/delete/lead: it leaves the CRM for good, and its appointments with it. */
import { describe, expect, test } from "vitest";
import { patched } from "../../support/asking.ts";
import { capture, lead as captured, form, somebody as visitor } from "../../support/edge.ts";
import { count, eventKinds, rows } from "../../support/rows.ts";
import { get as getV5, orgLeads, patch } from "../org-user/v5.ts";
import { decline, get as getV4, hal, uids } from "../unsorted/v4.ts";
import {
  appointed,
  createLead,
  data,
  failed,
  get,
  hour,
  known,
  listed,
  meetings,
  refused,
  remove,
  slugOf,
  update,
  world,
} from "./v1.ts";

const gone = { slug: ["Requested lead already has a deleted status."] };
const unknown = { slug: ["Requested lead not found."] };

describe("a lead that is deleted", () => {
  test("is in the CRM no more, closed in v5, in v4's trash, and can be changed by nobody", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of, { assignee: of.agent.username });
    const { id, uuid } = await known(lead.slug);
    at.clock.now += 1_000;
    expect(await data(await remove(at, of, lead.slug))).toEqual({ slug: lead.slug });
    expect(await listed(at, of)).toMatchObject({ count: 0, results: [] });
    expect((await listed(at, of, "?first_name=grace")).results).toEqual([]);
    const view = await get(at, of, `/leads/view/lead/?slug=${lead.slug}`);
    expect(await refused(view, 400)).toEqual({ slug: ["Requested slug is invalid."] });
    const v5 = await getV5(at, `${orgLeads(of)}/${uuid}`, of.admin);
    const closed_at = new Date(at.clock.now).toISOString();
    expect(await v5.json()).toMatchObject({ is_closed: true, closed_at, assigned_user_id: of.agent.id });
    expect(await hal(await getV4(at, `/api/v4/leads/${id}`, of.admin))).toMatchObject({ is_deleted: true });
    for (const body of [{ is_closed: false }, { assigned_user_id: of.agent.id }]) {
      expect((await patch(at, `${orgLeads(of)}/${uuid}`, of.admin, body)).status).toBe(404);
    }
    await failed(await update(at, of, lead, { status: "prospect" }), "Requested lead does not esixt.");
    expect(await eventKinds(uuid)).toEqual(["created", "delete"]);
  });

  test("can be deleted once", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of);
    await data(await remove(at, of, slug));
    expect(await refused(await remove(at, of, slug), 400)).toEqual(gone);
    expect(await eventKinds((await known(slug)).uuid)).toEqual(["created", "delete"]);
  });

  test("takes its appointments with it: out of the list, out of the counts, and its time is free again", async () => {
    const { at, of } = await world();
    const [one, two] = [await createLead(at, of), await createLead(at, of)];
    await appointed(at, of, one.slug, hour(1));
    await appointed(at, of, one.slug, { ...hour(3), appointment_status: "cancelled" });
    await appointed(at, of, two.slug, hour(5));
    await data(await remove(at, of, one.slug));
    expect(await meetings(at, of)).toMatchObject({ count: 1, results: [{ slug: two.slug }] });
    expect((await meetings(at, of, "?status=cancelled")).count).toBe(0);
    await appointed(at, of, two.slug, hour(1));
    expect(await count("appointment")).toBe(2);
  });

  test("no longer stands in the way of whoever writes again", async () => {
    const { at, of } = await world();
    const formId = await form(at, of.id, { duplicate_policy: "contact" });
    const request = { visitor_id: "v", data: { ...visitor(), email: "ada@example.org" } };
    const uuid = await captured(at, formId, request);
    await patched(at, of, uuid, { assigned_user_id: of.agent.id });
    const again = async () => (await capture(at, formId, { ...request, submission_id: crypto.randomUUID() })).status;
    expect(await again()).toBe(409);
    await data(await remove(at, of, await slugOf(uuid)));
    expect(await count("claim")).toBe(0);
    expect(await again()).toBe(201);
  });

  test("counts nowhere: what is kept equals a recount", async () => {
    const { at, of } = await world();
    for (const status of ["prospect", "closed", "customer"]) {
      const { slug } = await createLead(at, of, { status }, of.agent);
      await data(await remove(at, of, slug, of.agent));
    }
    expect(await rows("SELECT * FROM lead_rollup WHERE count <> 0")).toEqual([]);
    expect(await data(await get(at, of, "/leads/overview/"))).toMatchObject({ TotalLeads: 0 });
  });
});

describe("who may", () => {
  test("agents their own, administrators any; a closed one too", async () => {
    const { at, of } = await world();
    const mine = await createLead(at, of, { assignee: of.agent.username, status: "closed" });
    const theirs = await createLead(at, of, { assignee: of.otherAgent.username });
    await data(await remove(at, of, mine.slug, of.agent));
    await failed(await remove(at, of, theirs.slug, of.agent), "You can't delete this lead.");
    expect((await listed(at, of)).count).toBe(1);
    await data(await remove(at, of, theirs.slug));
  });

  test("unknown, and still waiting: not found; declined: gone before", async () => {
    const { at, of } = await world();
    const slug = await slugOf(await captured(at, of.formId));
    for (const each of [slug, "nobody-0123456789", "x".repeat(5_000)]) {
      expect(await refused(await remove(at, of, each), 400)).toEqual(unknown);
    }
    await hal(await decline(at, (await uids(at, of))[0] as string, of.agent));
    expect(await refused(await remove(at, of, slug), 400)).toEqual(gone);
  });
});
