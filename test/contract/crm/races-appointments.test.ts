/** Appointments at the same moment as other changes: one effect, told by events, counted right. */
import { describe, expect, test } from "vitest";
import { patch } from "../../support/asking.ts";
import { count, eventKinds, rows } from "../../support/rows.ts";
import { AT_ONCE, mixed, since, standing, times, together } from "./at-once.ts";
import { appoint, appointed, createLead, disappoint, hour, known, reappoint, remove, updated } from "./v1.ts";

const recounted = async () => {
  const kept = await rows<{ n: number }>("SELECT sum(count) AS n FROM appointment_rollup WHERE user_id = 0");
  expect(kept[0]?.n ?? 0).toBe(await count("appointment"));
};

describe("appointments", () => {
  test("made while the lead is closed: none comes after", async () => {
    const { at, of, lead, uuid } = await standing();
    const made = times((index) => appoint(at, of, lead.slug, hour(1 + index)), 40);
    const statuses = await together(
      mixed(
        made,
        times(() => patch(at, of, uuid, { is_closed: true }), 10),
      ),
    );
    const kinds = await eventKinds(uuid);
    expect(since(kinds, "close")).toEqual([]);
    expect(await count("appointment")).toBe(kinds.filter((kind) => kind === "appointment").length);
    expect(statuses[200]).toBe(10 + (await count("appointment")));
    await recounted();
  });

  test("made and changed while the lead is deleted: none stays", async () => {
    const { at, of, lead, uuid } = await standing();
    const { appointment_id: id } = await appointed(at, of, lead.slug, hour(200));
    const asks = [
      times((index) => appoint(at, of, lead.slug, hour(1 + index)), 20),
      times((index) => reappoint(at, of, id, hour(300 + index)), 20),
      times(() => remove(at, of, lead.slug), 5),
    ];
    await together(mixed(...asks));
    expect(await count("appointment")).toBe(0);
    expect(since(await eventKinds(uuid), "delete")).toEqual([]);
    await recounted();
  });

  test("deleted at once: one effect", async () => {
    const { at, of, lead, uuid } = await standing();
    const { appointment_id: id } = await appointed(at, of, lead.slug);
    expect(await together(times(() => disappoint(at, of, id)))).toEqual({ 200: 1, 400: AT_ONCE - 1 });
    expect(await eventKinds(uuid)).toEqual(["created", "appointment", "appointment-deleted"]);
    await recounted();
  });

  test("moved to two leads at once, and deleted: every event told something that happened", async () => {
    const { at, of, lead, uuid } = await standing();
    const [one, two] = [await createLead(at, of), await createLead(at, of)];
    const { appointment_id: id } = await appointed(at, of, lead.slug);
    const asks = mixed(
      times((index) => reappoint(at, of, id, { slug: (index % 2 ? one : two).slug }), 20),
      times(() => updated(at, of, one, { status: "closed" }).then(() => new Response()), 1),
      times(() => disappoint(at, of, id), 2),
    );
    const statuses = await together(asks);
    // Whoever deletes what is just being moved is told of the conflict.
    if ((await count("appointment")) > 0) expect(statuses[409]).toBeGreaterThanOrEqual(2);
    // Each move is told by both leads.
    const kinds = await Promise.all([lead, one, two].map(async ({ slug }) => eventKinds((await known(slug)).uuid)));
    const told = kinds.flat().filter((kind) => kind === "appointment-changed").length;
    expect(kinds.flat().filter((kind) => kind === "appointment-deleted")).toHaveLength(
      1 - (await count("appointment")),
    );
    // A move to where it is already is an update of one lead.
    expect(told).toBeLessThanOrEqual(2 * (statuses[200] ?? 0));
    expect(since(kinds[1] as string[], "edit")).not.toContain("appointment");
    await recounted();
    expect(await eventKinds(uuid)).toContain("appointment");
  });
});
