/** Appointments: the triggers of the table keep two of one user, and two of one lead, from overlapping. */
import type { LeadState } from "../domain/lead.ts";
import {
  APPOINTMENT_STATUSES,
  type Appointment,
  type AppointmentQuery,
  type AppointmentStatus,
} from "../domain/worked-lead.ts";
import type { Fragment } from "./lead-words.ts";

export interface AppointmentRow {
  id: number;
  lead_id: number;
  lead_slug: string;
  lead_state: LeadState;
  lead_purged_at: number | null;
  user_id: number;
  username: string;
  starts_at: number;
  ends_at: number;
  status: AppointmentStatus;
  note: string | null;
}

const OF_APPOINTMENT = ["id", "lead_id", "user_id", "starts_at", "ends_at", "status", "note", "tie"];
const ofAppointment = (appointment: string): string =>
  OF_APPOINTMENT.map((column) => `${appointment}.${column}`).join(", ");
/** Three rows an appointment: itself, its lead, and whose it is. */
const selectFrom = (source: string, as: string): string => `SELECT ${ofAppointment(as)}, lead.slug AS lead_slug,
    lead.state AS lead_state, lead.purged_at AS lead_purged_at, user.username
  FROM ${source} AS ${as} CROSS JOIN lead ON lead.id = ${as}.lead_id CROSS JOIN user ON user.id = ${as}.user_id`;
const SELECT_APPOINTMENT = selectFrom("appointment", "appointment");

export const appointmentOf = (row: AppointmentRow): Appointment => ({
  id: row.id,
  leadId: row.lead_id,
  leadSlug: row.lead_slug,
  user: { id: row.user_id, username: row.username },
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  status: row.status,
  note: row.note,
});

export function getAppointment(db: D1Database, organizationId: number, id: number): D1PreparedStatement {
  return db
    .prepare(`${SELECT_APPOINTMENT} WHERE appointment.organization_id = ? AND appointment.id = ?`)
    .bind(organizationId, id);
}

/** The first appointments of a lead, in their order. */
export function appointmentsOf(
  db: D1Database,
  organizationId: number,
  slug: string,
  limit: number,
): D1PreparedStatement {
  return db
    .prepare(`${SELECT_APPOINTMENT} WHERE appointment.organization_id = ?1
      AND appointment.lead_id = (SELECT id FROM lead WHERE organization_id = ?1 AND slug = ?2)
      ORDER BY appointment.starts_at, appointment.tie LIMIT ?3`)
    .bind(organizationId, slug, limit);
}

interface Ranges {
  sql: string[];
  values: number[];
}

/** One range of an index a status, or one of a lead's own index. */
function rangesOf(organizationId: number, query: AppointmentQuery): Ranges {
  const { userId, leadId, status, from = 0, to = Number.MAX_SAFE_INTEGER, after, before } = query;
  const place = before ?? after ?? { at: from, id: 0 };
  const [compare, bound] = before === undefined ? [">", "starts_at < ?5"] : ["<", "starts_at >= ?5"];
  const user = userId === undefined ? "" : "AND user_id = ?4";
  const where = `organization_id = ?1 ${user} AND (starts_at, tie) ${compare} (?2, ?3) AND ${bound}`;
  const sql =
    leadId === undefined
      ? (status ? [status] : APPOINTMENT_STATUSES).map((one) => `${where} AND status = '${one}'`)
      : [`${where} AND lead_id = ?6 ${status ? `AND status = '${status}'` : ""}`];
  const values = [organizationId, place.at, place.id, userId ?? 0, before === undefined ? to : from, leadId ?? 0];
  return { sql, values };
}

/** A page and one more, in reading direction: a page before a place comes last appointment first. */
export function listAppointments(db: D1Database, organizationId: number, query: AppointmentQuery): D1PreparedStatement {
  const { sql, values } = rangesOf(organizationId, query);
  const direction = query.before === undefined ? "ASC" : "DESC";
  const order = (of = "") => `ORDER BY ${of}starts_at ${direction}, ${of}tie ${direction}`;
  const ranges = sql
    .map((where) => `SELECT ${ofAppointment("appointment")} FROM appointment WHERE ${where}`)
    .join(" UNION ALL ");
  return db
    .prepare(`${selectFrom(`(${ranges} ${order()} LIMIT ?7 OFFSET ?8)`, "page")} ${order("page.")}`)
    .bind(...values, query.limit + 1, query.skip);
}

