/** The world of the document's examples: its account, user, pipeline, status and lead under their own numbers. */
import { env } from "cloudflare:workers";
import ACCEPT from "../../fixtures/unsorted/accept.request.json" with { type: "json" };
import SIP from "../../fixtures/unsorted/add-sip.request.json" with { type: "json" };
import ADDED from "../../fixtures/unsorted/add-sip.response.json" with { type: "json" };
import LINK from "../../fixtures/unsorted/link.request.json" with { type: "json" };
import { type Edge, type Tenant, tenant } from "../../support/edge.ts";
import { anotherPipeline, manyIncoming } from "../../support/many-incoming.ts";

const ACCOUNT_ID = ADDED._embedded.unsorted[0]?.account_id as number;
const PIPELINE_ID = SIP[0]?.pipeline_id as number;

/** A tenant whose agent is the document's user, and a lead that is worked on under the number of the link example. */
export async function exampleWorld(at: Edge): Promise<Tenant> {
  const start = (table: string, id: number) =>
    env.DB.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)").bind(table, id - 1);
  // The administrator is made first, the agent next.
  await env.DB.batch([start("organization", ACCOUNT_ID), start("user", ACCEPT.user_id - 1)]);
  const of = await tenant(at);
  await anotherPipeline(of, PIPELINE_ID);
  await manyIncoming(of, { count: 1 });
  const sql = (text: string, ...values: number[]) => env.DB.prepare(text).bind(...values);
  await env.DB.batch([
    sql(
      `INSERT INTO status (id, organization_id, pipeline_id, key, name, colour, sort)
        VALUES (?, ?, ?, 'doc', 'Doc', '#000000', 5)`,
      ...[ACCEPT.status_id, of.accountId, PIPELINE_ID],
    ),
    sql("DELETE FROM incoming_lead"),
    sql("UPDATE contact SET id = ?", LINK.link.entity_id),
    sql("UPDATE lead SET id = ?1, contact_id = ?1, state = 'pending'", LINK.link.entity_id),
  ]);
  return of;
}
