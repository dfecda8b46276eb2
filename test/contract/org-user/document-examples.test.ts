/** The v5 document's examples, word for word in test/fixtures/org-user, against real answers about the same lead. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import LIST from "../../fixtures/org-user/list-assigned-leads.response.json" with { type: "json" };
import PENDING from "../../fixtures/org-user/retrieve-pending-lead.response.json" with { type: "json" };
import REQUEST from "../../fixtures/org-user/update-pending-lead.request.json" with { type: "json" };
import UPDATED from "../../fixtures/org-user/update-pending-lead.response.json" with { type: "json" };
import { edge } from "../../support/edge.ts";
import { answered, exampleWorld, LEAD } from "./example.ts";
import { answer, assignedLeads, get, page, patch, pendingLeads } from "./v5.ts";

test("the example request that picks a pending lead is answered with the example's response, key by key", async () => {
  const at = edge();
  const bill = await exampleWorld(at);
  const response = await patch(at, `${pendingLeads(bill)}/${LEAD.id}`, bill, REQUEST);
  expect(await answer(response)).toEqual(answered(UPDATED));
});

test("the example's pending lead is retrieved as the document shows it, null where it shows null", async () => {
  const at = edge();
  const bill = await exampleWorld(at);
  // The example was updated four hours after its creation and is nobody's.
  await env.DB.prepare("UPDATE lead SET updated_at = ?").bind(Date.parse(PENDING.updated_at)).run();
  expect(await answer(await get(at, `${pendingLeads(bill)}/${LEAD.id}`, bill))).toEqual(answered(PENDING));
});

test("the example's list of assigned leads has the document's envelope and lead", async () => {
  const at = edge();
  const bill = await exampleWorld(at);
  await answer(await patch(at, `${pendingLeads(bill)}/${LEAD.id}`, bill, REQUEST));
  const listed = await page(at, assignedLeads(bill), bill);
  expect(Object.keys(listed)).toEqual(Object.keys(LIST));
  // There is no second page here; what `next` looks like is told by the tests of pagination.
  expect(listed).toEqual({ next: null, previous: null, results: LIST.results.map(answered) });
});

test("keys come in the order of the document's table, the further keys of typed clients beside them", async () => {
  const at = edge();
  const bill = await exampleWorld(at);
  const lead = await answer(await patch(at, `${pendingLeads(bill)}/${LEAD.id}`, bill, REQUEST));
  expect(Object.keys(lead).filter((key) => key !== "legacy_room_id")).toEqual(Object.keys(LEAD));
  expect(Object.keys(lead.assigned_user ?? {})).toEqual([
    ...Object.keys(LEAD.assigned_user),
    ...["avatar_id", "avatar", "is_bot", "is_staff"],
  ]);
});
