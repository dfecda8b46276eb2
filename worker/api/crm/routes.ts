/**
 * CRM of leads, appointments and notes, v1.
 *
 *     GET  /leads/overview               counts, and appointments of a period
 *     GET  /leads/list                   /leads/appointments/list, /leads/view/lead?slug=
 *     POST /leads/create/appointment     /leads/update/appointment, /leads/delete/appointment
 *     POST /v1/leads/create/lead         /leads/update/lead, /leads/delete/lead
 *     POST /leads/create/leadnote        /leads/delete/leadnote
 *     POST /user/login                   /user/token/refresh
 *
 * Each also without its first `leads/`, as the document's samples have it, and with a slash at the end or without.
 *
 * | who           | leads            | notes                        | appointments                     |
 * |---------------|------------------|------------------------------|----------------------------------|
 * | agent         | own ones         | on own leads; deletes own    | own ones, under own leads        |
 * | administrator | all              | all                          | all; those made are one's own    |
 *
 * A lead is its assignee's, else its maker's. By design: a refusal of the whole request is 401, as documented; checks
 * go from an empty body over each field's syntax and choices to existence, permission, and rules about time. Lists are
 * newest first, links carry a cursor beside the offset. A lead that was emptied is shown, but takes no new words, notes or
 * appointments: nobody would empty it again. A search goes by the beginnings of names, addresses and
 * numbers, in the order of the alphabet, and looks at 2,000 people at most: `is_partial` says so. Appointments of some
 * time are counted to 1,000.
 * Gap: a search's next page is found by its number, not by a cursor.
 */
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { BODY_LIMIT_BYTES } from "../../../shared/limits.ts";
import type { Deps } from "../http/app.ts";
import { caught, SERVER_ERRORS } from "../http/exception.ts";
import { type C, type CrmEnv, requireKey, requireUser } from "./access.ts";
import { createAppointment, removeAppointment, updateAppointment } from "./appointments.ts";
import { failed } from "./errors.ts";
import { createLead, createNote, removeLead, removeNote, updateLead } from "./leads.ts";
import { listAppointments, listLeads, overview, viewLead } from "./lists.ts";
import { login, refresh } from "./login.ts";

type Handler = (c: C, deps: Deps) => Promise<Response>;
type Route = readonly [method: "GET" | "POST", paths: readonly string[], handler: Handler];

/** As the headings spell it, and as the samples do. */
const both = (path: string) => [`/leads/${path}`, `/${path}`];

const ROUTES: readonly Route[] = [
  ["GET", ["/leads/overview"], overview],
  ["GET", ["/leads/list"], listLeads],
  ["GET", ["/leads/appointments/list", "/appointments/list"], listAppointments],
  ["GET", both("view/lead"), viewLead],
  ["POST", both("create/appointment"), createAppointment],
  ["POST", both("update/appointment"), updateAppointment],
  ["POST", both("delete/appointment"), removeAppointment],
  ["POST", [...both("create/lead"), "/v1/leads/create/lead", "/v1/create/lead"], createLead],
  ["POST", both("update/lead"), updateLead],
  ["POST", both("delete/lead"), removeLead],
  ["POST", both("create/leadnote"), createNote],
  ["POST", both("delete/leadnote"), removeNote],
];
const LOGIN_ROUTES: readonly Route[] = [
  ["POST", ["/user/login"], login],
  ["POST", ["/user/token/refresh"], refresh],
];

export function crmRoutes(deps: Deps): Hono<CrmEnv> {
  const app = new Hono<CrmEnv>({ strict: false });
  const limit = bodyLimit({ maxSize: BODY_LIMIT_BYTES, onError: () => failed(413, "Request body is too large.") });
  const add = (routes: readonly Route[], access: MiddlewareHandler<CrmEnv>[]) => {
    for (const [method, paths, handler] of routes) {
      for (const path of paths) {
        for (const guard of access) app.use(path, guard);
        app.on(method, [path], limit, (c) => handler(c, deps));
        app.all(path, (c) => notAllowed(c, method));
      }
    }
  };
  add(ROUTES, [requireKey(deps), requireUser(deps)]);
  add(LOGIN_ROUTES, [requireKey(deps)]);
  app.all("*", () => failed(404, "Not found."));
  app.onError((error, c) => {
    const { status, headers } = caught(error, c);
    return failed(status, SERVER_ERRORS[status], headers);
  });
  return app;
}

const notAllowed = (c: C, allowed: "GET" | "POST"): Response =>
  failed(405, `Method "${c.req.method}" not allowed.`, { allow: allowed === "GET" ? "GET, HEAD" : allowed });
