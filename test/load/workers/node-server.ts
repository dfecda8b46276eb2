/**
 * What one would otherwise write: a Fastify server that checks with zod and writes the same rows by the same
 * statements in one transaction of node:sqlite, each synced to disk before it is answered. It tells its address to the
 * process that started it.
 *
 *     node node-server.ts <database file> <place as JSON>
 */
import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import fastify from "fastify";
import * as z from "zod/mini";
import { captureBatch } from "../capture-batch.ts";
import { committer, SQLITE_STORE } from "../on-sqlite.ts";
import { type Place, rowsOf } from "../visitors.ts";

const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const Capture = z.object({
  submission_id: z.uuid(),
  visitor_id: text(64),
  elapsed_ms: z.number(),
  page: z.object({ url: z.url().check(z.maxLength(2_048)), title: text(500), referrer: text(2_048) }),
  data: z.object({
    ...{ name: text(1_000), email: z.email().check(z.maxLength(254)), phone: text(40), company: text(1_000) },
    message: text(20_000),
  }),
});

const [file = "", placeJson = ""] = process.argv.slice(2);
const place = JSON.parse(placeJson) as Place;
const db = new DatabaseSync(file);
db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
const commit = committer(db);

const server = fastify({ bodyLimit: 256 * 1024 });
server.post("*", async (request, reply) => {
  const parsed = Capture.safeParse(request.body);
  if (!parsed.success) return reply.code(422).send({ errors: parsed.error.issues });
  const now = Date.now();
  const claim = createHash("sha256").update(JSON.stringify(parsed.data.data)).digest("hex");
  const rows = rowsOf(parsed.data, place, now, claim);
  commit(captureBatch(SQLITE_STORE, place.organizationId, rows));
  return reply.code(201).send({ id: rows.key.lead_uuid, created_at: new Date(now).toISOString() });
});
const address = await server.listen({ port: 0, host: "127.0.0.1" });
process.send?.(address);
process.on("disconnect", () => process.exit());
