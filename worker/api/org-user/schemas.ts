/** What callers of the v5 API send, and what is said when it is wrong. */
import * as z from "zod/mini";
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import type { Keyset, LeadQuery } from "../../domain/lead-query.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { LeadUpdate } from "../../services/update-lead.ts";
import "../http/zod-words.ts";

/** Errors by field, as REST frameworks spell them. */
export type FieldErrors = Record<string, string[]>;

const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
export const isUuid = (text: string): boolean => UUID.test(text);

const REQUIRED = "This field is required.";
const assignedUserId = z.nullable(z.string("Must be a valid UUID.").check(z.regex(UUID, "Must be a valid UUID.")));
const isClosed = z.boolean({
  error: (issue) => (issue.input === null ? "This field may not be null." : "Must be a valid boolean."),
});
export const LeadPatch = z.object({ assigned_user_id: z.optional(assignedUserId), is_closed: z.optional(isClosed) });

/**
 * The two writable keys; read-only and unknown ones are ignored.
 * @param isWhole PUT needs both of them, PATCH any.
 */
export function parseUpdate(body: unknown, isWhole: boolean): Result<LeadUpdate, FieldErrors> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    const got = Array.isArray(body) ? "list" : body === null ? "null" : typeof body;
    return fail({ non_field_errors: [`Invalid data. Expected a dictionary, but got ${got}.`] });
  }
  const errors: FieldErrors = {};
  const parsed = LeadPatch.safeParse(body);
  for (const issue of parsed.error?.issues ?? []) errors[String(issue.path[0])] = [issue.message];
  for (const key of isWhole ? ["assigned_user_id", "is_closed"] : []) {
    if (!Object.hasOwn(body, key)) errors[key] = [REQUIRED];
  }
  if (!parsed.success || Object.keys(errors).length > 0) return fail(errors);
  const { assigned_user_id: owner, is_closed } = parsed.data;
  return ok({
    ...(owner === undefined ? {} : { ownerUuid: owner?.toLowerCase() ?? null }),
    ...(is_closed === undefined ? {} : { isClosed: is_closed }),
  });
}

export type ListParameters = Omit<LeadQuery, "view">;
export type ListFailure = { kind: "fields"; errors: FieldErrors } | { kind: "cursor" };

/** `ordering`, `is_processable`, `page_size` (ours, at most 100) and `cursor`; unknown parameters are ignored. */
export function parseList(query: URLSearchParams): Result<ListParameters, ListFailure> {
  const errors: FieldErrors = {};
  const ordering = query.get("ordering")?.split(",")[0] || "created_at";
  if (ordering !== "created_at" && ordering !== "-created_at") {
    errors.ordering = [`Select a valid choice. ${ordering} is not one of the available choices.`];
  }
  const processable = query.get("is_processable")?.toLowerCase() || undefined;
  if (processable !== undefined && !["true", "false", "1", "0"].includes(processable)) {
    errors.is_processable = ["Must be a valid boolean."];
  }
  const size = query.get("page_size") || String(PAGE_SIZE_DEFAULT);
  if (!/^\d{1,9}$/.test(size) || Number(size) === 0) errors.page_size = ["A valid integer is required."];
  if (Object.keys(errors).length > 0) return fail({ kind: "fields", errors });
  const place = query.get("cursor") ? parseCursor(query.get("cursor") as string) : {};
  if (place === null) return fail({ kind: "cursor" });
  return ok({
    order: ordering === "created_at" ? "ascending" : "descending",
    ...(processable === undefined ? {} : { isProcessable: processable === "true" || processable === "1" }),
    limit: Math.min(Number(size), PAGE_SIZE_LIMIT),
    ...place,
  });
}

type Place = { after: Keyset } | { before: Keyset };

/** Opaque to callers: direction, time and id of the lead at the edge of a page. */
export function printCursor(place: Place): string {
  const [direction, { at, id }] = "after" in place ? ["n", place.after] : ["p", place.before];
  return btoa(`${direction}${at}.${id}`).replaceAll("=", "");
}

function parseCursor(cursor: string): Place | null {
  if (!/^[A-Za-z0-9]{1,64}$/.test(cursor)) return null;
  let text: string;
  try {
    text = atob(cursor);
  } catch {
    return null;
  }
  const [, direction, at, id] = /^([np])(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
  if (direction === undefined) return null;
  const keyset = { at: Number(at), id: Number(id) };
  return direction === "n" ? { after: keyset } : { before: keyset };
}
