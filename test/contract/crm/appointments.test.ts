/** POST leads/create/appointment, update and delete: whose they are, how they stand, and what lead they are about. */
import { describe, expect, test } from "vitest";
import { eventKinds } from "../../support/rows.ts";
import {
  appoint,
  appointed,
  createLead,
  data,
  disappoint,
  failed,
  hour,
  known,
  meetings,
  reappoint,
  refused,
  updated,
  view,
  world,
} from "./v1.ts";

const NOT_UNDER = { slug: ["You can't take appointment under this lead."] };
const _INVALID = { slug: ["Requested slug is invalid."] };
const NOT_FOUND = { appointment_id: ["Requested appointment not found."] };

describe("an appointment", () => {
  test("is whose who makes it, pending where nothing is said, and stands with its lead and in the list", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of, { assignee: of.agent.username });
    const made = await appointed(at, of, slug, { ...hour(1), appointment_note: "At theirs" }, of.agent);
    expect(made).toEqual({
      ...{ appointment_id: expect.any(Number), slug, user: of.agent.username, appointment_note: "At theirs" },
      ...{ appointment_status: "pending", appointment_date: "2026-03-02T11:00:00+00:00" },
      appointment_to: "2026-03-02T12:00:00+00:00",
    });
    expect((await view(at, of, slug)).appointments).toEqual([made]);
    expect((await meetings(at, of, "", of.agent)).results).toEqual([made]);
    expect(await eventKinds((await known(slug)).uuid)).toEqual(["created", "appointment"]);
  });

  test.each(["pending", "rescheduled", "cancelled", "fullfilled", "confirmed"])(
    "may be %s from its start, and become so",
    async (status) => {
      const { at, of } = await world();
      const { slug } = await createLead(at, of);
      const made = await appointed(at, of, slug, { ...hour(1), appointment_status: status });
      expect(made.appointment_status).toBe(status);
      const other = await appointed(at, of, slug, hour(5));
      const changed = await data(await reappoint(at, of, other.appointment_id, { appointment_status: status }));
      expect(changed).toEqual({ ...other, appointment_status: status });
      expect((await meetings(at, of, `?status=${status}`)).count).toBe(2);
    },
  );

  test("keeps what an update does not say; a note is emptied by nothing entered", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of);
    const made = await appointed(at, of, slug, { ...hour(1), appointment_note: "At theirs" });
    const id = made.appointment_id;
    expect(await data(await reappoint(at, of, id, { appointment_status: "" }))).toEqual(made);
    expect(await data(await reappoint(at, of, id, { appointment_note: "" }))).toEqual({
      ...made,
      appointment_note: "",
    });
    expect(await data(await reappoint(at, of, id, { ...hour(2), slug }))).toMatchObject({
      appointment_date: "2026-03-02T12:00:00+00:00",
    });
  });

  test("that is deleted is gone, and a second time not found", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of);
    const { appointment_id } = await appointed(at, of, slug);
    expect(await data(await disappoint(at, of, appointment_id))).toEqual({ appointment_id });
    for (const ask of [disappoint(at, of, appointment_id), reappoint(at, of, appointment_id, hour(3))]) {
      expect(await refused(await ask, 400)).toEqual(NOT_FOUND);
    }
    expect(await meetings(at, of)).toMatchObject({ count: 0, results: [] });
  });
});

describe("who may", () => {
  test("agents: under own leads, and change their own; administrators everywhere", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of, { assignee: of.agent.username });
    expect(await refused(await appoint(at, of, lead.slug, hour(1), of.otherAgent), 400)).toEqual(NOT_UNDER);
    const { appointment_id: id } = await appointed(at, of, lead.slug, hour(1), of.agent);
    const admins = await appointed(at, of, lead.slug, hour(3));
    await failed(await reappoint(at, of, id, hour(5), of.otherAgent), "You can't update this appointment.");
    await failed(await disappoint(at, of, id, of.otherAgent), "You can't delete this appointment.");
    await failed(
      await reappoint(at, of, admins.appointment_id, hour(5), of.agent),
      "You can't update this appointment.",
    );
    expect(await data(await reappoint(at, of, id, hour(5)))).toMatchObject({ user: of.agent.username });
    expect((await meetings(at, of, "", of.agent)).count).toBe(1);
    expect((await meetings(at, of)).count).toBe(2);
  });

  test("an agent whose lead was given away still tends the own appointment, and takes no new one", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of, { assignee: of.agent.username });
    const { appointment_id: id } = await appointed(at, of, lead.slug, hour(1), of.agent);
    await updated(at, of, lead, { assignee: of.otherAgent.username });
    expect(await refused(await appoint(at, of, lead.slug, hour(3), of.agent), 400)).toEqual(NOT_UNDER);
    await data(await reappoint(at, of, id, hour(5), of.agent));
    await data(await disappoint(at, of, id, of.agent));
  });
});
