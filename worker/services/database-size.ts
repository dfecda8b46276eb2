/** How full a database is. The platform says its size with every answer; a full one takes no more leads. */
import { DATABASE_BYTES_LIMIT, DATABASE_WARNING_SHARES } from "../../shared/limits.ts";
import { ask } from "../store/d1.ts";

/** Bytes. One round trip, no rows. @throws where the database does not answer. */
export async function databaseSize(db: D1Database): Promise<number> {
  const { meta } = await ask(db);
  return meta.size_after;
}

/** Which share of the limit has been reached that somebody must hear of, in per cent; null: none yet. */
export function shareReached(bytes: number): number | null {
  const reached = DATABASE_WARNING_SHARES.filter((share) => bytes * 100 >= DATABASE_BYTES_LIMIT * share);
  return reached.at(-1) ?? null;
}
