/** The CRM's lists: `offset` and `limit`, prefixes to search by, and the choices that narrow them. */
import * as z from "zod/mini";
import { TEXT_LIMIT_CHARS } from "../../../shared/limits.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { APPOINTMENT_STATUSES, type AppointmentQuery } from "../../domain/worked-lead.ts";
import type { Period } from "../../services/calendar.ts";
import { PERIODS } from "../../services/calendar.ts";
import type { WorkedListInput } from "../../services/list-worked-leads.ts";
import { endOfDay, startOfDay } from "../../services/zoned-time.ts";
import type { FieldErrors } from "./envelope.ts";
import { type PagePlace, placeOf } from "./paging.ts";
import { errorsOf } from "./schemas.ts";
import "../http/zod-words.ts";

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

/** Parameters that say nothing are as if they were not there. */
function read<T extends z.ZodMiniType>(schema: T, query: URLSearchParams): Result<z.infer<T>, FieldErrors> {
  const entries = [...query].filter(([, value]) => value.trim() !== "");
  const parsed = schema.safeParse(Object.fromEntries(entries));
  return parsed.success ? ok(parsed.data) : fail(errorsOf(parsed.error.issues));
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
  const start = cursor?.isBackward ? { beforeId: cursor.id } : { afterId: cursor?.id };
  const input = {
    isOwn: list_type === "assigned",
    keeper: owner,
    status,
    firstName,
    lastName,
    email,
    phone,
    // Those who are found stand in the order of the alphabet, and have no cursor.
    ...(cursor && !isSearch ? { ...start, skip: 0 } : { skip: offset }),
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
  const start = cursor ? { [cursor.isBackward ? "before" : "after"]: cursor, skip: 0 } : { skip: offset };
  return ok({ place: place.value, lead, query: { ...time, status, ...start, limit } });
}
