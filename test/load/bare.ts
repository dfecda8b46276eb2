/** The least that the platform can do with a request: one insert with one unique index, one page of 25 by keyset. */
import type { DatabaseSync } from "node:sqlite";
import type { Options } from "./local-edge.ts";

const SCRIPT = `
export default { async fetch(request, env) {
  if (request.method === "POST") {
    const { submission_id, data } = await request.json();
    await env.DB.prepare("INSERT INTO bare (key, name, email, message, at) VALUES (?, ?, ?, ?, ?)")
      .bind(submission_id, data.name, data.email, data.message, Date.now()).run();
    return Response.json({ id: submission_id }, { status: 201 });
  }
  const after = Number(new URL(request.url).searchParams.get("after"));
  const { results } = await env.DB.prepare(
    "SELECT id, key, name, email, message, at FROM bare WHERE id > ? ORDER BY id LIMIT 25").bind(after).all();
  return Response.json(results);
} };`;

export const BARE: Options = { modules: true, script: SCRIPT };

/** The bare Worker's table with so many rows. */
export const bareRows = (many: number) => (db: DatabaseSync) => {
  db.exec(`CREATE TABLE bare (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT, email TEXT, message TEXT,
    at INTEGER NOT NULL) STRICT`);
  db.prepare(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
    INSERT INTO bare SELECT i, printf('%032x', i), 'Lead ' || i, i || '@many.example', 'Hello', ?2 + i FROM n WHERE ?1 > 0`).run(
    many,
    Date.UTC(2026, 0, 1),
  );
};
