/**
 * What each operation of the CRM costs, exactly, as the database counts it: the same among 20 and among 20,000 leads. A page
 * of N leads or appointments is one round trip of at most 3N + 5 rows and the few of the rollup that counts them.
 */
import { describe, expect, test } from "vitest";
import { SEARCH_LIMIT_PEOPLE } from "../../../worker/services/list-worked-leads.ts";
import type { Edge } from "../../support/edge.ts";
import type { Usage } from "../../support/meter.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import {
  appoint,
  type CrmAppointment,
  type CrmNote,
  createLead,
  data,
  disappoint,
  get,
  hour,
  note,
  post,
  reappoint,
  remove,
  removeNote,
  somebody,
  update,
  world,
} from "./v1.ts";

const COUNTS = [20, 20_000];
/** Rows of the rollup that a page's count reads: one a stage and source, or one a status of appointments. */
const _ROLLUP_ROWS = 6;

async function cost(at: Edge, act: () => Promise<Response>): Promise<[Usage, Response]> {
  at.resetUsage();
  const response = await act();
  return [{ ...at.usage }, response];
}
const usage = (roundTrips: number, statements: number, rowsRead: number, rowsWritten = 0): Usage => ({
  ...{ roundTrips, statements, rowsRead, rowsWritten },
});

/** One of everything that people do, in a tenant of so many leads. */
async function work(count: number): Promise<Record<string, Usage>> {
  const { at, of } = await world();
  const assignee = of.agent.username;
  await manyLeads(of, { count, state: "assigned", owner: of.agent });
  const [one, two] = [await createLead(at, of, { assignee }), await createLead(at, of, { assignee })];
  await get(at, of, "/leads/list/");
  const costs: Record<string, Usage> = {};
  const ask = async <T>(name: string, act: () => Promise<Response>): Promise<T> => {
    const [used, response] = await cost(at, act);
    costs[name] = used;
    return data<T>(response);
  };
  await ask("overview", () => get(at, of, "/leads/overview/"));
  await ask("view a lead", () => get(at, of, `/leads/view/lead/?slug=${one.slug}`));
  await ask("create a lead", () => post(at, of, "/create/lead", somebody({ assignee })));
  await ask("update a lead", () => update(at, of, one, { message: "x" }));
  await ask("assign a lead", () => update(at, of, one, { assignee: of.otherAgent.username }));
  await ask("close a lead", () => update(at, of, one, { status: "closed" }));
  await ask("reopen a lead", () => update(at, of, one, { status: "contact" }));
  const { note_id } = await ask<CrmNote>("add a note", () => note(at, of, one.slug));
  await ask("delete a note", () => removeNote(at, of, note_id));
  const made = await ask<CrmAppointment>("make an appointment", () => appoint(at, of, one.slug));
  const id = made.appointment_id;
  await ask("mark an appointment", () => reappoint(at, of, id, { appointment_status: "confirmed" }));
  await ask("change an appointment's time", () => reappoint(at, of, id, hour(3)));
  await ask("move an appointment to another lead", () => reappoint(at, of, id, { slug: two.slug }));
  const [clash] = await cost(at, () => appoint(at, of, one.slug, hour(3)));
  costs["refuse an overlap"] = clash;
  await ask("delete an appointment", () => disappoint(at, of, id));
  await data(await appoint(at, of, two.slug));
  await ask("delete a lead with an appointment", () => remove(at, of, two.slug));
  return costs;
}

test.each(COUNTS)("everything that people do costs this, among %i leads", async (count) => {
  expect(await work(count)).toEqual({
    overview: usage(1, 2, 8),
    "view a lead": usage(1, 3, 6),
    // What may be chosen is read with the write, not believed.
    "create a lead": usage(2, 9, 40, 18),
    "update a lead": usage(2, 11, 37, 14),
    "assign a lead": usage(2, 11, 48, 18),
    "close a lead": usage(2, 11, 45, 18),
    "reopen a lead": usage(2, 11, 45, 18),
    "add a note": usage(1, 6, 27, 12),
    "delete a note": usage(2, 6, 17, 10),
    "make an appointment": usage(1, 6, 33, 18),
    "mark an appointment": usage(2, 8, 31, 19),
    "change an appointment's time": usage(2, 8, 27, 15),
    "move an appointment to another lead": usage(2, 12, 46, 24),
    // A batch that the database refuses does not tell its rows.
    "refuse an overlap": usage(1, 0, 0),
    "delete an appointment": usage(2, 7, 23, 12),
    "delete a lead with an appointment": usage(1, 7, 29, 9),
  });
});

describe("a search", () => {
  test("reads a few rows for each person that it looks at, and looks at so many and no more", async () => {
    const { at, of } = await world();
    await manyLeads(of, { count: 20_000, state: "assigned", owner: of.agent });
    await data(await get(at, of, "/leads/list/"));
    for (const query of [
      "first_name=l",
      "email=1",
      "first_name=l&last_name=1",
      `first_name=l&owner=${of.otherAgent.username}`,
    ]) {
      const [used, response] = await cost(at, () => get(at, of, `/leads/list/?${query}`));
      expect(await data(response)).toMatchObject({ is_partial: true });
      expect([used.roundTrips, used.rowsRead <= 7 * SEARCH_LIMIT_PEOPLE + 200], query).toEqual([1, true]);
    }
    const made = await createLead(at, of);
    const [used] = await cost(at, () => get(at, of, `/leads/list/?email=${made.email}`));
    expect(used).toEqual(usage(1, 1, 12));
  });
});
