/**
 * What an isolate believes for a minute without asking the database again. A change made here is seen here at once,
 * elsewhere within CACHE_TTL_MS.
 */
import { CACHE_ENTRIES_LIMIT, CACHE_TTL_MS } from "../../shared/limits.ts";

interface Entry<T> {
  value: T;
  until: number;
}

export class Cache<T extends { organization: { id: number } }> {
  readonly #entries = new Map<string, Entry<T>>();

  get(key: string, now: number): T | undefined {
    const entry = this.#entries.get(key);
    // An entry from the future belongs to another clock: a test's, or one that was set back.
    if (entry === undefined || entry.until <= now || entry.until > now + CACHE_TTL_MS) return undefined;
    return entry.value;
  }

  set(key: string, value: T, now: number): void {
    if (this.#entries.size >= CACHE_ENTRIES_LIMIT) {
      // Oldest first: a Map keeps the order of insertion.
      const oldest = this.#entries.keys().next().value;
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: now + CACHE_TTL_MS });
  }

  forgetOrganization(organizationId: number): void {
    for (const [key, entry] of this.#entries) {
      if (entry.value.organization.id === organizationId) this.#entries.delete(key);
    }
  }
}
