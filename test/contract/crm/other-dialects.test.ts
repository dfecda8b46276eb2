/** What other dialects did to a lead, as the CRM shows it at once; and what the CRM did, as they do. */
import { describe, expect, test } from "vitest";
import { patched } from "../../support/asking.ts";
import { chat } from "../../support/chats.ts";
import { lead as captured, type Edge, somebody } from "../../support/edge.ts";
import { assignedLeads, ids, pendingLeads } from "../org-user/v5.ts";
import { accept, decline, get as getV4, hal, link, uids } from "../unsorted/v4.ts";
import { type CrmTenant, createLead, get, known, listed, note, slugOf, updated, view, world } from "./v1.ts";

const first = async (at: Edge, of: CrmTenant) => (await uids(at, of))[0] as string;
const isShown = async (at: Edge, of: CrmTenant, slug: string) =>
  (await get(at, of, `/leads/view/lead/?slug=${slug}`)).status === 200;

describe("a visitor's lead", () => {
  test("is in the CRM once it is accepted, in the stage and with the user that were named", async () => {
    const { at, of } = await world();
    const data: Record<string, string> = { ...somebody(), name: "Grace Brewster Hopper" };
    const uuid = await captured(at, of.formId, { data });
    const slug = await slugOf(uuid);
    expect([await isShown(at, of, slug), (await listed(at, of)).count]).toEqual([false, 0]);
    const pipelines = await hal<{
      _embedded: { pipelines: { _embedded: { statuses: { id: number; name: string }[] } }[] };
    }>(await getV4(at, "/api/v4/leads/pipelines", of.admin));
    const statuses = pipelines._embedded.pipelines[0]?._embedded.statuses ?? [];
    const status_id = statuses.find(({ name }) => name === "Potential")?.id;
    await hal(await accept(at, await first(at, of), of.admin, { status_id, user_id: of.agent.user_id }));
    expect((await listed(at, of, "", of.agent)).results).toMatchObject([
      {
        ...{ slug, first_name: "Grace Brewster", last_name: "Hopper", email: data.email, message: data.message },
        ...{ status: "potential", source: "form", assignee: of.agent.username },
      },
    ]);
  });

  test("is never there where it was declined", async () => {
    const { at, of } = await world();
    const slug = await slugOf(await captured(at, of.formId));
    await hal(await decline(at, await first(at, of), of.agent));
    expect([await isShown(at, of, slug), (await listed(at, of)).count]).toEqual([false, 0]);
  });

  test("of a processable form is there at once, nobody's", async () => {
    const { at, of } = await world({ form: { is_processable: true } });
    const slug = await slugOf(await captured(at, of.formId));
    expect((await listed(at, of)).results).toMatchObject([{ slug, owner: null, status: "prospect" }]);
    expect((await listed(at, of, "", of.agent)).count).toBe(0);
  });

  test("closed through v5 while it waited is closed here; given back there it is nobody's here", async () => {
    const { at, of } = await world();
    const uuid = await captured(at, of.formId);
    await patched(at, of, uuid, { is_closed: true });
    expect((await listed(at, of)).results).toMatchObject([{ status: "closed", owner: null }]);
    await patched(at, of, uuid, { is_closed: false, assigned_user_id: of.agent.id });
    expect((await listed(at, of, "", of.agent)).count).toBe(1);
    await patched(at, of, uuid, { assigned_user_id: null });
    expect((await listed(at, of, "", of.agent)).count).toBe(0);
    expect((await listed(at, of)).results).toMatchObject([{ status: "prospect", assignee: null }]);
  });
});

describe("a colleague's lead", () => {
  test("takes in a chat that v4 links to it, with its notes", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of);
    await note(at, of, lead.slug, "Called.");
    const one = await chat(at, of, { note: "Asked for a call." });
    const { id } = await known(lead.slug);
    await hal(await link(at, one.uid, of.admin, { link: { entity_id: id, entity_type: "leads" } }));
    const { notes } = await view(at, of, lead.slug);
    expect(notes.map(({ note, author }) => [note, author]).sort()).toEqual([
      ["Asked for a call.", null],
      ["Called.", of.admin.username],
    ]);
    expect((await listed(at, of)).count).toBe(1);
  });

  test("goes from list to list in v5 as its assignee changes here", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of);
    const { uuid } = await known(lead.slug);
    expect(await ids(at, pendingLeads(of.agent), of.agent)).toEqual([uuid]);
    await updated(at, of, lead, { assignee: of.agent.username });
    expect(await ids(at, pendingLeads(of.agent), of.agent)).toEqual([]);
    expect(await ids(at, assignedLeads(of.agent), of.agent)).toEqual([uuid]);
    await updated(at, of, lead, { assignee: of.otherAgent.username });
    expect(await ids(at, assignedLeads(of.agent), of.agent)).toEqual([]);
    expect(await ids(at, assignedLeads(of.otherAgent), of.otherAgent)).toEqual([uuid]);
  });
});
