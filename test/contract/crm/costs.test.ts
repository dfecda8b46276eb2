/**
 * What each operation of the CRM costs, exactly, as the database counts it: the same among 20 and among 20,000 leads. A page
 * of N leads or appointments is one round trip of at most 3N + 5 rows and the few of the rollup that counts them.
 */
import { describe, expect, test } from "vitest";
import { SEARCH_LIMIT_PEOPLE } from "../../../worker/services/list-worked-leads.ts";
import { type Edge, START } from "../../support/edge.ts";
import type { Usage } from "../../support/meter.ts";
import { rows } from "../../support/rows.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { manyAppointments } from "./many-appointments.ts";
import {
  appoint,
  type CrmAppointment,
  type CrmNote,
  type CrmPage,
  type CrmTenant,
  createLead,
  data,
  disappoint,
  get,
  hour,
  note,
  PREFIX,
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
const ROLLUP_ROWS = 6;

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
    "create a lead": usage(2, 8, 37, 18),
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

/** Follows `next` from the first page to the third. */
async function pages(at: Edge, of: CrmTenant, path: string, by = of.admin): Promise<void> {
  await data(await get(at, of, path, by));
  let address: string | null = path;
  for (let number = 1; number <= 3 && address !== null; number += 1) {
    const here: string = address.replace(`https://foyer.test${PREFIX}`, "");
    const [used, response] = await cost(at, () => get(at, of, here, by));
    const page: CrmPage<object> = await data(response);
    const most = 3 * page.results.length + 5 + ROLLUP_ROWS;
    expect([used.roundTrips, used.rowsRead <= most], `${here}: ${used.rowsRead} of ${most}`).toEqual([1, true]);
    address = page.next;
  }
}

describe.each(COUNTS)("a page of leads, among %i", (count) => {
  test("costs its own length, first, in the middle and deep, whatever the filter", async () => {
    const { at, of } = await world();
    const bob = of.agent.username;
    await manyLeads(of, { count: count / 2, state: "assigned", owner: of.agent });
    await manyLeads(of, { count: count / 2, state: "closed", owner: of.otherAgent });
    const [middle] = await rows<{ id: number }>("SELECT id FROM lead ORDER BY id LIMIT 1 OFFSET ?", count / 4);
    const [deep] = await rows<{ id: number }>("SELECT id FROM lead ORDER BY id LIMIT 1 OFFSET 8");
    for (const limit of [5, 25, 100]) {
      for (const filter of [
        "",
        "&status=prospect",
        "&status=closed",
        `&owner=${bob}`,
        `&owner=${bob}&status=prospect`,
        "&list_type=assigned",
        `&owner=${bob}&status=customer`,
      ]) {
        await pages(at, of, `/leads/list/?limit=${limit}${filter}`);
        for (const { id } of [middle, deep] as { id: number }[]) {
          await pages(at, of, `/leads/list/?limit=${limit}${filter}&offset=50&cursor=0.${id}`);
          await pages(at, of, `/leads/list/?limit=${limit}${filter}&offset=50&cursor=-0.${id}`);
        }
      }
      await pages(at, of, `/leads/list/?limit=${limit}&status=prospect`, of.agent);
    }
  });
});

describe.each(COUNTS)("a page of appointments, among %i", (count) => {
  test("costs its own length, first, in the middle and deep, whatever the filter", async () => {
    const { at, of } = await world();
    await manyLeads(of, { count: 20, state: "assigned", owner: of.agent });
    const slug = await manyAppointments(of, count);
    const middle = START + (count / 2) * 60_000;
    for (const by of [of.admin, of.agent]) {
      for (const filter of ["", "&status=pending", "&status=confirmed"]) {
        await pages(at, of, `/leads/appointments/list/?limit=25${filter}`, by);
        await pages(at, of, `/leads/appointments/list/?limit=25${filter}&offset=50&cursor=${middle}.1`, by);
        await pages(at, of, `/leads/appointments/list/?limit=25${filter}&offset=50&cursor=-${middle}.1`, by);
      }
    }
    // Of a day they are counted one by one, to 1,000 and no further; of a lead, whose slug is looked up first, too.
    for (const query of ["ondate=03/04/2026", "datesetting=after&ondate=03/01/2026", `lead=${slug}`]) {
      const [used, response] = await cost(at, () => get(at, of, `/leads/appointments/list/?${query}`));
      const page: CrmPage<object> = await data(response);
      expect(used.roundTrips).toBe(query.startsWith("lead") ? 2 : 1);
      expect(used.rowsRead, query).toBeLessThanOrEqual(3 * page.results.length + 5 + 1_000 + ROLLUP_ROWS);
    }
  });

  test("an overview shows a hundred of them, and costs no more", async () => {
    const { at, of } = await world();
    await manyLeads(of, { count: 20, state: "assigned", owner: of.agent });
    await manyAppointments(of, count);
    await data(await get(at, of, "/leads/overview/"));
    for (const period of ["upcoming", "week", "month"]) {
      const [used] = await cost(at, () => get(at, of, `/leads/overview/?appointment=${period}`));
      expect(used.rowsRead).toBeLessThanOrEqual(3 * Math.min(count, 100) + 5 + 2 * ROLLUP_ROWS);
    }
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
