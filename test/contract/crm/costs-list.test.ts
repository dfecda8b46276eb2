/** Pages of the CRM: one round trip, at most 3N + 5 rows and the few of the rollup that counts them, wherever they lie. */
import { describe, expect, test } from "vitest";
import { type Edge, START } from "../../support/edge.ts";
import type { Usage } from "../../support/meter.ts";
import { rows } from "../../support/rows.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { manyAppointments } from "./many-appointments.ts";
import { type CrmPage, type CrmTenant, data, get, PREFIX, world } from "./v1.ts";

const COUNTS = [20, 20_000];
/** Rows of the rollup that a page's count reads: one a stage and source, or one a status of appointments. */
const ROLLUP_ROWS = 6;

async function cost(at: Edge, act: () => Promise<Response>): Promise<[Usage, Response]> {
  at.resetUsage();
  const response = await act();
  return [{ ...at.usage }, response];
}
const _usage = (roundTrips: number, statements: number, rowsRead: number, rowsWritten = 0): Usage => ({
  ...{ roundTrips, statements, rowsRead, rowsWritten },
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
