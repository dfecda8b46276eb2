/** The lead that an appointment is about: which takes one, moving to another, and what is left when it closes. */
import { describe, expect, test } from "vitest";
import { admin, lead as captured } from "../../support/edge.ts";
import { count, eventKinds } from "../../support/rows.ts";
import {
  appoint,
  appointed,
  createLead,
  data,
  hour,
  known,
  meetings,
  reappoint,
  refused,
  remove,
  slugOf,
  update,
  updated,
  view,
  world,
} from "./v1.ts";

const NOT_UNDER = { slug: ["You can't take appointment under this lead."] };
const INVALID = { slug: ["Requested slug is invalid."] };
const _NOT_FOUND = { appointment_id: ["Requested appointment not found."] };

describe("the lead it is about", () => {
  test("closed or deleted: none is taken; unknown or still waiting: the slug is invalid", async () => {
    const { at, of } = await world();
    const closed = await createLead(at, of, { status: "closed" });
    const deleted = await createLead(at, of);
    await remove(at, of, deleted.slug);
    for (const { slug } of [closed, deleted])
      expect(await refused(await appoint(at, of, slug), 400)).toEqual(NOT_UNDER);
    for (const slug of ["nobody-0123456789", await slugOf(await captured(at, of.formId))]) {
      expect(await refused(await appoint(at, of, slug), 400)).toEqual(INVALID);
    }
    expect(await count("appointment")).toBe(0);
  });

  test("can be another one later, if that takes appointments; both leads' events tell", async () => {
    const { at, of } = await world();
    const [one, two] = [await createLead(at, of), await createLead(at, of)];
    const made = await appointed(at, of, one.slug);
    expect(await data(await reappoint(at, of, made.appointment_id, { slug: two.slug }))).toEqual({
      ...made,
      slug: two.slug,
    });
    expect((await view(at, of, one.slug)).appointments).toEqual([]);
    for (const [{ slug }, kinds] of [
      [one, ["created", "appointment", "appointment-changed"]],
      [two, ["created", "appointment-changed"]],
    ] as const) {
      expect(await eventKinds((await known(slug)).uuid)).toEqual(kinds);
    }
    await updated(at, of, one, { status: "closed" });
    expect(await refused(await reappoint(at, of, made.appointment_id, { slug: one.slug }), 400)).toEqual(NOT_UNDER);
    expect(await refused(await reappoint(at, of, made.appointment_id, { slug: "nobody" }), 400)).toEqual(INVALID);
    expect((await view(at, of, two.slug)).appointments).toHaveLength(1);
  });

  test("is not moved under another agent's lead", async () => {
    const { at, of } = await world();
    const mine = await createLead(at, of, { assignee: of.agent.username });
    const theirs = await createLead(at, of, { assignee: of.otherAgent.username });
    const { appointment_id: id } = await appointed(at, of, mine.slug, hour(1), of.agent);
    expect(await refused(await reappoint(at, of, id, { slug: theirs.slug }, of.agent), 400)).toEqual(NOT_UNDER);
    expect(await eventKinds((await known(mine.slug)).uuid)).toEqual(["created", "appointment"]);
  });

  test("closed meanwhile: the appointment is marked, cancelled and told about, and gets no new time", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of);
    const { appointment_id: id } = await appointed(at, of, lead.slug);
    await updated(at, of, lead, { status: "closed" });
    for (const over of [{ appointment_status: "fullfilled" }, { appointment_note: "Went well." }]) {
      expect(await data(await reappoint(at, of, id, { ...over, slug: lead.slug }))).toMatchObject(over);
    }
    expect(await refused(await reappoint(at, of, id, hour(9)), 400)).toEqual(NOT_UNDER);
    await data(await reappoint(at, of, id, { appointment_status: "cancelled" }));
    expect(await refused(await reappoint(at, of, id, { appointment_status: "pending" }), 400)).toEqual(NOT_UNDER);
    expect((await update(at, of, lead, { status: "contact" })).status).toBe(200);
    await data(await reappoint(at, of, id, { appointment_status: "pending" }));
  });

  test("emptied by a purge: the note is gone, and neither note nor time is taken", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of);
    const { appointment_id: id } = await appointed(at, of, slug, { ...hour(1), appointment_note: "At Grace's" });
    const { uuid } = await known(slug);
    await admin(at, "POST", `/organizations/${of.id}/purge`, { lead_id: uuid });
    const now = await slugOf(uuid);
    expect((await meetings(at, of)).results).toMatchObject([{ slug: now, appointment_note: "" }]);
    expect(await refused(await appoint(at, of, now, hour(5)), 400)).toEqual(NOT_UNDER);
    for (const over of [hour(5), { appointment_note: "Again" }]) {
      expect(await refused(await reappoint(at, of, id, over), 400)).toEqual(NOT_UNDER);
    }
    await data(await reappoint(at, of, id, { appointment_status: "fullfilled", appointment_note: "" }));
  });
});