/** How many there are: from the rollup, or, of some time or one lead, by the index and at most `most`. */
export function countAppointments(
  db: D1Database,
  organizationId: number,
  query: AppointmentQuery,
  most: number,
): D1PreparedStatement {
  const { userId, status, from, to, leadId } = query;
  if (from === undefined && to === undefined && leadId === undefined) {
    return db
      .prepare(`SELECT coalesce(sum(count), 0) AS count FROM appointment_rollup
        WHERE organization_id = ?1 AND user_id = ?2 AND (?3 IS NULL OR status = ?3)`)
      .bind(organizationId, userId ?? 0, status ?? null);
  }
  const { sql, values } = rangesOf(organizationId, { ...query, after: undefined, before: undefined });
  const ranges = sql.map((where) => `SELECT 1 FROM appointment WHERE ${where}`).join(" UNION ALL ");
  return db.prepare(`SELECT count(*) AS count FROM (${ranges} LIMIT ?7)`).bind(...values, most);
}

/** The change of the lead under which something of its appointments changes. */
export interface AppointmentChange {
  organizationId: number;
  leadId: number;
  changeId: string;
  now: number;
}

/** Adds one where the change was made, and gives its ids back; refuses the batch with the rule `overlap` or `period`. */
export function insertAppointment(
  db: D1Database,
  { organizationId, slug, changeId, now }: Omit<AppointmentChange, "leadId"> & { slug: string },
  made: Pick<Appointment, "startsAt" | "endsAt" | "status" | "note"> & { userId: number },
): D1PreparedStatement {
  return db
    .prepare(`INSERT INTO appointment (organization_id, lead_id, user_id, starts_at, ends_at, status, note, created_at,
        updated_at)
      SELECT organization_id, id, ?, ?, ?, ?, ?, ?, ? FROM lead WHERE organization_id = ? AND slug = ? AND change_id = ?
      RETURNING id, lead_id`)
    .bind(made.userId, made.startsAt, made.endsAt, made.status, made.note, now, now, organizationId, slug, changeId);
}

/** null keeps what is there, but for the note, which undefined keeps. */
export interface AppointmentPatch {
  startsAt: number | null;
  endsAt: number | null;
  status: AppointmentStatus | null;
  note: string | null | undefined;
}

/** Changes it, and moves it to the lead, where the change of that lead was made. */
export function updateAppointment(
  db: D1Database,
  { organizationId, leadId, changeId, now }: AppointmentChange,
  id: number,
  patch: AppointmentPatch,
): D1PreparedStatement {
  return db
    .prepare(`UPDATE appointment SET lead_id = ?3, starts_at = coalesce(?5, starts_at), ends_at = coalesce(?6, ends_at),
        status = coalesce(?7, status), note = iif(?8, ?9, note), updated_at = ?10
      WHERE organization_id = ?1 AND id = ?2
        AND EXISTS (SELECT 1 FROM lead WHERE organization_id = ?1 AND id = ?3 AND change_id = ?4)`)
    .bind(
      ...[organizationId, id, leadId, changeId, patch.startsAt, patch.endsAt, patch.status],
      ...[patch.note === undefined ? 0 : 1, patch.note ?? null, now],
    );
}

/** Removes it where the change was made. */
export function deleteAppointment(
  db: D1Database,
  { organizationId, leadId, changeId }: AppointmentChange,
  id: number,
): D1PreparedStatement {
  return db
    .prepare(`DELETE FROM appointment WHERE organization_id = ?1 AND lead_id = ?2 AND id = ?4
      AND EXISTS (SELECT 1 FROM lead WHERE organization_id = ?1 AND id = ?2 AND change_id = ?3)`)
    .bind(organizationId, leadId, changeId, id);
}

/** Removes all of a lead where the change was made: nobody meets about what was deleted. */
export function deleteAppointmentsOf(
  db: D1Database,
  { organizationId, slug, changeId }: { organizationId: number; slug: string; changeId: string },
): D1PreparedStatement {
  return db
    .prepare(`DELETE FROM appointment WHERE organization_id = ?1
      AND lead_id = (SELECT id FROM lead WHERE organization_id = ?1 AND slug = ?2 AND change_id = ?3)`)
    .bind(organizationId, slug, changeId);
}

/** Whether the change that it leaves its lead by was made, as what the other lead's change depends on. */
export const wasLeft = ({ organizationId, leadId, changeId }: AppointmentChange): Fragment => ({
  sql: "EXISTS (SELECT 1 FROM lead AS former WHERE former.organization_id = ? AND former.id = ? AND former.change_id = ?)",
  values: [organizationId, leadId, changeId],
});

/** Whether it is still the lead's, as what a change of that lead may depend on. */
export const appointmentStands = (organizationId: number, id: number): Fragment => ({
  sql: `EXISTS (SELECT 1 FROM appointment WHERE appointment.organization_id = ? AND appointment.id = ?
    AND appointment.lead_id = lead.id)`,
  values: [organizationId, id],
});
