/** Whoever sorts the same lead at the same moment: one wins, the others are told, and the counts are right. */
import { describe, expect, test } from "vitest";
import { chat } from "../../support/chats.ts";
import { type Edge, edge, lead, type Person, type Tenant, tenant } from "../../support/edge.ts";
import { eventKinds, row, rows } from "../../support/rows.ts";
import { accept, decline, hal, link, list, NOT_WAITING, problem, retrieve, summary, waiting } from "./v4.ts";

const MANY = 100;
type Sort = { verb: string; run: () => Promise<Response> };

/** All at once, each sort in its turn. @returns the winner's verb; insists that there is one and that all others are 404. */
async function race(sorts: Sort[]): Promise<string> {
  const runs = Array.from({ length: MANY }, (_, index) => sorts[index % sorts.length] as Sort);
  const responses = await Promise.all(runs.map(async ({ verb, run }) => ({ verb, response: await run() })));
  const won = responses.filter(({ response }) => response.status === 200);
  expect(won).toHaveLength(1);
  for (const { verb, response } of responses) {
    if (response.status === 200) continue;
    if (verb === "pick") expect(response.status).toBe(404);
    else expect((await problem(response, 404)).detail).toBe(NOT_WAITING);
  }
  return won[0]?.verb as string;
}

const pick = (at: Edge, leadUuid: string, by: Person): Promise<Response> =>
  at.send("PATCH", `/api/v5/users/${by.id}/pending_leads/${leadUuid}`, {
    token: by.token,
    body: { assigned_user_id: by.id },
  });
const sorts = (at: Edge, of: Tenant, uid: string, leadUuid: string): Record<string, Sort> => ({
  accept: { verb: "accept", run: () => accept(at, uid, of.agent, { user_id: of.agent.user_id }) },
  decline: { verb: "decline", run: () => decline(at, uid, of.otherAgent) },
  pick: { verb: "pick", run: () => pick(at, leadUuid, of.otherAgent) },
});
const EVENT: Record<string, string> = { accept: "accept", decline: "decline", pick: "assign", link: "link" };
const OUTCOME: Record<string, string> = { accept: "accepted", decline: "declined", pick: "accepted", link: "linked" };

async function told(at: Edge, of: Tenant, uid: string, leadUuid: string, winner: string): Promise<void> {
  expect(await eventKinds(leadUuid)).toEqual(["created", EVENT[winner]]);
  const { outcome } = await row<{ outcome: string }>("SELECT outcome FROM incoming_lead WHERE uid = ?", uid);
  expect(outcome).toBe(OUTCOME[winner]);
  const counted = await row(`SELECT count(*) AS total, sum(outcome <> 'declined') AS accepted,
    sum(outcome = 'declined') AS declined FROM incoming_lead`);
  const { total, accepted, declined } = await summary(at, of);
  expect({ total, accepted, declined }).toEqual(counted);
  expect(await list(at, of)).toEqual([]);
  expect(await rows("SELECT 1 FROM claim WHERE kind = 'identical'")).toEqual([]);
}

describe(`${MANY} who sort one lead at once`, () => {
  test.each([
    [["accept"]],
    [["decline"]],
    [["accept", "decline"]],
    [["decline", "pick", "accept"]],
    [["pick", "accept", "decline"]],
  ])("%j: exactly one wins, the others get 404 with a reason", async (verbs) => {
    const at = edge();
    const of = await tenant(at);
    const leadUuid = await lead(at, of.formId);
    const uid = (await list(at, of))[0]?.uid as string;
    const known = sorts(at, of, uid, leadUuid);
    const winner = await race(verbs.map((verb) => known[verb] as Sort));
    await told(at, of, uid, leadUuid, winner);
  });

  test.each([[["link", "accept", "decline", "pick"]], [["accept", "link"]], [["link"]]])(
    "a chat, %j: exactly one wins; what a lost link would have moved stays",
    async (verbs) => {
      const at = edge();
      const of = await tenant(at);
      const { uid, leadUuid, id } = await chat(at, of);
      const known = sorts(at, of, uid, leadUuid);
      const form = await waiting(at, of);
      await hal(await accept(at, form, of.agent));
      const target = (await retrieve(at, of, form))._embedded.leads[0]?.id;
      const body = { link: { entity_id: target, entity_type: "leads" } };
      known.link = { verb: "link", run: () => link(at, uid, of.admin, body) };
      const winner = await race(verbs.map((verb) => known[verb] as Sort));
      await told(at, of, uid, leadUuid, winner);
      const owner = winner === "link" ? target : id;
      expect(await rows("SELECT DISTINCT lead_id FROM note")).toEqual([{ lead_id: owner }]);
      expect(await rows("SELECT lead_id FROM room")).toEqual([{ lead_id: owner }]);
      expect(await rows("SELECT 1 FROM lead_event WHERE kind = 'takes-in'")).toHaveLength(winner === "link" ? 1 : 0);
    },
  );

  test("25 chats linked to one lead at once: all arrive, and its events are without a gap", async () => {
    const at = edge();
    const of = await tenant(at);
    const form = await waiting(at, of);
    await hal(await accept(at, form, of.agent));
    const target = (await retrieve(at, of, form))._embedded.leads[0]?.id;
    const chats = await Promise.all(Array.from({ length: 25 }, () => chat(at, of)));
    const body = { link: { entity_id: target, entity_type: "leads" } };
    await Promise.all(chats.map(async ({ uid }) => hal(await link(at, uid, of.admin, body))));
    const { uuid } = await row<{ uuid: string }>("SELECT uuid FROM lead WHERE id = ?", target);
    expect(await eventKinds(uuid)).toEqual(["created", "accept", ...Array(25).fill("takes-in")]);
    expect(await rows("SELECT DISTINCT lead_id FROM room")).toEqual([{ lead_id: target }]);
  });
});
