import { recall, remember } from "./storage.ts";
import { uuid } from "./uuid.ts";

const KEY = "foyer:visitor";

/** The visitor's id where there is one; looking writes nothing. */
export const knownVisitor = (): string | null => recall(KEY);

/**
 * The random id under which this browser's leads are recognised as one visitor's on this site.
 * Call it at the visitor's first act and not before: it writes to localStorage.
 * @param fresh the id of who has none.
 */
export function visitorId(fresh?: string): string {
  const id = knownVisitor() || fresh || uuid();
  remember(KEY, id);
  return id;
}
