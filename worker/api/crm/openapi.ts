/** The CRM's operations. */
import * as z from "zod/mini";
import { CREDENTIALS_OF } from "../../domain/credentials.ts";
import {
  type Answer,
  type Answers,
  AWAY,
  type Content,
  type Dialect,
  json,
  named,
  type Operation,
  RETRY_AFTER,
  type Schema,
  said,
} from "../http/openapi.ts";
import * as bodies from "./bodies.ts";
import { AppointmentListQuery, LeadListQuery, OverviewQuery } from "./query.ts";
import {
  AppointmentId,
  CreateLead,
  CreateNote,
  createAppointmentOf,
  LeadSlug,
  Login,
  NoteId,
  RefreshLogin,
  UpdateLead,
  updateAppointmentOf,
  ViewLead,
} from "./schemas.ts";

/** What a text means on a clock is not described. */
const noClock = async () => null;
const CreateAppointment = createAppointmentOf(noClock);
const UpdateAppointment = updateAppointmentOf(noClock);

named({
  CrmLead: bodies.Lead,
  CrmNote: bodies.Note,
  CrmAppointment: bodies.Appointment,
  CrmAppointmentTimes: bodies.AppointmentTimes,
  CrmRefusal: bodies.Refusal,
  CrmCreateLead: CreateLead,
  CrmUpdateLead: UpdateLead,
  CrmCreateAppointment: CreateAppointment,
  CrmUpdateAppointment: UpdateAppointment,
  CrmCreateNote: CreateNote,
});

const refusal = (description: string, headers?: Answer["headers"]): Answer => ({
  description,
  content: json(bodies.Refusal),
  ...(headers ? { headers } : {}),
});
const done = (schema: z.ZodMiniType, description: string): Answer => ({
  description,
  content: json(bodies.wrapped(schema)),
});
/** Any encoding of a form, or JSON. */
const fields = (schema: Schema): Content => ({
  "multipart/form-data": schema,
  "application/x-www-form-urlencoded": schema,
  "application/json": schema,
});
const invalid: Answers = { 400: refusal("Not valid: what is wrong, by field.") };
const unreadable: Answers = { 415: refusal("The body is neither a form nor JSON.") };

/** The paths of one operation: as the document's headings spell it, then as its samples and others do. */
interface Spelled extends Omit<Operation, "path"> {
  paths: [string, ...string[]];
}
const both = (path: string): [string, ...string[]] => [`/leads/${path}`, `/${path}`];

const read = (
  paths: Spelled["paths"],
  id: string,
  summary: string,
  query: z.ZodMiniObject,
  data: z.ZodMiniType,
): Spelled => ({
  method: "get",
  paths,
  id,
  summary,
  query,
  answers: { 200: done(data, "In the envelope."), ...invalid },
});
const write = (paths: Spelled["paths"], id: string, summary: string, body: Schema, data: z.ZodMiniType): Spelled => ({
  method: "post",
  paths,
  id,
  summary,
  body: fields(body),
  answers: {
    200: done(data, "It is done."),
    ...invalid,
    ...unreadable,
    409: refusal("It was changed at the same moment."),
  },
});
/** The same, harmless to repeat. */
const create = (...of: Parameters<typeof write>): Spelled => {
  const written = write(...of);
  return {
    ...written,
    headers: z.object({
      "Idempotency-Key": z.optional(said("Makes a retry harmless for a day.", z.string().check(z.maxLength(255)))),
    }),
    answers: { ...written.answers, 422: refusal("The key was used before, with other content.") },
  };
};
const login = (paths: Spelled["paths"], id: string, summary: string, body: Schema, data: z.ZodMiniType): Spelled => ({
  ...write(paths, id, summary, body, data),
  callers: ["organization_key"],
  answers: {
    200: done(data, "Signed in."),
    ...invalid,
    ...unreadable,
    429: refusal("Too many attempts.", RETRY_AFTER),
  },
});

const slug = z.object({ slug: z.string() });
const noteId = z.object({ note_id: z.int() });
const appointmentId = z.object({ appointment_id: z.int() });

const OPERATIONS: Spelled[] = [
  read(["/leads/overview"], "crmOverview", "Count leads, and see appointments", OverviewQuery, bodies.Overview),
  read(["/leads/list"], "crmListLeads", "List and search leads", LeadListQuery, bodies.LeadPage),
  read(
    ["/leads/appointments/list", "/appointments/list"],
    "crmListAppointments",
    "List appointments",
    AppointmentListQuery,
    bodies.AppointmentPage,
  ),
  read(both("view/lead"), "crmViewLead", "See a lead with its notes and appointments", ViewLead, bodies.LeadDetails),
  create(
    ["/v1/leads/create/lead", "/v1/create/lead", ...both("create/lead")],
    "crmCreateLead",
    "Create a lead",
    CreateLead,
    bodies.Lead,
  ),
  write(both("update/lead"), "crmUpdateLead", "Update a lead", UpdateLead, bodies.Lead),
  write(both("delete/lead"), "crmDeleteLead", "Delete a lead", LeadSlug, slug),
  create(
    both("create/appointment"),
    "crmCreateAppointment",
    "Make an appointment",
    CreateAppointment,
    bodies.Appointment,
  ),
  write(
    both("update/appointment"),
    "crmUpdateAppointment",
    "Change an appointment",
    UpdateAppointment,
    bodies.Appointment,
  ),
  write(both("delete/appointment"), "crmDeleteAppointment", "Delete an appointment", AppointmentId, appointmentId),
  create(both("create/leadnote"), "crmCreateNote", "Add a note to a lead", CreateNote, bodies.NewNote),
  write(both("delete/leadnote"), "crmDeleteNote", "Delete a note", NoteId, noteId),
  login(["/user/login"], "crmLogin", "Sign in with a password", Login, bodies.Tokens),
  login(["/user/token/refresh"], "crmRefreshLogin", "Get another access token", RefreshLogin, bodies.AccessToken),
];

/** An id each: the first spelling has the operation's own. */
const spelled = ({ paths, ...operation }: Spelled): Operation[] =>
  paths.map((path, index) => ({ ...operation, path, id: index === 0 ? operation.id : `${operation.id}${index + 1}` }));

export const crmApi: Dialect = {
  name: "crm",
  description:
    "A CRM of leads, appointments and notes. Callers send their organization's key in `apikey` and, as Bearer, a token of a " +
    "user or of a login. Agents have their own leads, administrators all. Every path also takes a slash at its end.",
  base: "/api/v1",
  callers: CREDENTIALS_OF.crm.map((kind) => ["organization_key", kind] as const),
  pathParameters: {},
  always: {
    401: refusal("No credentials, or not valid ones; or the request failed, and why."),
    403: refusal("The organization has no active subscription."),
    500: refusal("Something went wrong on our side."),
    503: refusal(AWAY, RETRY_AFTER),
  },
  toBodies: { 413: refusal("The body is too large.") },
  operations: OPERATIONS.flatMap(spelled),
};
