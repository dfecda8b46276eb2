/** Finds a form for a visitor. */
import { shardOfForm } from "../domain/shard.ts";
import type { Database } from "../store/database.ts";
import { type FormContext, findForm } from "../store/forms.ts";
import { Cache } from "./cache.ts";

const cache = new Cache<FormContext>();

export const forgetForms = (organizationId: number): void => cache.forgetOrganization(organizationId);

/**
 * @param databases by their number; a form's id says which one holds it.
 * @returns null for an id that is none, or none of ours.
 */
export async function loadForm(
  databases: readonly Database[],
  formId: string,
  now: number,
): Promise<(FormContext & { db: Database }) | null> {
  const shard = shardOfForm(formId);
  const db = shard === null ? undefined : databases[shard];
  if (db === undefined) return null;
  const known = cache.get(formId, now);
  if (known) return { ...known, db };
  const found = await findForm(db, formId);
  if (found === null) return null;
  cache.set(formId, found, now);
  return { ...found, db };
}
