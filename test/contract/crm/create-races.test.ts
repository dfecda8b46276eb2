/** What was chosen for a lead goes away while the lead is made: it is made all the same, and nothing dangles. */
import { expect, test } from "vitest";
import { admin } from "../../support/edge.ts";
import { interrupt } from "../../support/interrupt.ts";
import { count, eventKinds, row } from "../../support/rows.ts";
import { createLead, listed, world } from "./v1.ts";

const PIPELINES = (id: string) => `/organizations/${id}/pipelines`;

test("the assignee leaves: the lead is nobody's yet, and in everybody's list", async () => {
  const { at, of } = await world();
  interrupt(at, () => admin(at, "PATCH", `/organizations/${of.id}/users/${of.agent.id}`, { is_active: false }));
  const lead = await createLead(at, of, { assignee: of.agent.username });
  expect([lead.assignee, lead.owner]).toEqual([null, of.admin.username]);
  const { uuid, state } = await row<{ uuid: string; state: string }>("SELECT uuid, state FROM lead");
  expect([state, await eventKinds(uuid)]).toEqual(["pending", ["created"]]);
  expect((await listed(at, of)).count).toBe(1);
});

test("the status goes: the lead stands where work starts", async () => {
  const { at, of } = await world();
  const { results } = await admin<{ results: { id: number }[] }>(at, "GET", PIPELINES(of.id));
  const statuses = `${PIPELINES(of.id)}/${results[0]?.id}/statuses`;
  const status = { key: "hot", name: "Hot", colour: "#ff0000" };
  const { id } = await admin<{ id: number }>(at, "POST", statuses, status);
  interrupt(at, () => admin(at, "DELETE", `${statuses}/${id}`));
  expect((await createLead(at, of, { status: "hot" })).status).toBe("prospect");
  expect(await count("status", "key = 'hot'")).toBe(0);
  expect((await listed(at, of, "?status=prospect")).count).toBe(1);
});
