/** What every verb is handed: where, who, when, and where new ids come from. */
import type { Actor } from "../domain/actor.ts";
import type { Database } from "../store/database.ts";
import type { KeyRing } from "./key-ring.ts";
import type { Live } from "./live.ts";

export interface Context {
  db: Database;
  actor: Actor;
  /** Milliseconds since 1970, UTC; the server's clock, one reading a request. */
  now: number;
  /** A new version 7 UUID, lower-case. */
  newId: () => string;
  keys: KeyRing;
  /** Who is to hear of it at once. */
  live: Live;
}
