/** Changes at the same moment: exactly one effect where one is legal, events without a gap, and never a 5xx. */
import { describe, expect, test } from "vitest";
import { patch } from "../../support/asking.ts";
import type { Person } from "../../support/edge.ts";
import { count, eventKinds, row, rows } from "../../support/rows.ts";
import { AT_ONCE, mixed, since, standing, times, together } from "./at-once.ts";
import { type CrmNote, createLead, data, listed, note, remove, removeNote, update, view, world } from "./v1.ts";

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
