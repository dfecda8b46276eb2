/** The doors of get-leads: a user's token, or the organization's own key, by `Bearer` or `Token`. */
import { expect, test } from "vitest";
import { admin, edge } from "../../support/edge.ts";
import { type AuthDialect, authCases, malformedOf, type Refusal, refusedAlike } from "../auth.case.ts";
import { chatTenant, leadsIn, PATH, refused, someone } from "./get-leads.ts";

const unauthenticated = (message: string): Refusal => ({
  status: 401,
  body: { message },
  headers: { "www-authenticate": "Bearer" },
});
const REFUSED = unauthenticated("The credentials are missing, wrong or expired.");
const NO_CHATBOT = "There is no chatbot with this chatbotId.";

const getLeads = (scheme: string, method: string): AuthDialect => ({
  name: `get-leads, ${method}, sent as ${scheme}`,
  world: (at) => chatTenant(at),
  method,
  path: (of) => `${PATH}?chatbotId=${of.formId}`,
  ok: 202,
  headers: (secret) => ({ authorization: `${scheme} ${secret}` }),
  malformed: malformedOf(scheme),
  refusals: {
    ...refusedAlike(REFUSED),
    "another tenant's": { status: 404, body: { message: NO_CHATBOT } },
    "api key": { accepted: "as the document's secret key" },
    lapsed: unauthenticated("There is no active subscription."),
  },
});
authCases(getLeads("Bearer", "GET"));
authCases(getLeads("Token", "POST"));

test("an organization's key opens its own chats alone, until it is revoked", async () => {
  const at = edge();
  const [of, other] = [await chatTenant(at), await chatTenant(at)];
  const { id } = await someone(at, of);
  const keys = `/organizations/${of.id}/credentials`;
  const key = await admin<{ id: string; secret: string }>(at, "POST", keys, { kind: "api_key" });
  const ask = (formId: string) => at.send("POST", PATH, { token: key.secret, body: { chatbotId: formId } });
  expect((await leadsIn(await ask(of.formId))).map((lead) => lead.id)).toEqual([id]);
  await refused(await ask(other.formId), 404, NO_CHATBOT);
  await admin(at, "DELETE", `${keys}/${key.id}`);
  expect((await ask(of.formId)).status).toBe(401);
});
