/** Leads, notes and appointments as the CRM shows them. What is not known is an empty text. */
import type { Appointment, Note, WorkedLead } from "../../domain/worked-lead.ts";
import { stageId } from "../../domain/worked-lead.ts";
import { statusOfStage, type Vocabulary } from "../../services/vocabulary.ts";
import type { Overview } from "../../services/worked-lead.ts";
import { isoLocal } from "../../services/zoned-time.ts";
import type * as bodies from "./bodies.ts";

const utc = (ms: number): string => new Date(ms).toISOString();

export function leadBody(lead: WorkedLead, vocabulary: Vocabulary): bodies.Lead {
  const { person, keeper } = lead;
  return {
    slug: lead.slug,
    first_name: person.first_name ?? "",
    last_name: person.last_name ?? "",
    email: person.email ?? "",
    phone: person.phone ?? "",
    company: person.company ?? "",
    title: person.title ?? "",
    location: person.location ?? "",
    message: person.message ?? "",
    status: statusOfStage(vocabulary, stageId(lead))?.key ?? "",
    source: lead.source,
    assignee: lead.ownerId === null ? null : (keeper?.username ?? null),
    /** The assignee, else who made the lead. */
    owner: keeper?.username ?? null,
    created_at: utc(lead.receivedAt),
    updated_at: utc(lead.updatedAt),
  };
}

export const noteBody = (note: Note): bodies.Note => ({
  note_id: note.id,
  note: note.text,
  author: note.author?.username ?? null,
  created_at: utc(note.createdAt),
});

/** Times are local ones of the organization, with their distance from UTC. */
async function timesBody(appointment: Appointment, zone: string): Promise<bodies.AppointmentTimes> {
  return {
    appointment_note: appointment.note ?? "",
    appointment_status: appointment.status,
    appointment_date: await isoLocal(zone, appointment.startsAt),
    appointment_to: await isoLocal(zone, appointment.endsAt),
  };
}

export const appointmentBody = async (appointment: Appointment, zone: string): Promise<bodies.Appointment> => ({
  appointment_id: appointment.id,
  slug: appointment.leadSlug,
  user: appointment.user.username,
  ...(await timesBody(appointment, zone)),
});

export const overviewBody = async (overview: Overview, zone: string): Promise<bodies.Overview> => ({
  LeadsData: {
    status: overview.statuses.map(({ key, count, description, colour }) => ({
      status: key,
      count,
      Description: description,
      Color: colour,
    })),
    source: overview.sources.map(({ key, count }) => ({ source: key, count })),
  },
  TotalLeads: overview.total,
  appointments: await Promise.all(overview.appointments.map((appointment) => timesBody(appointment, zone))),
});
