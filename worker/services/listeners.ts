/**
 * That somebody listens to an inbox, or nobody does. Whoever makes a lead sees it in the same batch: so nobody is told in
 * vain, and nobody who listens is left out. An inbox says the one before it lets somebody in, and the other when it finds
 * itself alone; one after the other, in that order.
 */
import type { Database } from "../store/database.ts";
import { startListening, stopListening } from "../store/listening.ts";
import { inboxOf } from "./live.ts";

/** @param inbox its name. */
export function beginListening(databases: readonly Database[], inbox: string): Promise<void> {
  const { db, organizationId } = placeOf(databases, inbox);
  return startListening(db, organizationId, crypto.randomUUID());
}

export function endListening(databases: readonly Database[], inbox: string): Promise<void> {
  const { db, organizationId } = placeOf(databases, inbox);
  return stopListening(db, organizationId);
}

function placeOf(databases: readonly Database[], inbox: string): { db: Database; organizationId: number } {
  const { database, organizationId } = inboxOf(inbox);
  const db = databases[database];
  if (db === undefined) throw new Error(`no database for the inbox ${inbox}`);
  return { db, organizationId };
}
