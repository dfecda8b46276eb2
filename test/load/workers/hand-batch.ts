/**
 * A capture's own statements, the very same, in a Worker that trusts whatever it is sent: what validation, rules and routes
 * cost is the difference.
 */
import type { D1Database } from "@cloudflare/workers-types";
import { captureBatch } from "../capture-batch.ts";
import { type Place, rowsOf, type Sent } from "../visitors.ts";

interface Env extends Place {
  DB: D1Database;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const sent = (await request.json()) as Sent;
    const now = Date.now();
    const rows = rowsOf(sent, env, now, sent.submission_id);
    await env.DB.batch(captureBatch(env.DB, env.organizationId, rows));
    return Response.json({ id: rows.key.lead_uuid, created_at: new Date(now).toISOString() }, { status: 201 });
  },
};
