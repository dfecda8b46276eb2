/** "Appointment schedule exists for this time.": of one user and under one lead, whatever happens at once. */
import { describe, expect, test } from "vitest";
import type { Person } from "../../support/edge.ts";
import { count, eventKinds } from "../../support/rows.ts";
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
  world,
} from "./v1.ts";

const EXISTS = "Appointment schedule exists for this time.";
const AT_ONCE = 40;

/** A lead of the agent's with an appointment from the first hour to the third. */
async function taken() {
  const { at, of } = await world();
  const owner = { assignee: of.agent.username };
  const [one, two] = [await createLead(at, of, owner), await createLead(at, of, owner)];
  const first = await appointed(at, of, one.slug, hour(1, 2), of.agent);
  return { at, of, one, two, first };
}

describe("one after the other", () => {
  test.each([
    ["the same time", hour(1, 2)],
    ["within it", hour(1.5)],
    ["around it", hour(0.5, 5)],
    ["into its beginning", hour(0.5)],
    ["out of its end", hour(2.5)],
  ])("%s is refused: for one user under any lead, for one lead to any user", async (_, time) => {
    const { at, of, one, two } = await taken();
    await failed(await appoint(at, of, two.slug, time, of.agent), EXISTS);
    await failed(await appoint(at, of, one.slug, time, of.admin), EXISTS);
    expect((await meetings(at, of)).count).toBe(1);
    expect(await eventKinds((await known(two.slug)).uuid)).toEqual(["created"]);
    // Another's, under another lead, is nobody's clash.
    await appointed(at, of, two.slug, time, of.admin);
  });

  test("touching ones stand, before and after", async () => {
    const { at, of, one, two } = await taken();
    await appointed(at, of, one.slug, hour(0.5, 0.5), of.agent);
    await appointed(at, of, two.slug, hour(3), of.agent);
    expect((await meetings(at, of)).count).toBe(3);
  });

  test("cancelled ones clash with nobody; one that is revived does again", async () => {
    const { at, of, two, first } = await taken();
    await appointed(at, of, two.slug, { ...hour(1, 2), appointment_status: "cancelled" }, of.agent);
    await data(await reappoint(at, of, first.appointment_id, { appointment_status: "cancelled" }, of.agent));
    const second = await appointed(at, of, two.slug, hour(2), of.agent);
    const revive = (over: object = {}) =>
      reappoint(at, of, first.appointment_id, { appointment_status: "confirmed", ...over }, of.agent);
    await failed(await revive(), EXISTS);
    expect(await data(await revive(hour(3)))).toMatchObject({ appointment_status: "confirmed" });
    await data(await disappoint(at, of, second.appointment_id, of.agent));
    await data(await revive(hour(1, 2)));
  });

  test("moving is refused where it clashes, in time or to another lead, and leaves all as it was", async () => {
    const { at, of, one, two, first } = await taken();
    const other = await appointed(at, of, two.slug, hour(1, 2), of.admin);
    await failed(await reappoint(at, of, first.appointment_id, { slug: two.slug }, of.agent), EXISTS);
    const later = await appointed(at, of, one.slug, hour(5), of.admin);
    await failed(await reappoint(at, of, later.appointment_id, hour(2), of.admin), EXISTS);
    expect((await meetings(at, of)).results).toEqual([first, other, later]);
    for (const { slug } of [one, two]) {
      expect(await eventKinds((await known(slug)).uuid)).not.toContain("appointment-changed");
    }
  });

  test("its own former time is no clash", async () => {
    const { at, of, first } = await taken();
    expect(await data(await reappoint(at, of, first.appointment_id, hour(2, 2), of.agent))).toMatchObject({
      appointment_date: "2026-03-02T12:00:00+00:00",
    });
  });
});

describe(`${AT_ONCE} at once make one`, () => {
  async function allAtOnce(ask: (index: number) => Promise<Response>) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => ask(index)));
    const refusedOnes = answers.filter(({ status }) => status !== 200);
    expect(refusedOnes).toHaveLength(AT_ONCE - 1);
    for (const response of refusedOnes) await failed(response, EXISTS);
    expect(await count("appointment")).toBe(1);
  }

  test("of one user under one lead", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of);
    await allAtOnce(() => appoint(at, of, slug));
    expect(await eventKinds((await known(slug)).uuid)).toEqual(["created", "appointment"]);
  });

  test("of one user under as many leads", async () => {
    const { at, of } = await world();
    const leads = await Promise.all(Array.from({ length: AT_ONCE }, () => createLead(at, of)));
    await allAtOnce((index) => appoint(at, of, leads[index]?.slug as string));
  });

  test("under one lead, of its agent and its administrator", async () => {
    const { at, of } = await world();
    const { slug } = await createLead(at, of, { assignee: of.agent.username });
    const people: Person[] = [of.agent, of.admin];
    await allAtOnce((index) => appoint(at, of, slug, hour(1 + (index % 4) / 8), people[index % 2]));
  });

  test("moved to one time", async () => {
    const { at, of } = await world();
    const leads = await Promise.all(Array.from({ length: 10 }, () => createLead(at, of)));
    const made = [];
    for (const [index, { slug }] of leads.entries()) made.push(await appointed(at, of, slug, hour(10 + index)));
    const answers = await Promise.all(made.map(({ appointment_id }) => reappoint(at, of, appointment_id, hour(1))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(401)]);
  });
});
