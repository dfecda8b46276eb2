/** POST /leads/unsorted/{uid}/accept. */
import { describe, expect, test } from "vitest";
import { edge, tenant } from "../../support/edge.ts";
import { anotherPipeline } from "../../support/many-incoming.ts";
import { row, rows } from "../../support/rows.ts";
import { call } from "./bodies.ts";
import { sortCases } from "./sort.case.ts";
import { accept, added, get, hal, retrieve, uids, waiting, wrong } from "./v4.ts";

interface Lead {
  status_id: number;
  pipeline_id: number;
  responsible_user_id: number;
  created_by: number;
  closed_at: number | null;
}

async function world() {
  const at = edge();
  const of = await tenant(at);
  const uid = await waiting(at, of);
  const { id } = (await retrieve(at, of, uid))._embedded.leads[0] as { id: number };
  const lead = async () => hal<Lead>(await get(at, `/api/v4/leads/${id}`, of.agent));
  const status = async (role: string, pipelineId?: number) =>
    (
      await row<{ id: number }>(
        `SELECT status.id FROM status JOIN pipeline ON pipeline.id = pipeline_id WHERE role = ?1 AND
          iif(?2 IS NULL, is_main = 1 AND pipeline.organization_id = ?3, pipeline_id = ?2) ORDER BY status.sort LIMIT 1`,
        ...[role, pipelineId ?? null, of.accountId],
      )
    ).id;
  return { at, of, uid, id, lead, status };
}

describe("accepting", () => {
  sortCases("accept");

  test("without a user leaves the lead to everybody, in the stage where work starts", async () => {
    const { at, of, uid, lead, status } = await world();
    await hal(await accept(at, uid, of.agent));
    expect(await lead()).toMatchObject({
      ...{ status_id: await status("first"), responsible_user_id: 0, created_by: of.agent.user_id, closed_at: null },
    });
  });

  test("with a user makes them the lead's creator and owner", async () => {
    const { at, of, uid, lead } = await world();
    const { user_id } = of.otherAgent;
    await hal(await accept(at, uid, of.admin, { user_id }));
    expect(await lead()).toMatchObject({ responsible_user_id: user_id, created_by: user_id });
  });

  test("with a status puts it there, in another pipeline, too; its way in stays where it was", async () => {
    const { at, of, uid, lead, status } = await world();
    const other = await anotherPipeline(of);
    const { pipeline_id } = await retrieve(at, of, uid);
    const status_id = await status("first", other);
    expect(await hal(await accept(at, uid, of.agent, { status_id }))).toMatchObject({ pipeline_id });
    expect(await lead()).toMatchObject({ status_id, pipeline_id: other });
  });

  test("with the closing status closes it", async () => {
    const { at, of, uid, lead, status } = await world();
    const status_id = await status("closed");
    await hal(await accept(at, uid, of.agent, { status_id, user_id: of.agent.user_id }));
    expect(await lead()).toMatchObject({
      status_id,
      closed_at: at.clock.now / 1000,
      responsible_user_id: of.agent.user_id,
    });
  });

  test("into the stage of incoming leads, an unknown or another organization's is refused, and it goes on waiting", async () => {
    const { at, of, uid, status } = await world();
    const foreign = await status("between", await anotherPipeline(await tenant(at))).catch(() => null);
    expect(foreign).toBeNull();
    const theirs = await status("first", await anotherPipeline(await tenant(at)));
    for (const status_id of [await status("incoming"), theirs, 987_654_321]) {
      const response = await accept(at, uid, of.agent, { status_id });
      expect(await wrong(response)).toEqual(["status_id NotSupportedChoice"]);
    }
    const both = await accept(at, uid, of.admin, { status_id: 987_654_321, user_id: 987_654_321 });
    expect(await wrong(both)).toEqual(["user_id NotSupportedChoice", "status_id NotSupportedChoice"]);
    expect(await uids(at, of)).toEqual([uid]);
  });

  test("tells the company, and that nothing of it is unsorted any more", async () => {
    const { at, of } = await world();
    const _embedded = { contacts: [{ name: "Ada" }], companies: [{ name: "Acme Co." }] };
    const [one] = await added(at, of, "sip", [call({ _embedded })]);
    const id = one?._embedded.companies?.[0]?.id;
    const flags = { is_deleted: false, is_unsorted: false };
    const link = (kind: string) => ({ self: { href: `https://foyer.test/api/v4/${kind}/${id}` } });
    expect(await hal(await accept(at, one?.uid as string, of.agent))).toMatchObject({
      _embedded: {
        leads: [{ id, _links: link("leads") }],
        contacts: [{ id, ...flags, _links: link("contacts") }],
        companies: [{ id, ...flags, _links: link("companies") }],
      },
    });
  });

  test("is one event, by whom and to whom", async () => {
    const { at, of, uid, id } = await world();
    await accept(at, uid, of.admin, { user_id: of.agent.user_id });
    const [, event, ...more] = await rows("SELECT * FROM lead_event WHERE lead_id = ? ORDER BY version", id);
    expect(event).toMatchObject({ version: 2, kind: "accept", actor_kind: "user", actor_id: String(of.admin.user_id) });
    expect(JSON.parse(event?.payload as string)).toEqual({
      from: "incoming",
      to: "assigned",
      owner_id: of.agent.user_id,
    });
    expect(more).toEqual([]);
  });
});
