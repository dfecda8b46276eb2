/** Who sees which lead: every user of the organization all but suspected spam, and nobody else any. */
import { describe, expect, test } from "vitest";
import { LEAD_STATES } from "../../../worker/domain/lead.ts";
import { chat } from "../../support/chats.ts";
import { edge, tenant } from "../../support/edge.ts";
import { manyLeads, stand } from "../../support/standing-leads.ts";
import { ask, capturedLead, expectNotFound, numberOf } from "./summary.ts";

const STAGES = {
  ...{ held: null, dropped: null, incoming: "New", pending: "Prospect", assigned: "Prospect", closed: "Closed" },
  ...{ declined: "Prospect", linked: "Prospect", deleted: "Prospect" },
} as const;

describe.each(LEAD_STATES)("a lead that is %s", (state) => {
  const stage = STAGES[state];
  test(stage === null ? "is 404, to administrators too" : `is shown as ${stage} to every user`, async () => {
    const at = edge();
    const of = await tenant(at);
    for (const isProcessable of [false, true]) {
      const [uuid] = await manyLeads(of, { count: 1, state, isProcessable });
      if (state === "assigned") await stand(uuid as string, state, of.otherAgent);
      const id = await numberOf(uuid as string);
      for (const { token } of [of.agent, of.otherAgent, of.admin]) {
        const response = await ask(at, id, token);
        if (stage === null) await expectNotFound(response);
        else
          expect(await response.json()).toMatchObject({ data: { id: String(id), status: stage }, message: "success" });
      }
    }
  });
});

test("another organization's lead, chat and administrator are no exception", async () => {
  const at = edge();
  const [of, other] = [await tenant(at), await tenant(at)];
  const [id, { id: chatId }] = [await capturedLead(at, of), await chat(at, of)];
  for (const each of [id, chatId]) {
    for (const { token } of [other.admin, other.agent]) await expectNotFound(await ask(at, each, token));
    expect((await ask(at, each, of.agent.token)).status).toBe(200);
  }
});
