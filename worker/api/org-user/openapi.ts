/** The v5 API's operations. */
import * as z from "zod/mini";
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import { CREDENTIALS_OF } from "../../domain/credentials.ts";
import { type Answer, AWAY, type Dialect, json, named, type Operation, RETRY_AFTER, said } from "../http/openapi.ts";
import { AssignedUser, Detail, FieldErrors, Lead, LeadPage } from "./bodies.ts";
import { LeadPatch } from "./schemas.ts";

named({
  V5Lead: Lead,
  V5LeadPage: LeadPage,
  V5AssignedUser: AssignedUser,
  V5Detail: Detail,
  V5FieldErrors: FieldErrors,
});

const detail = (description: string, headers?: Answer["headers"]): Answer => ({
  description,
  content: json(Detail),
  ...(headers ? { headers } : {}),
});
const lead: Answer = { description: "The lead.", content: json(Lead) };

/** What `parseList` reads. Unknown parameters are ignored. */
const ListQuery = z.object({
  ordering: z.optional(said("`-` for the newest first.", z.enum(["created_at", "-created_at"]))),
  is_processable: z.optional(
    said(
      "Only leads that another program processes, or only those that people do.",
      z.enum(["true", "false", "1", "0"]),
    ),
  ),
  page_size: z.optional(
    said(`${PAGE_SIZE_DEFAULT} where not given; ${PAGE_SIZE_LIMIT} at most are answered.`, z.int().check(z.gte(1))),
  ),
  cursor: z.optional(said("As the links of another page carry it.", z.string())),
});

/** PUT needs both of the writable keys. */
const LeadPut = z.required(LeadPatch);
const body = { body: json(LeadPatch) };
const changed = {
  200: { description: "The lead, changed.", content: json(Lead) },
  400: {
    description: "Not JSON, or not valid: what is wrong, by field.",
    content: json(z.union([Detail, FieldErrors])),
  },
  404: detail("No such lead in this list, or it was sorted away or deleted."),
  409: detail("The lead was changed in the meantime."),
  415: detail("The body is not JSON."),
};

const LISTS = [
  { path: "/orgs/{organization}/leads", list: "OrganizationLeads", one: "OrganizationLead", of: "an organization's" },
  { path: "/users/{user}/assigned_leads", list: "AssignedLeads", one: "AssignedLead", of: "a user's assigned" },
  { path: "/users/{user}/pending_leads", list: "PendingLeads", one: "PendingLead", of: "a user's pending" },
];

const operations = LISTS.flatMap(({ path, list, one, of }): Operation[] => [
  {
    method: "get",
    path,
    id: `list${list}`,
    summary: `List ${of} leads`,
    query: ListQuery,
    answers: {
      200: { description: "A page of leads.", content: json(LeadPage) },
      400: { description: "A parameter is not valid.", content: json(FieldErrors) },
      404: detail("The cursor is not one of ours."),
    },
  },
  {
    method: "get",
    path: `${path}/{lead}`,
    id: `retrieve${one}`,
    summary: `Retrieve one of ${of} leads`,
    answers: { 200: lead, 404: detail("No such lead in this list.") },
  },
  {
    method: "put",
    path: `${path}/{lead}`,
    id: `replace${one}`,
    summary: `Assign and close one of ${of} leads`,
    description: "Both writable keys are needed; all others are ignored.",
    body: json(LeadPut),
    answers: changed,
  },
  {
    method: "patch",
    path: `${path}/{lead}`,
    id: `update${one}`,
    summary: `Assign, close or reopen one of ${of} leads`,
    description: "Either of the writable keys; all others are ignored.",
    ...body,
    answers: changed,
  },
]);

export const orgUserApi: Dialect = {
  name: "org-user",
  description:
    "An organization's leads, and each user's assigned and pending ones, in the shapes of the giosg Leads API. Users read " +
    "their own lists and the organization's, and change their own leads; administrators do so for everyone.",
  base: "/api/v5",
  callers: CREDENTIALS_OF["org-user"],
  pathParameters: { organization: z.uuid(), user: z.uuid(), lead: z.uuid() },
  always: {
    401: detail("No token, or not a valid one."),
    403: detail("Somebody else's organization or list, or one without a subscription."),
    500: detail("Something went wrong on our side."),
    503: detail(AWAY, RETRY_AFTER),
  },
  toBodies: { 413: detail("The body is too large.") },
  operations,
};
