/** The CRM's lists: `offset` and `limit`, prefixes to search by, and the choices that narrow them. */
import * as z from "zod/mini";
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_LIMIT, TEXT_LIMIT_CHARS } from "../../../shared/limits.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { APPOINTMENT_STATUSES, type AppointmentQuery } from "../../domain/worked-lead.ts";
import type { Period } from "../../services/calendar.ts";
import { PERIODS } from "../../services/calendar.ts";
import type { WorkedListInput } from "../../services/list-worked-leads.ts";
import { endOfDay, startOfDay } from "../../services/zoned-time.ts";
import type { FieldErrors } from "./envelope.ts";
import { errorsOf } from "./schemas.ts";

/** How far a page may lie from the start where it is asked for by number alone; `next` links go on from there. */
export const DEPTH_LIMIT_ROWS = 10_000;

const INTEGER = "A valid integer is required.";
const whole = () => z.optional(z.string().check(z.regex(/^\d{1,15}$/, { error: INTEGER, abort: true })));
const words = () => z.optional(z.string().check(z.trim(), z.maxLength(TEXT_LIMIT_CHARS)));

const noChoice = ({ input }: { input?: unknown }): string => `${input} is not a valid choice.`;

const page = { offset: whole(), limit: whole(), cursor: z.optional(z.string()) };

export const OverviewQuery = z.object({
  appointment: z.optional(z.enum(PERIODS, "Invalid appointment filter value.")),
});
export const LeadListQuery = z.object({
  ...page,
  list_type: z.optional(z.literal("assigned", { error: noChoice })),
  first_name: words(),
  last_name: words(),
  email: words(),
  phone: words(),
  status: words(),
  owner: words(),
});
export const AppointmentListQuery = z.object({
  ...page,
  datesetting: z.optional(z.enum(["on", "before", "after"], { error: noChoice })),
  /** MM/DD/YYYY; today where there is a setting and no date. */
  ondate: z.optional(
    z.string().check(z.regex(/^(0[1-9]|1[0-2])\/(0[1-9]|[12]\d|3[01])\/\d{4}$/, "Invalid date format.")),
  ),
  status: z.optional(z.enum(APPOINTMENT_STATUSES, "Invalid appointment status.")),
  lead: words(),
});

/** Where a page starts and how long it is. */
export interface PagePlace {
  offset: number;
  limit: number;
  /** Of the last item before, where a `next` link was followed. */
  cursor: { at: number; id: number } | null;
}

/** Parameters that say nothing are as if they were not there. */
function read<T extends z.ZodMiniType>(schema: T, query: URLSearchParams): Result<z.infer<T>, FieldErrors> {
  const entries = [...query].filter(([, value]) => value.trim() !== "");
  const parsed = schema.safeParse(Object.fromEntries(entries));
  return parsed.success ? ok(parsed.data) : fail(errorsOf(parsed.error.issues));
}

function placeOf(sent: { offset?: string; limit?: string; cursor?: string }): Result<PagePlace, FieldErrors> {
  const cursor = sent.cursor === undefined ? null : parseCursor(sent.cursor);
  if (sent.cursor !== undefined && cursor === null) return fail({ cursor: ["Invalid cursor."] });
  const offset = Number(sent.offset ?? 0);
  if (cursor === null && offset > DEPTH_LIMIT_ROWS) {
    return fail({ offset: [`Ensure this value is less than or equal to ${DEPTH_LIMIT_ROWS}.`] });
  }
  const limit = Number(sent.limit ?? PAGE_SIZE_DEFAULT) || PAGE_SIZE_DEFAULT;
  return ok({ offset, limit: Math.min(limit, PAGE_SIZE_LIMIT), cursor });
}

export const printCursor = ({ at, id }: { at: number; id: number }): string => `${at}.${id}`;

function parseCursor(text: string): PagePlace["cursor"] {
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
  return at === undefined || id === undefined ? null : { at: Number(at), id: Number(id) };
}

export function parseOverview(query: URLSearchParams): Result<Period, FieldErrors> {
  const sent = read(OverviewQuery, query);
  return sent.ok ? ok(sent.value.appointment ?? "upcoming") : sent;
}

export function parseLeadList(
  query: URLSearchParams,
): Result<{ place: PagePlace; input: WorkedListInput; isSearch: boolean }, FieldErrors> {
  const sent = read(LeadListQuery, query);
  if (!sent.ok) return sent;
  const place = placeOf(sent.value);
  if (!place.ok) return place;
  const { first_name: firstName, last_name: lastName, email, phone, status, owner, list_type } = sent.value;
  const isSearch = [firstName, lastName, email, phone].some((text) => text !== undefined);
  const { cursor, offset, limit } = place.value;
  const start = cursor && !isSearch ? { afterId: cursor.id, skip: 0 } : { skip: offset };
  const input = {
    isOwn: list_type === "assigned",
    keeper: owner,
    status,
    firstName,
    lastName,
    email,
    phone,
    ...start,
    limit,
  };
  return ok({ place: place.value, input, isSearch });
}

type Appointments = Omit<AppointmentQuery, "userId" | "leadId">;

/** @param today `YYYY-MM-DD` in the zone. */
export async function parseAppointmentList(
  query: URLSearchParams,
  zone: string,
  today: string,
): Promise<Result<{ place: PagePlace; query: Appointments; lead?: string }, FieldErrors>> {
  const sent = read(AppointmentListQuery, query);
  if (!sent.ok) return sent;
  const place = placeOf(sent.value);
  if (!place.ok) return place;
  const { datesetting, ondate, status, lead } = sent.value;
  const [month, day, year] = ondate?.split("/") ?? [];
  const date = ondate === undefined ? today : `${year}-${month}-${day}`;
  const [from, to] = [await startOfDay(zone, date), await endOfDay(zone, date)];
  if (from === null || to === null) return fail({ ondate: ["Invalid date format."] });
  const setting = datesetting ?? (ondate === undefined ? "any" : "on");
  const time = { any: {}, on: { from, to }, before: { to: from }, after: { from: to } }[setting];
  const { cursor, offset, limit } = place.value;
  const start = cursor ? { after: cursor, skip: 0 } : { skip: offset };
  return ok({ place: place.value, lead, query: { ...time, status, ...start, limit } });
}
