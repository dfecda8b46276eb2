/** How the CRM's requests are read: their fields, and the key that makes a retry harmless. */
import type * as z from "zod/mini";
import type { Context as VerbContext } from "../../services/context.ts";
import type { Idempotency } from "../../services/idempotency.ts";
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
  const parsed = await parseFields(schema, fields.value);
  return parsed.ok ? { fields: fields.value, value: parsed.value } : fieldErrors(parsed.failure);
}

/**
 * What stands for this request when it comes again: its fields as they are meant, in whichever encoding.
 * null: no key was sent.
 */
export function idempotencyOf(c: C, operation: string, value: object): Idempotency | null | Response {
  const key = c.req.header("idempotency-key");
  if (!key) return null;
  if (key.length > IDEMPOTENCY_KEY_LIMIT_CHARS) return failed(400, "The idempotency key is too long.");
  // The schema names the fields, in its own order.
  return { scope: `crm ${operation} ${c.var.caller.actor.user.id}`, key, content: JSON.stringify(value) };
}
