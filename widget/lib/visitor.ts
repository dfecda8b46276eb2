import { recall, remember } from "./storage.ts";
import { uuid } from "./uuid.ts";

const KEY = "foyer:visitor";

/**
 * The random id under which this browser's leads are recognised as one visitor's on this site.
 * Call it at the visitor's first act and not before: it writes to localStorage.
 */
export function visitorId(): string {
  const id = recall(KEY) || uuid();
  remember(KEY, id);
  return id;
}
