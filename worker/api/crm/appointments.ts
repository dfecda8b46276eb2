/** Writing appointments. Their times are read on the organization's clocks. */
import { changeAppointment, deleteAppointment, makeAppointment } from "../../services/appointments.ts";
import type { Deps } from "../http/app.ts";
import type { C } from "./access.ts";
import { envelope } from "./envelope.ts";
import { failureAnswer } from "./errors.ts";
import { REPLAYED } from "./leads.ts";
import { context, idempotencyOf, read, readTimes } from "./requests.ts";
import { AppointmentId, CreateAppointment, UpdateAppointment } from "./schemas.ts";
import { appointmentBody } from "./serializers.ts";

export async function createAppointment(c: C, deps: Deps): Promise<Response> {
  const sent = await read(c, CreateAppointment, true);
  if (sent instanceof Response) return sent;
  const { slug, appointment_date, appointment_to, appointment_note, appointment_status } = sent.value;
  const { organization } = c.var.caller;
  const times = await readTimes(organization.timeZone, { appointment_date, appointment_to });
  if (times instanceof Response) return times;
  const idempotency = idempotencyOf(c, "create-appointment", sent.fields);
  if (idempotency instanceof Response) return idempotency;
  const wanted = {
    slug,
    startsAt: times.appointment_date as number,
    endsAt: times.appointment_to as number,
    status: appointment_status ?? ("pending" as const),
    note: appointment_note ?? null,
  };
  const made = await makeAppointment(context(c, deps), organization.id, wanted, idempotency);
  if (!made.ok) return failureAnswer("create-appointment", made.failure);
  const { appointment, isReplay } = made.value;
  return envelope(200, await appointmentBody(appointment, organization.timeZone), {}, isReplay ? REPLAYED : {});
}

export async function updateAppointment(c: C, deps: Deps): Promise<Response> {
  const sent = await read(c, UpdateAppointment, true);
  if (sent instanceof Response) return sent;
  const { appointment_id: id, slug, appointment_date, appointment_to } = sent.value;
  const { organization } = c.var.caller;
  const times = await readTimes(organization.timeZone, { appointment_date, appointment_to });
  if (times instanceof Response) return times;
  const edit = {
    slug,
    startsAt: times.appointment_date,
    endsAt: times.appointment_to,
    status: sent.value.appointment_status,
    note: sent.value.appointment_note,
  };
  const changed = await changeAppointment(context(c, deps), organization.id, Number(id), edit);
  if (!changed.ok) return failureAnswer("update-appointment", changed.failure);
  return envelope(200, await appointmentBody(changed.value, organization.timeZone));
}

export async function removeAppointment(c: C, deps: Deps): Promise<Response> {
  const sent = await read(c, AppointmentId);
  if (sent instanceof Response) return sent;
  const id = Number(sent.value.appointment_id);
  const deleted = await deleteAppointment(context(c, deps), c.var.caller.organization.id, id);
  if (!deleted.ok) return failureAnswer("delete-appointment", deleted.failure);
  return envelope(200, { appointment_id: deleted.value.id });
}
