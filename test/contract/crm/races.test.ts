/** Changes at the same moment: exactly one effect where one is legal, events without a gap, and never a 5xx. */
import { describe, expect, test } from "vitest";
import { patch } from "../../support/asking.ts";
import type { Edge, Person } from "../../support/edge.ts";
import { count, eventKinds, row, rows } from "../../support/rows.ts";
import {
  appoint,
  appointed,
  type CrmLead,
  type CrmNote,
  type CrmTenant,
  createLead,
  data,
  disappoint,
  hour,
  known,
  listed,
  note,
  reappoint,
  remove,
  removeNote,
  update,
  updated,
  view,
  world,
} from "./v1.ts";

const AT_ONCE = 50;

async function standing(): Promise<{ at: Edge; of: CrmTenant; lead: CrmLead; uuid: string }> {
  const { at, of } = await world();
  const lead = await createLead(at, of, { assignee: of.agent.username });
  return { at, of, lead, uuid: (await known(lead.slug)).uuid };
}
/** Everything at once. @returns how often each status was answered. */
async function together(asks: (() => Promise<Response>)[]): Promise<Record<number, number>> {
  const answers = await Promise.all(asks.map((ask) => ask()));
  const statuses: Record<number, number> = {};
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
  expect(Object.keys(statuses).filter((status) => Number(status) >= 500)).toEqual([]);
  return statuses;
}
const times = (ask: (index: number) => Promise<Response>, many = AT_ONCE) =>
  Array.from({ length: many }, (_, index) => () => ask(index));
const mixed = (...asks: (() => Promise<Response>)[][]) => asks.flat().sort(() => Math.random() - 0.5);
const since = (kinds: string[], kind: string) => kinds.slice(kinds.indexOf(kind) + 1);
const recounted = async () => {
  const kept = await rows<{ n: number }>("SELECT sum(count) AS n FROM appointment_rollup WHERE user_id = 0");
  expect(kept[0]?.n ?? 0).toBe(await count("appointment"));
};

describe("one lead", () => {
  test("is deleted once", async () => {
    const { at, of, lead, uuid } = await standing();
    const statuses = await together(times(() => remove(at, of, lead.slug)));
    expect(statuses).toEqual({ 200: 1, 400: AT_ONCE - 1 });
    expect(await eventKinds(uuid)).toEqual(["created", "delete"]);
  });

  test("is edited as often as is asked, each edit whole: the last one's words stand together", async () => {
    const { at, of, lead, uuid } = await standing();
    const words = (index: number) => ({ first_name: `F${index}`, last_name: `L${index}`, message: `M${index}` });
    expect(await together(times((index) => update(at, of, lead, words(index))))).toEqual({ 200: AT_ONCE });
    expect(await eventKinds(uuid)).toHaveLength(1 + AT_ONCE);
    const { first_name, last_name, message } = await view(at, of, lead.slug);
    expect(new Set([first_name, last_name, message].map((text) => text.slice(1))).size).toBe(1);
    expect(await row("SELECT name FROM contact")).toEqual({ name: `${first_name} ${last_name}` });
  });

  test("edited and deleted: nothing is edited after it is gone", async () => {
    const { at, of, lead, uuid } = await standing();
    const asks = mixed(
      times(() => update(at, of, lead, { message: "x" }), 25),
      times(() => remove(at, of, lead.slug), 25),
    );
    const statuses = await together(asks);
    const kinds = await eventKinds(uuid);
    expect(kinds.filter((kind) => kind === "delete")).toHaveLength(1);
    expect(since(kinds, "delete")).toEqual([]);
    expect(statuses[200]).toBe(kinds.length - 1);
  });

  test("assigned to two agents at once has one owner, who may edit it", async () => {
    const { at, of } = await world();
    const lead = await createLead(at, of);
    const people: Person[] = [of.agent, of.otherAgent];
    await together(times((index) => update(at, of, lead, { assignee: people[index % 2]?.username })));
    const { owner } = await view(at, of, lead.slug);
    const [theirs, others] = owner === of.agent.username ? people : [...people].reverse();
    expect((await update(at, of, lead, {}, theirs)).status).toBe(200);
    expect((await update(at, of, lead, {}, others)).status).toBe(401);
    for (const who of people) expect((await listed(at, of, "", who)).count).toBe(who === theirs ? 1 : 0);
  });

  test("given away while its agent edits it: no edit of the agent's comes after", async () => {
    const { at, of, lead, uuid } = await standing();
    const edits = times(() => update(at, of, lead, { message: "mine" }, of.agent), 25);
    await together(mixed(edits, [() => patch(at, of, uuid, { assigned_user_id: of.otherAgent.id })]));
    const events = await rows<{ kind: string; actor_id: string }>(
      "SELECT kind, actor_id FROM lead_event ORDER BY version",
    );
    const given = events.findIndex(({ kind }) => kind === "assign");
    expect(given).toBeGreaterThan(0);
    expect(events.slice(given + 1).filter(({ actor_id }) => actor_id === String(of.agent.user_id))).toEqual([]);
    await eventKinds(uuid);
  });
});

describe("notes", () => {
  test("written while the lead is deleted: none comes after, and each that was answered is there", async () => {
    const { at, of, lead, uuid } = await standing();
    const answers = mixed(
      times((index) => note(at, of, lead.slug, `N${index}`), 40),
      times(() => remove(at, of, lead.slug), 10),
    );
    const statuses = await together(answers);
    const kinds = await eventKinds(uuid);
    expect(since(kinds, "delete")).toEqual([]);
    expect(await count("note")).toBe(kinds.filter((kind) => kind === "note").length);
    expect(statuses[200]).toBe(kinds.length - 1);
  });

  test("deleted at once: one effect", async () => {
    const { at, of, lead, uuid } = await standing();
    const { note_id } = await data<CrmNote>(await note(at, of, lead.slug));
    expect(await together(times(() => removeNote(at, of, note_id)))).toEqual({ 200: 1, 400: AT_ONCE - 1 });
    expect(await eventKinds(uuid)).toEqual(["created", "note", "note-deleted"]);
  });
});

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
