/**
 * How often a form, and one address at a form, may send. The database counts in fixed windows of a minute, in the same
 * batch as the lead; an isolate that was refused once does not ask again until the window ends.
 */
import { CACHE_ENTRIES_LIMIT } from "../../shared/limits.ts";
import type { Form } from "../domain/form.ts";
import { rateAddress } from "../domain/ip.ts";
import type { RateRow } from "../store/capture.ts";
import { hmac, type KeyRing } from "./key-ring.ts";

const WINDOW_MS = 60_000;

const fullUntil = new Map<string, number>();

export const rateWindow = (now: number): number => Math.floor(now / WINDOW_MS) * WINDOW_MS;

/** The counters that a capture adds to. An address counts by its HMAC, so that it is not kept. */
export function rateRows(form: Form, address: string | null, keys: KeyRing, now: number): RateRow[] {
  const { rate_limit_per_minute: whole, address_rate_limit_per_minute: one } = form.settings;
  const rows: RateRow[] = [];
  const add = (key: string, most: number) => rows.push({ key, window_start: rateWindow(now), most });
  if (whole !== null) add(form.id, whole);
  if (one !== null && address !== null) {
    add(hmac(keys, "rate", `${form.id} ${rateAddress(address)}`) as string, one);
  }
  return rows;
}

/** @returns whole seconds until the next window. */
export const retryAfterSeconds = (now: number): number => Math.ceil((rateWindow(now) + WINDOW_MS - now) / 1000);

/** Whether this isolate knows that one of the windows is full. */
export function knownFull(rows: RateRow[], now: number): boolean {
  return rows.some((row) => fullUntil.get(row.key) === rateWindow(now) + WINDOW_MS);
}

/** Remembers a refusal. Which of the windows was full, the database does not say: only a single one is remembered. */
export function rememberFull(rows: RateRow[], now: number): void {
  const [only, ...others] = rows;
  if (only === undefined || others.length > 0) return;
  if (fullUntil.size >= CACHE_ENTRIES_LIMIT) fullUntil.clear();
  fullUntil.set(only.key, rateWindow(now) + WINDOW_MS);
}
