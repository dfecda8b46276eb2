/** The admin API's operations. */
import * as z from "zod/mini";
import { CREDENTIALS_OF } from "../../domain/credentials.ts";
import { AWAY, type Dialect, json, named, type Operation, problemAnswer, RETRY_AFTER, said } from "../http/openapi.ts";
import {
  and,
  answer,
  change,
  conflict,
  create,
  invalid,
  list,
  notFound,
  nothing,
  read,
} from "../http/openapi-operations.ts";
import { Problem } from "../http/problem-body.ts";
import * as bodies from "./bodies.ts";
import { peopleOperations } from "./openapi-people.ts";
import { setupOperations } from "./openapi-setup.ts";
import { ORGANIZATION } from "./paths.ts";
import { NewOrganization, OrganizationPatch, PurgeRequest } from "./schemas.ts";

named({
  Problem,
  Organization: bodies.Organization,
  NewOrganization,
  OrganizationPatch,
  HeldLead: bodies.HeldLead,
  PurgeRequest,
});

const HELD = `${ORGANIZATION}/held-leads`;

const operations: Operation[] = [
  {
    ...create("/organizations", "createOrganization", "Make an organization", NewOrganization, bodies.Organization),
    callers: ["root"],
    answers: { 201: answer(bodies.Organization, "It is made."), ...invalid, ...conflict },
  },
  { ...list("/organizations", "listOrganizations", "List organizations", bodies.Organization), callers: ["root"] },
  read(ORGANIZATION, "getOrganization", "Read an organization", bodies.Organization),
  change(ORGANIZATION, "updateOrganization", "Change an organization", OrganizationPatch, bodies.Organization),
  ...peopleOperations,
  ...setupOperations,
  list(HELD, "listHeldLeads", "List what is held as suspected spam", bodies.HeldLead, notFound),
  {
    method: "post",
    path: `${HELD}/{lead}/release`,
    id: "releaseLead",
    summary: "Release a held lead",
    answers: {
      200: answer(bodies.HeldLead, "It is released."),
      ...notFound,
      409: problemAnswer("The request that it repeats still stands."),
    },
  },
  {
    method: "post",
    path: `${HELD}/{lead}/drop`,
    id: "dropLead",
    summary: "Drop a held lead for good",
    answers: { 204: nothing, ...notFound },
  },
  and(
    {
      method: "post",
      path: `${ORGANIZATION}/purge`,
      id: "purge",
      summary: "Empty what is personal in leads",
      description: "Of one lead, of a person, or of whatever is past the organization's retention.",
      body: json(PurgeRequest),
      answers: { 200: answer(bodies.Purged, "They are emptied."), ...invalid },
    },
    notFound,
  ),
];

export const adminApi: Dialect = {
  name: "admin",
  description:
    "Organizations, and everything that a first lead needs. The root token opens all of it, an administrator's token what " +
    "is their organization's. Whatever is made takes an `id` of the caller's, so that a retry meets 409 and not a second one.",
  base: "/admin/v1",
  callers: ["root", ...CREDENTIALS_OF.admin],
  pathParameters: {
    organization: z.uuid(),
    user: z.uuid(),
    credential: said("The public part of the secret.", z.string()),
    integration: z.uuid(),
    form: z.uuid(),
    lead: z.uuid(),
    pipeline: z.int().check(z.gte(0), z.lte(999_999_999_999_999)),
    source: z.int().check(z.gte(0), z.lte(999_999_999_999_999)),
    status: z.int().check(z.gte(0), z.lte(999_999_999_999_999)),
  },
  always: {
    401: problemAnswer("No token, or not a valid one."),
    403: problemAnswer("The token is not an administrator's, or may not do this."),
    429: problemAnswer("Too many wrong tokens.", RETRY_AFTER),
    500: problemAnswer("Something went wrong on our side."),
    503: problemAnswer(AWAY, RETRY_AFTER),
  },
  toBodies: { 413: problemAnswer("The body is too large.") },
  operations,
};
