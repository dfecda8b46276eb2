/** The document's response and its samples, word for word, against real answers. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import EXAMPLE from "../../fixtures/get-leads/get-leads.response.json" with { type: "json" };
import { edge } from "../../support/edge.ts";
import { chatTenant, type Leads, leads, someone } from "./get-leads.ts";

/** The path of the document's samples; `%5BYour%20Chatbot%20ID%5D` is where a chatbot's id goes. */
const SAMPLE =
  "/api/v1/get-leads?chatbotId=%5BYour%20Chatbot%20ID%5D&startDate=2023-01-01&endDate=2023-12-12&page=1&size=10";

test("the response has the document's keys, in its order, with its types", async () => {
  const at = edge();
  const of = await chatTenant(at);
  await env.DB.prepare("UPDATE form SET owner_id = ?").bind(of.admin.user_id).run();
  const { id } = await someone(at, of);
  const data = await leads(at, of);
  expect(data).toEqual([
    {
      ...{ id, created_at: "2026-03-02T10:00:00.000Z", chatbot_owner_user_id: String(of.admin.user_id) },
      ...{ chatbot_id: of.formId, phone: "+358401234567", email: "ada@example.org", name: "Ada" },
    },
  ]);
  const shape = (lead: object | undefined) => Object.entries(lead ?? {}).map(([key, value]) => [key, typeof value]);
  expect(shape(data[0])).toEqual(shape(EXAMPLE.data[0]));
});

test("the samples' request is answered with 202 and the leads of its year", async () => {
  const at = edge();
  at.clock.now = Date.parse("2023-05-06T07:08:09.123Z");
  const of = await chatTenant(at);
  const { id } = await someone(at, of);
  at.clock.now = Date.parse("2024-01-01T00:00:00Z");
  await someone(at, of, { visitorId: "later" });
  const path = SAMPLE.replace("%5BYour%20Chatbot%20ID%5D", of.formId);
  const headers = { accept: "application/json", authorization: `Bearer ${of.agent.token}` };
  const response = await at.send("GET", path, { headers });
  const body = await response.json<Leads>();
  expect(response.status).toBe(202);
  expect(body.data.map((lead) => [lead.id, lead.created_at])).toEqual([[id, "2023-05-06T07:08:09.123Z"]]);
  // A client of the API that this one descends from reads it here
  expect(body.collectedCustomers.data).toEqual(body.data);
});

test("as they stand, without the header that the document asks for, the samples are 401; with it, 404", async () => {
  const at = edge();
  at.clock.now = Date.parse("2023-05-06T07:08:09.123Z");
  const of = await chatTenant(at);
  const headers = { accept: "application/json" };
  expect((await at.send("GET", SAMPLE, { headers })).status).toBe(401);
  expect((await at.send("GET", SAMPLE, { headers, token: of.agent.token })).status).toBe(404);
});
