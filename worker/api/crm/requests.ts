/** How the CRM's requests are read: their fields, their times, and the key that makes a retry harmless. */
import type * as z from "zod/mini";
import type { Context as VerbContext } from "../../services/context.ts";
import type { Idempotency } from "../../services/idempotency.ts";
import { parseLocal } from "../../services/zoned-time.ts";
import { contextOf, type Deps } from "../http/app.ts";
import { type Fields, readFields } from "../http/fields.ts";
import type { C } from "./access.ts";
import { failed, fieldErrors, unreadable } from "./errors.ts";
import { parseFields } from "./schemas.ts";

const IDEMPOTENCY_KEY_LIMIT_CHARS = 255;

export const context = (c: C, deps: Deps): VerbContext => contextOf(c, deps, c.var.caller.actor, c.var.caller.db);

export interface Sent<T> {
  /** As they were sent. */
  fields: Fields;
  value: T;
}

/**
 * The body's fields as the schema gives them, or the answer that says what is wrong with them.
 * @param needsBody a body of no field at all is refused as such.
 */
export async function read<T extends z.ZodMiniType>(
  c: C,
  schema: T,
  needsBody = false,
): Promise<Sent<z.infer<T>> | Response> {
  const fields = await readFields(c.req.raw);
  if (!fields.ok) return unreadable(fields.failure);
  if (needsBody && Object.keys(fields.value).length === 0) return failed(401, "Body data not found.");
  const parsed = parseFields(schema, fields.value);
  return parsed.ok ? { fields: fields.value, value: parsed.value } : fieldErrors(parsed.failure);
}

/** Times of the organization's clocks; undefined stays so. */
export async function readTimes<K extends string>(
  zone: string,
  times: Record<K, string | undefined>,
): Promise<Record<K, number | undefined> | Response> {
  const entries = Object.entries(times) as [K, string | undefined][];
  const read = await Promise.all(
    entries.map(async ([name, text]) => [name, text === undefined ? undefined : await parseLocal(zone, text)] as const),
  );
  const wrong = read.filter(([, ms]) => ms === null).map(([name]) => [name, ["Invalid date format."]]);
  if (wrong.length > 0) return fieldErrors(Object.fromEntries(wrong));
  return Object.fromEntries(read) as Record<K, number | undefined>;
}

/** What stands for this request when it comes again: its fields, in whichever encoding. null: no key was sent. */
export function idempotencyOf(c: C, operation: string, fields: Fields): Idempotency | null | Response {
  const key = c.req.header("idempotency-key");
  if (!key) return null;
  if (key.length > IDEMPOTENCY_KEY_LIMIT_CHARS) return failed(400, "The idempotency key is too long.");
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return { scope: `crm ${operation} ${c.var.caller.actor.user.id}`, key, content: JSON.stringify(sorted) };
}
