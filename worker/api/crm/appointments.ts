/** Writing appointments. Their times are read on the organization's clocks. */
import { changeAppointment, deleteAppointment } from "../../services/change-appointment.ts";
import { makeAppointment } from "../../services/make-appointment.ts";
import { parseLocal } from "../../services/zoned-time.ts";
import type { Deps } from "../http/app.ts";
import type { C } from "./access.ts";
import { envelope } from "./envelope.ts";
import { failureAnswer } from "./errors.ts";
import { REPLAYED } from "./leads.ts";
import { context, idempotencyOf, read } from "./requests.ts";
import { AppointmentId, createAppointmentOf, type ReadTime, updateAppointmentOf } from "./schemas.ts";
import { appointmentBody } from "./serializers.ts";

const clockOf = (c: C): ReadTime => {
  const { timeZone } = c.var.caller.organization;
  return (text) => parseLocal(timeZone, text);
};

export async function createAppointment(c: C, deps: Deps): Promise<Response> {
  const sent = await read(c, createAppointmentOf(clockOf(c)), true);
  if (sent instanceof Response) return sent;
  const idempotency = idempotencyOf(c, "create-appointment", sent.value);
  if (idempotency instanceof Response) return idempotency;
  const { organization } = c.var.caller;
  const wanted = {
    slug: sent.value.slug,
    startsAt: sent.value.appointment_date,
    endsAt: sent.value.appointment_to,
    status: sent.value.appointment_status ?? ("pending" as const),
    note: sent.value.appointment_note ?? null,
  };
  const made = await makeAppointment(context(c, deps), organization.id, wanted, idempotency);
  if (!made.ok) return failureAnswer("create-appointment", made.failure);
  const { appointment, isReplay } = made.value;
  return envelope(200, await appointmentBody(appointment, organization.timeZone), {}, isReplay ? REPLAYED : {});
}

export async function updateAppointment(c: C, deps: Deps): Promise<Response> {
  const sent = await read(c, updateAppointmentOf(clockOf(c)), true);
  if (sent instanceof Response) return sent;
  const { organization } = c.var.caller;
  const edit = {
    slug: sent.value.slug,
    startsAt: sent.value.appointment_date,
    endsAt: sent.value.appointment_to,
    status: sent.value.appointment_status,
    note: sent.value.appointment_note,
  };
  const id = Number(sent.value.appointment_id);
  const changed = await changeAppointment(context(c, deps), organization.id, id, edit);
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
