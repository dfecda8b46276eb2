/**
 * A hundred at the same moment, of what no dialect's own races hold: one effect, a history without a gap, and counts that
 * a recount finds. Pick, close, accept, decline, link, appointment, capture,
 * replay and idempotency key: see the races of their contracts.
 */
import { expect, test } from "vitest";
import { mixed, times, together } from "../contract/crm/at-once.ts";
import { appoint, hour, remove, update, view } from "../contract/crm/v1.ts";
import { ask } from "../contract/operators/operators.ts";
import { accept, decline } from "../contract/unsorted/v4.ts";
import { patch } from "../support/asking.ts";
import { edge } from "../support/edge.ts";
import { LEADS, LEADS_RECOUNT, MEETINGS, MEETINGS_RECOUNT } from "../support/recounts.ts";
import { eventKinds, row, rows, sorted } from "../support/rows.ts";
import { asAdmin } from "../support/spam.ts";
import { house } from "./house.ts";

const AT_ONCE = 100;

async function expectCounted(): Promise<void> {
  expect(await sorted(LEADS)).toEqual(await sorted(LEADS_RECOUNT));
  expect(await sorted(MEETINGS)).toEqual(await sorted(MEETINGS_RECOUNT));
  for (const { uuid } of await rows<{ uuid: string }>("SELECT uuid FROM lead")) await eventKinds(uuid);
}

test("a room that a hundred requests of three people join is one person's, and says so once", async () => {
  const at = edge();
  const of = await house(at, "own");
  const people = [of.admin, of.agent, of.otherAgent];
  const join = (index: number) => ask(at, people[index % 3] ?? of.admin, "POST", `/rooms/${of.ids.room}/join`);
  const statuses = await together(times(join, AT_ONCE));
  const seen = await (await ask(at, of.admin, "GET", `/rooms/${of.ids.room}`)).json<{
    room: { operator: { id: string } };
    messages: { type?: string }[];
  }>();
  const winner = people.findIndex(({ id }) => id === seen.room.operator.id);
  // Whoever has it may join again.
  const own = Array.from({ length: AT_ONCE }, (_, index) => index).filter((index) => index % 3 === winner).length;
  expect(statuses).toEqual({ 200: own, 409: AT_ONCE - own });
  expect(seen.messages.filter(({ type }) => type === "joined")).toHaveLength(1);
});

test("everything at once that can be done to one lead leaves a history without a gap, and counts that are right", async () => {
  const at = edge();
  const of = await house(at, "own");
  const { lead: uuid, uid, slug } = of.ids;
  const theirs = await row<{ uid: string }>(
    "SELECT uid FROM incoming_lead WHERE lead_id = (SELECT id FROM lead WHERE uuid = ?)",
    uuid,
  );
  const lead = await view(at, of, slug);
  const owner = (index: number) => [of.agent, of.otherAgent][index % 2] ?? of.agent;
  await together(
    mixed(
      times((index) => patch(at, of, uuid, { assigned_user_id: owner(index).id }), 20),
      times((index) => patch(at, of, uuid, { is_closed: index % 2 === 0 }), 20),
      times(() => accept(at, theirs.uid, of.agent), 10),
      times(() => decline(at, theirs.uid, of.admin), 10),
      times(() => decline(at, uid, of.admin), 5),
      times(() => asAdmin(at, of, "POST", "/purge", { lead_id: uuid }), 5),
      times((index) => update(at, of, lead, { status: ["prospect", "closed"][index % 2] }), 10),
      times((index) => appoint(at, of, slug, hour(100 + index)), 15),
      times(() => remove(at, of, slug), 5),
    ),
  );
  await expectCounted();
});
