/** How long one writer needs for a capture: its statements as one transaction, nothing but SQLite and the disk. */
import { randomUUID } from "node:crypto";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { captureBatch } from "./capture-batch.ts";
import { placeOf } from "./capturers.ts";
import { quantile } from "./drive.ts";
import { committer, SQLITE_STORE } from "./on-sqlite.ts";
import type { Bench } from "./part.ts";
import { rounded, type Table } from "./report.ts";
import { captureOf, rowsOf, type Sent } from "./visitors.ts";
import { withDatabase } from "./world.ts";

/** @param many how many captures, one after the other, of each way. */
export function measureWriter({ world, scratch }: Bench, many: number): Table {
  const folder = join(scratch, "writer");
  cpSync(world.state, folder, { recursive: true });
  const place = placeOf(world);
  const ask = captureOf(world.formId);
  const rows = (["FULL", "OFF"] as const).map((synchronous) =>
    withDatabase(folder, (db) => {
      db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA foreign_keys = ON`);
      const commit = committer(db);
      const times = Array.from({ length: many }, () => {
        const id = randomUUID();
        const rows = rowsOf(JSON.parse(ask().body as string) as Sent, place, Date.now(), id);
        const start = performance.now();
        commit(captureBatch(SQLITE_STORE, place.organizationId, rows));
        return performance.now() - start;
      });
      return { synchronous, times };
    }),
  );
  return {
    title: "the writer's time of a capture, in milliseconds",
    notes: ["On node:sqlite, without D1 around it. OFF: the statements alone, not waiting for the disk."],
    rows: rows.map(({ synchronous, times }) => ({
      synchronous,
      mean: rounded(times.reduce((all, ms) => all + ms, 0) / times.length),
      ...{ p50: rounded(quantile(times, 0.5)), p99: rounded(quantile(times, 0.99)) },
      "a second": Math.round((1_000 * times.length) / times.reduce((all, ms) => all + ms, 0)),
    })),
  };
}
