/** Reading: the overview, the two lists, and one lead with all about it. */
import type { Appointment, WorkedLead } from "../../domain/worked-lead.ts";
import { periodOf } from "../../services/calendar.ts";
import { listWorkedLeads } from "../../services/list-worked-leads.ts";
import { listAppointments as listMeetings, readOverview, readWorkedLead } from "../../services/worked-lead.ts";
import { formatLocal } from "../../services/zoned-time.ts";
import type { Deps } from "../http/app.ts";
import { readQuery } from "../http/fields.ts";
import type { C } from "./access.ts";
import { envelope } from "./envelope.ts";
import { failureAnswer, fieldErrors } from "./errors.ts";
import { links } from "./paging.ts";
import { parseAppointmentList, parseLeadList, parseOverview } from "./query.ts";
import { context } from "./requests.ts";
import { parseFields, ViewLead } from "./schemas.ts";
import { appointmentBody, leadBody, noteBody, overviewBody } from "./serializers.ts";

const queryOf = (c: C): URLSearchParams => readQuery(c.req.raw);

export async function overview(c: C, deps: Deps): Promise<Response> {
  const period = parseOverview(queryOf(c));
  if (!period.ok) return fieldErrors(period.failure);
  const { organization } = c.var.caller;
  const time = await periodOf(organization.timeZone, deps.now(), period.value);
  const read = await readOverview(context(c, deps), organization, time);
  return envelope(200, await overviewBody(read, organization.timeZone));
}

export async function listLeads(c: C, deps: Deps): Promise<Response> {
  const query = parseLeadList(queryOf(c));
  if (!query.ok) return fieldErrors(query.failure);
  const { place, input, isSearch } = query.value;
  const page = await listWorkedLeads(context(c, deps), c.var.caller.organization, input);
  if (page === null) return fieldErrors({ status: [`${input.status} is not a valid choice.`] });
  const placeOf = (lead: WorkedLead | undefined) => (lead && !isSearch ? { at: 0, id: lead.id } : undefined);
  const ends = { ...page, isAscending: false, first: placeOf(page.items[0]), last: placeOf(page.items.at(-1)) };
  return envelope(200, {
    results: page.items.map((lead) => leadBody(lead, page.vocabulary)),
    count: page.count,
    ...links(c.req.url, isSearch ? { ...place, cursor: null } : place, ends),
    ...(page.isPartial ? { is_partial: true } : {}),
  });
}

export async function listAppointments(c: C, deps: Deps): Promise<Response> {
  const { organization } = c.var.caller;
  const today = (await formatLocal(organization.timeZone, deps.now())).slice(0, 10);
  const parsed = await parseAppointmentList(queryOf(c), organization.timeZone, today);
  if (!parsed.ok) return fieldErrors(parsed.failure);
  const { place, query, lead } = parsed.value;
  const page = await listMeetings(context(c, deps), organization.id, query, lead);
  const placeOf = (one: Appointment | undefined) => one && { at: one.startsAt, id: one.id };
  const ends = { ...page, isAscending: true, first: placeOf(page.items[0]), last: placeOf(page.items.at(-1)) };
  const results = await Promise.all(page.items.map((one) => appointmentBody(one, organization.timeZone)));
  return envelope(200, { results, count: page.count, ...links(c.req.url, place, ends) });
}

export async function viewLead(c: C, deps: Deps): Promise<Response> {
  const sent = await parseFields(ViewLead, Object.fromEntries(queryOf(c)));
  if (!sent.ok) return fieldErrors(sent.failure);
  const { organization } = c.var.caller;
  const found = await readWorkedLead(context(c, deps), organization, sent.value.slug);
  if (!found.ok) return failureAnswer("view-lead", found.failure);
  const { lead, notes, appointments, vocabulary } = found.value;
  return envelope(200, {
    ...leadBody(lead, vocabulary),
    notes: notes.map(noteBody),
    appointments: await Promise.all(appointments.map((one) => appointmentBody(one, organization.timeZone))),
  });
}
