/** DELETE /leads/unsorted/{uid}/decline. */
import { describe, expect, test } from "vitest";
import { edge, tenant } from "../../support/edge.ts";
import { row, rows } from "../../support/rows.ts";
import { call } from "./bodies.ts";
import { sortCases } from "./sort.case.ts";
import { added, decline, get, hal, type Incoming, nothing } from "./v4.ts";

async function declined() {
  const at = edge();
  const of = await tenant(at);
  const _embedded = { contacts: [{ name: "Ada" }], companies: [{ name: "Acme Co." }] };
  const [one] = await added(at, of, "sip", [call({ _embedded })]);
  const { uid, _embedded: made } = one as { uid: string; _embedded: { leads: { id: number }[] } };
  const answer = await hal<Incoming>(await decline(at, uid, of.agent));
  return { at, of, answer, id: made.leads[0]?.id as number };
}

describe("declining", () => {
  sortCases("decline");

  test("answers the lead and the contact, flagged as the document's example has them, and no companies", async () => {
    const { answer, id } = await declined();
    const link = (kind: string) => ({ self: { href: `https://foyer.test/api/v4/${kind}/${id}` } });
    expect(answer._embedded).toEqual({
      leads: [{ id, _links: link("leads") }],
      contacts: [{ id, is_deleted: false, is_unsorted: false, _links: link("contacts") }],
    });
  });

  test("closes the lead and moves it, its contact and its company to the trash", async () => {
    const { at, of, id } = await declined();
    expect(await row("SELECT state, closed_at FROM lead")).toEqual({ state: "declined", closed_at: at.clock.now });
    for (const kind of ["leads", "contacts", "companies"]) {
      expect(await hal(await get(at, `/api/v4/${kind}/${id}`, of.agent))).toMatchObject({ id, is_deleted: true });
      await nothing(await get(at, `/api/v4/${kind}`, of.agent));
    }
  });

  test("is one event", async () => {
    const { of, id } = await declined();
    const [, event, ...more] = await rows("SELECT * FROM lead_event WHERE lead_id = ? ORDER BY version", id);
    expect(event).toMatchObject({ version: 2, kind: "decline", actor_id: String(of.agent.user_id) });
    expect(JSON.parse(event?.payload as string)).toMatchObject({ from: "incoming", to: "declined" });
    expect(more).toEqual([]);
  });
});
