/** Another tenant's slugs, ids, names and words look like those that do not exist, and what is done there changes nothing here. */
import { beforeEach, expect, test } from "vitest";
import type { Edge } from "../../support/edge.ts";
import { tenant } from "../../support/edge.ts";
import { dump } from "../../support/rows.ts";
import {
  appoint,
  appointed,
  type CrmTenant,
  createLead,
  data,
  disappoint,
  failed,
  get,
  hour,
  listed,
  meetings,
  note,
  post,
  reappoint,
  refused,
  remove,
  removeNote,
  somebody,
  update,
  withKey,
  world,
} from "./v1.ts";

let at: Edge;
let of: CrmTenant;
let other: CrmTenant;
let theirs: { lead: Awaited<ReturnType<typeof createLead>>; noteId: number; appointmentId: number };
beforeEach(async () => {
  ({ at, of } = await world());
  other = await withKey(at, await tenant(at));
  const lead = await createLead(at, other, { first_name: "Secret", email: "secret@example.org" });
  const { note_id } = await data<{ note_id: number }>(await note(at, other, lead.slug, "Secret."));
  const { appointment_id } = await appointed(at, other, lead.slug, hour(1));
  theirs = { lead, noteId: note_id, appointmentId: appointment_id };
});

test("every read and write of theirs is answered as what is unknown, and leaves all as it was", async () => {
  const { lead, noteId, appointmentId } = theirs;
  const mine = await createLead(at, of);
  const before = await dump();
  const invalid = { slug: ["Requested slug is invalid."] };
  const notFound = { appointment_id: ["Requested appointment not found."] };
  expect(await refused(await get(at, of, `/leads/view/lead/?slug=${lead.slug}`), 400)).toEqual(invalid);
  expect(await refused(await appoint(at, of, lead.slug, hour(5)), 400)).toEqual(invalid);
  await failed(await update(at, of, lead), "Requested lead does not esixt.");
  for (const ask of [remove(at, of, lead.slug), note(at, of, lead.slug)]) {
    expect(await refused(await ask, 400)).toEqual({ slug: ["Requested lead not found."] });
  }
  expect(await refused(await removeNote(at, of, noteId), 400)).toEqual({ note_id: ["Requested note not found."] });
  expect(await refused(await reappoint(at, of, appointmentId, hour(5)), 400)).toEqual(notFound);
  expect(await refused(await reappoint(at, of, appointmentId, { slug: mine.slug }), 400)).toEqual(notFound);
  expect(await refused(await disappoint(at, of, appointmentId), 400)).toEqual(notFound);
  const assignee = other.agent.username;
  for (const ask of [update(at, of, mine, { assignee }), post(at, of, "/create/lead", somebody({ assignee }))]) {
    expect(await refused(await ask, 400)).toEqual({ assignee: ["Assignee not found."] });
  }
  expect(await dump()).toEqual(before);
});

test("lists, searches, counts and the overview have nothing of theirs", async () => {
  for (const query of [
    "",
    "?first_name=secret",
    "?email=secret",
    `?owner=${other.admin.username}`,
    "?status=prospect",
  ]) {
    expect(await listed(at, of, query), query).toMatchObject({ count: 0, results: [] });
  }
  for (const query of ["", `?lead=${theirs.lead.slug}`, "?status=pending", "?ondate=03/02/2026"]) {
    expect(await meetings(at, of, query), query).toMatchObject({ count: 0, results: [] });
  }
  const overview = await data<{ TotalLeads: number; appointments: object[] }>(await get(at, of, "/leads/overview/"));
  expect([overview.TotalLeads, overview.appointments]).toEqual([0, []]);
});

test("an own appointment is not moved under their lead, and the same hour is free", async () => {
  const mine = await createLead(at, of);
  const { appointment_id: id } = await appointed(at, of, mine.slug, hour(1));
  const moved = await reappoint(at, of, id, { slug: theirs.lead.slug });
  expect(await refused(moved, 400)).toEqual({ slug: ["Requested slug is invalid."] });
  expect((await meetings(at, other)).count).toBe(1);
});

test("a cursor of theirs shows nothing but the own", async () => {
  for (let count = 0; count < 3; count += 1) await createLead(at, other);
  const page = await listed(at, other, "?limit=2");
  await createLead(at, of);
  const cursor = new URL(page.next as string).searchParams.get("cursor");
  for (const asked of [`${cursor}`, "0.999999999", "-0.0"]) {
    const { results } = await listed(at, of, `?cursor=${asked}&offset=2`);
    expect(results.every(({ owner }) => owner === of.admin.username)).toBe(true);
  }
});
