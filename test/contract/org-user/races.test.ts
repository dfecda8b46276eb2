/** Two changes of one lead at the same moment: exactly one wins, and the events tell what happened. */
import { expect, test } from "vitest";
import { admin, edge, lead, type Person, tenant } from "../../support/edge.ts";
import { eventKinds, row, rows } from "../../support/rows.ts";
import { answer, assignedLeads, get, ids, NOT_FOUND, orgLeads, patch, pendingLeads, refused } from "./v5.ts";

const AT_ONCE = 100;
/** The first half of the requests are one person's, the rest another's, one after the other. */
const alternate = <T>(count: number, one: T, other: T): T[] =>
  Array.from({ length: count }, (_, index) => (index % 2 === 0 ? one : other));

const versionOf = async (id: string) =>
  (await row<{ version: number }>("SELECT version FROM lead WHERE uuid = ?", id)).version;

test("100 picks of one pending lead by two agents: one 200, 99 times 404, one event, version 2", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  const pickers = alternate(AT_ONCE, of.agent, of.otherAgent);
  const answers = await Promise.all(
    pickers.map((who) => patch(at, `${pendingLeads(who)}/${id}`, who, { assigned_user_id: who.id })),
  );
  const won = answers.findIndex(({ status }) => status === 200);
  const winner = pickers[won] as Person;
  for (const [index, response] of answers.entries()) {
    if (index === won) expect((await answer(response)).assigned_user_id).toBe(winner.id);
    else await refused(response, 404, NOT_FOUND);
  }
  expect(await eventKinds(id)).toEqual(["created", "assign"]);
  expect(await versionOf(id)).toBe(2);
  expect(await ids(at, assignedLeads(winner), winner)).toEqual([id]);
});

test("picks and closings of one pending lead through the pending lists: one of them wins", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  const bodies = alternate<object>(AT_ONCE, { assigned_user_id: of.agent.id }, { is_closed: true });
  const answers = await Promise.all(bodies.map((body) => patch(at, `${pendingLeads(of.agent)}/${id}`, of.agent, body)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(AT_ONCE - 1);
  expect(await eventKinds(id)).toHaveLength(2);
});

test("closing and reopening at once: each answer is what was asked, and each change of state has its event", async () => {
  const at = edge();
  const of = await tenant(at);
  const address = `${orgLeads(of)}/${await lead(at, of.formId)}`;
  const { id } = await answer(await patch(at, address, of.admin, { assigned_user_id: of.agent.id }));
  const wishes = alternate(AT_ONCE, true, false);
  const answers = await Promise.all(wishes.map((is_closed) => patch(at, address, of.agent, { is_closed })));
  for (const [index, response] of answers.entries()) {
    expect((await answer(response)).is_closed).toBe(wishes[index]);
  }
  const [, , ...kinds] = await eventKinds(id);
  // Nothing is closed twice in a row, nor reopened.
  expect(kinds).toEqual(alternate(kinds.length, "close", "reopen"));
  expect(await versionOf(id)).toBe(2 + kinds.length);
  const after = await answer(await get(at, address, of.agent));
  expect(after.is_closed).toBe(kinds.at(-1) === "close");
});

test("reassigning at once: the owner is the last event's, and versions have no gap", async () => {
  const at = edge();
  const of = await tenant(at);
  const id = await lead(at, of.formId);
  const owners = alternate(AT_ONCE, of.agent, of.otherAgent);
  const answers = await Promise.all(
    owners.map((owner) => patch(at, `${orgLeads(of)}/${id}`, of.admin, { assigned_user_id: owner.id })),
  );
  for (const [index, response] of answers.entries()) {
    expect((await answer(response)).assigned_user_id).toBe(owners[index]?.id);
  }
  const kinds = await eventKinds(id);
  expect(await versionOf(id)).toBe(kinds.length);
  const [last] = await rows<{ owner: number }>(
    "SELECT payload ->> 'owner_id' AS owner FROM lead_event ORDER BY version DESC",
  );
  const after = await answer(await get(at, `${orgLeads(of)}/${id}`, of.admin));
  expect(after.assigned_user_id).toBe([of.agent, of.otherAgent].find((who) => who.user_id === last?.owner)?.id);
});

test("a user who is deactivated while leads are assigned to them keeps no open one", async () => {
  const at = edge();
  const of = await tenant(at);
  const made = await Promise.all(Array.from({ length: 20 }, () => lead(at, of.formId)));
  const statuses = new Set<number>();
  const assignAll = async () => {
    for (const id of made) {
      const response = await patch(at, `${orgLeads(of)}/${id}`, of.admin, { assigned_user_id: of.agent.id });
      statuses.add(response.status);
    }
  };
  const leave = () => admin(at, "PATCH", `/organizations/${of.id}/users/${of.agent.id}`, { is_active: false });
  await Promise.all([assignAll(), leave()]);
  expect([...statuses].filter((status) => status !== 200)).toEqual([400]);
  expect(await ids(at, assignedLeads(of.agent), of.admin)).toEqual([]);
  expect((await ids(at, pendingLeads(of.admin), of.admin)).sort()).toEqual(made.sort());
  for (const id of made) expect(await versionOf(id)).toBe((await eventKinds(id)).length);
});
