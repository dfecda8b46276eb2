/** What a summary costs, counted by the database: the same whatever else is there. */
import { expect, test } from "vitest";
import { patch } from "../../support/asking.ts";
import { chat } from "../../support/chats.ts";
import { type Edge, edge, tenant } from "../../support/edge.ts";
import { row } from "../../support/rows.ts";
import { manyLeads } from "../../support/standing-leads.ts";
import { address, apiKey, ask, basic, capturedLead } from "./summary.ts";

const cost = async (at: Edge, act: () => Promise<Response>) => {
  at.resetUsage();
  expect((await act()).status).toBe(200);
  return { ...at.usage };
};
const read = (rowsRead: number) => ({ roundTrips: 1, statements: 1, rowsRead, rowsWritten: 0 });

/** Lead, contact, form, source, and the stage by way of the pipeline's roles. */
const CAPTURED = 7;
/** With its owner; an assigned lead names its stage itself. */
const ASSIGNED = 7;
/** And the room, by way of the lead's rooms, and a note. */
const CHAT = 10;

test.each([0, 20_000])("one round trip, a row for each thing it tells, among %i leads more", async (count) => {
  const at = edge();
  const of = await tenant(at);
  if (count > 0) await manyLeads(of, { count });
  const [captured, chatted] = [await capturedLead(at, of), (await chat(at, of)).id];
  const { token } = of.agent;
  await ask(at, captured, token);
  expect(await cost(at, () => ask(at, captured, token))).toEqual(read(CAPTURED));
  expect(await cost(at, () => ask(at, chatted, token))).toEqual(read(CHAT));
  const { uuid } = await row<{ uuid: string }>("SELECT uuid FROM lead WHERE id = ?", captured);
  expect((await patch(at, of, uuid, { assigned_user_id: of.agent.id })).status).toBe(200);
  expect(await cost(at, () => ask(at, captured, token))).toEqual(read(ASSIGNED));
});

test("Basic credentials cost nothing more once both halves are known, and a round trip for each before", async () => {
  const at = edge();
  const of = await tenant(at);
  const { secret } = await apiKey(at, of);
  const id = await capturedLead(at, of);
  const knock = () => at.send("GET", address(id), { headers: { authorization: basic(secret, of.agent.token) } });
  expect((await cost(at, knock)).roundTrips).toBe(3);
  expect(await cost(at, knock)).toEqual(read(CAPTURED));
});
