/** A purge of what the CRM knows: nothing personal is left, and nothing that comes after brings it back. */
import { expect, test } from "vitest";
import { admin } from "../../support/edge.ts";
import { dump, eventKinds } from "../../support/rows.ts";
import {
  appointed,
  type CrmLead,
  createLead,
  data,
  get,
  hour,
  known,
  listed,
  meetings,
  note,
  post,
  refused,
  slugOf,
  somebody,
  updated,
  view,
  world,
} from "./v1.ts";

const PERSONAL = {
  ...{ first_name: "Zaphodine", last_name: "Beeblebroxia", email: "zaphodine@galaxy.example" },
  ...{ phone: "+358401112223", location: "Betelgeuse-seven", message: "Improbability-drive" },
};

test("of a lead empties it in every table, and its slug is unknown", async () => {
  const { at, of } = await world();
  const key = { "idempotency-key": "first" };
  const fields = somebody(PERSONAL);
  const create = () => post(at, of, "/create/lead", fields, of.admin, key);
  const lead = await data<CrmLead>(await create());
  await updated(at, of, lead, { message: "Improbability-drive, again", assignee: of.agent.username });
  const noted = { slug: lead.slug, note: "Pan-Galactic note" };
  const addNote = () => post(at, of, "/create/leadnote", noted, of.admin, key);
  await data(await addNote());
  const meeting = { slug: lead.slug, ...hour(1), appointment_note: "Pan-Galactic meeting" };
  const meet = () => post(at, of, "/create/appointment", meeting, of.admin, key);
  await data(await meet());
  const { uuid } = await known(lead.slug);
  await admin(at, "POST", `/organizations/${of.id}/purge`, { email: PERSONAL.email });

  const kept = JSON.stringify(await dump()).toLowerCase();
  for (const word of ["zaphodine", "beeblebrox", "galaxy", "401112223", "betelgeuse", "improbab", "galactic"]) {
    expect(kept.includes(word), word).toBe(false);
  }
  expect(await refused(await get(at, of, `/leads/view/lead/?slug=${lead.slug}`), 400)).toEqual({
    slug: ["Requested slug is invalid."],
  });
  for (const query of ["first_name=z", "last_name=b", "email=z", "phone=%2B35840111"]) {
    expect((await listed(at, of, `?${query}`)).count).toBe(0);
  }
  const shown = await view(at, of, await slugOf(uuid));
  const nobody = { first_name: "", last_name: "", email: "", phone: "", location: "", message: "" };
  expect(shown).toMatchObject({ ...nobody, owner: of.agent.username, status: "prospect", notes: [{ note: "" }] });
  expect(shown.appointments).toMatchObject([{ appointment_note: "", appointment_date: "2026-03-02T11:00:00+00:00" }]);
  expect((await meetings(at, of)).count).toBe(1);

  // Retries of what made them: answered without what was said, and nothing is made anew.
  const again = await create();
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  expect(await data(again)).toMatchObject(nobody);
  expect([(await addNote()).status, (await meet()).status]).toEqual([409, 409]);
  expect((await listed(at, of)).count).toBe(1);
  expect(await eventKinds(uuid)).toEqual(["created", "edit", "note", "appointment", "purge"]);
  expect(JSON.stringify(await dump()).toLowerCase()).not.toContain("galactic");
});

test("of a deleted lead leaves nothing either", async () => {
  const { at, of } = await world();
  const lead = await createLead(at, of, PERSONAL);
  await data(await note(at, of, lead.slug, "Pan-Galactic note"));
  await appointed(at, of, lead.slug, { ...hour(1), appointment_note: "Pan-Galactic meeting" });
  await data(await post(at, of, "/delete/lead", { slug: lead.slug }));
  await admin(at, "POST", `/organizations/${of.id}/purge`, { phone: "+358 40 111 2223" });
  const kept = JSON.stringify(await dump()).toLowerCase();
  for (const word of ["zaphodine", "beeblebrox", "galaxy", "401112223", "galactic"]) expect(kept).not.toContain(word);
});

test("after an edit finds the person by the new address, and by the old one no more", async () => {
  const { at, of } = await world();
  const lead = await createLead(at, of, PERSONAL);
  await updated(at, of, { ...lead, email: "new@example.org", phone: "+358409998887" });
  const purge = (body: object) => admin<{ purged: number }>(at, "POST", `/organizations/${of.id}/purge`, body);
  await purge({ email: PERSONAL.email });
  expect((await listed(at, of, "?email=new")).count).toBe(1);
  await purge({ email: "NEW@example.org" });
  expect((await listed(at, of, "?email=new")).count).toBe(0);
});
