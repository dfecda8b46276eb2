/** POST leads/create/leadnote, leads/delete/leadnote. */
import { describe, expect, test } from "vitest";
import { patched } from "../../support/asking.ts";
import { admin, capture, lead as captured, form, somebody as visitor } from "../../support/edge.ts";
import { count, eventKinds, rows } from "../../support/rows.ts";
import {
  type CrmNote,
  createLead,
  data,
  failed,
  known,
  note,
  refused,
  remove,
  removeNote,
  slugOf,
  updated,
  view,
  world,
} from "./v1.ts";

const NOT_FOUND = { note_id: ["Requested note not found."] };

describe("a note", () => {
  test("is shown with its lead, its author and its time, the newest first", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of, { assignee: of.agent.username });
    const one = await data<CrmNote>(await note(at, of, slug, "Called, nobody there.", of.agent));
    expect(one).toEqual({
      ...{ slug, note_id: expect.any(Number), note: "Called, nobody there.", author: of.agent.username },
      created_at: "2026-03-02T10:00:00.000Z",
    });
    at.clock.now += 60_000;
    await data(await note(at, of, slug, "  <b>&</b> 'É' \n🙂  "));
    const { notes, updated_at } = await view(at, of, slug);
    expect(notes.map((each) => [each.note, each.author])).toEqual([
      ["<b>&</b> 'É' \n🙂", of.admin.username],
      ["Called, nobody there.", of.agent.username],
    ]);
    expect(updated_at).toBe(new Date(at.clock.now).toISOString());
    expect(await eventKinds((await known(slug)).uuid)).toEqual(["created", "note", "note"]);
  });

  test("of 499 characters is taken, as people count them", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of);
    const text = "🙂".repeat(499);
    expect((await data<CrmNote>(await note(at, of, slug, text))).note).toBe(text);
    const most = { note: ["Ensure this field has no more than 499 characters."] };
    expect(await refused(await note(at, of, slug, `${text}.`), 400)).toEqual(most);
  });

  test("is written and deleted under a closed lead, too", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of, { status: "closed" });
    const { note_id } = await data<CrmNote>(await note(at, of, slug));
    expect(await data(await removeNote(at, of, note_id))).toEqual({ note_id });
    expect(await view(at, of, slug)).toMatchObject({ status: "closed", notes: [] });
  });

  test("of a visitor who wrote again has no author, and is an administrator's to delete", async () => {
    const { at, of } = await world();
    const formId = await form(at, of.id, { duplicate_policy: "contact" });
    const request = { visitor_id: "v", data: { ...visitor(), email: "ada@example.org", message: "First." } };
    const uuid = await captured(at, formId, request);
    await patched(at, of, uuid, { assigned_user_id: of.agent.id });
    const again = { ...request, data: { ...request.data, message: "Second." } };
    expect((await capture(at, formId, again)).status).toBe(409);
    const { notes } = await view(at, of, await slugOf(uuid), of.agent);
    expect(notes).toMatchObject([{ author: null, note: expect.stringContaining("Second.") }]);
    const { note_id } = notes[0] as CrmNote;
    await failed(await removeNote(at, of, note_id, of.agent), "You can't delete this note.");
    await data(await removeNote(at, of, note_id));
    expect(await count("note")).toBe(0);
  });
});

describe("who may", () => {
  test("write: whose lead it is, and administrators", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of, { assignee: of.agent.username });
    await failed(await note(at, of, slug, "x", of.otherAgent), "You can't add note on this lead.");
    await data(await note(at, of, slug, "x", of.agent));
    await data(await note(at, of, slug, "x"));
    expect(await count("note")).toBe(2);
  });

  test("delete: who wrote it, even if the lead is another's by now, and administrators", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of, { assignee: of.agent.username });
    const mine = await data<CrmNote>(await note(at, of, lead.slug, "Mine.", of.agent));
    const admins = await data<CrmNote>(await note(at, of, lead.slug, "Admin's."));
    await updated(at, of, lead, { assignee: of.otherAgent.username });
    for (const { note_id } of [mine, admins]) {
      await failed(await removeNote(at, of, note_id, of.otherAgent), "You can't delete this note.");
    }
    await data(await removeNote(at, of, mine.note_id, of.agent));
    await data(await removeNote(at, of, admins.note_id));
    expect(await refused(await removeNote(at, of, admins.note_id), 400)).toEqual(NOT_FOUND);
    expect(await eventKinds((await known(lead.slug)).uuid)).toEqual([
      ...["created", "note", "note", "edit", "note-deleted", "note-deleted"],
    ]);
  });
});

describe("under what there is no more", () => {
  test("deleted: none is added, none is deleted", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of);
    const { note_id } = await data<CrmNote>(await note(at, of, slug));
    await data(await remove(at, of, slug));
    const gone = { slug: ["Requested lead already has a deleted status."] };
    expect(await refused(await note(at, of, slug), 400)).toEqual(gone);
    expect(await refused(await removeNote(at, of, note_id), 400)).toEqual(NOT_FOUND);
    expect(await count("note")).toBe(1);
  });

  test("unknown, or still waiting: not found", async () => {
    const { at, of } = await world();
    for (const slug of ["nobody-0123456789", await slugOf(await captured(at, of.formId))]) {
      expect(await refused(await note(at, of, slug), 400)).toEqual({ slug: ["Requested lead not found."] });
    }
    expect(await refused(await removeNote(at, of, 999_999), 400)).toEqual(NOT_FOUND);
  });

  test("a purge empties notes, and lets none be written afterwards", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of);
    await data(await note(at, of, slug, "Very personal."));
    const { uuid } = await known(slug);
    await admin(at, "POST", `/organizations/${of.id}/purge`, { lead_id: uuid });
    expect(await rows("SELECT text FROM note")).toEqual([{ text: "" }]);
    await failed(await note(at, of, await slugOf(uuid), "More."), "You can't add note on this lead.");
    expect(await count("note")).toBe(1);
  });
});
