/** The v4 API's operations on incoming leads; the others are in entity-openapi.ts. */
import * as z from "zod/mini";
import { CREDENTIALS_OF } from "../../domain/credentials.ts";
import { INCOMING_CATEGORIES } from "../../domain/incoming.ts";
import {
  type Answer,
  AWAY,
  type Dialect,
  named,
  type Operation,
  RETRY_AFTER,
  type Schema,
  said,
} from "../http/openapi.ts";
import * as bodies from "./bodies.ts";
import { entityOperations } from "./entity-openapi.ts";
import { PageQuery } from "./page-query.ts";
import { AcceptRequest, DeclineRequest, FormLead, LEADS_MOST, LinkRequest, SipLead } from "./schemas.ts";

named({
  V4Incoming: bodies.Incoming,
  V4IncomingPage: bodies.IncomingPage,
  V4Added: bodies.AddedAll,
  V4Sorted: bodies.Sorted,
  V4Linked: bodies.Linked,
  V4Summary: bodies.Summary,
  V4Problem: bodies.Problem,
  V4Reference: bodies.Reference,
  V4AddSip: SipLead,
  V4AddForm: FormLead,
  V4Accept: AcceptRequest,
  V4Decline: DeclineRequest,
  V4Link: LinkRequest,
});

const hal = (schema: Schema, description: string): Answer => ({
  description,
  content: { "application/hal+json": schema },
});
const problem = (description: string, headers?: Answer["headers"]): Answer => ({
  description,
  content: { "application/problem+json": bodies.Problem },
  ...(headers ? { headers } : {}),
});
const json = (schema: Schema) => ({ "application/json": schema });

const uids = said("Leads of these uids, sorted ones too.", z.array(z.string()));
const pipeline = z.int().check(z.gte(1));
/** What `parseList` reads. Lists may also be given as `name` or `name[0]`. */
const ListQuery = z.extend(PageQuery, {
  "filter[uid][]": z.optional(uids),
  "filter[category][]": z.optional(z.array(z.enum(INCOMING_CATEGORIES))),
  "filter[pipeline_id]": z.optional(pipeline),
  "order[created_at]": z.optional(said("`desc` where not given.", z.enum(["asc", "desc"]))),
});
const second = () => said("Seconds since 1970.", z.int().check(z.gte(0)));
/** What `parseSummary` reads. */
const SummaryQuery = z.object({
  "filter[uid][]": z.optional(uids),
  "filter[created_at]": z.optional(second()),
  "filter[created_at][from]": z.optional(second()),
  "filter[created_at][to]": z.optional(second()),
  "filter[pipeline_id]": z.optional(pipeline),
});

const invalid = problem("The request cannot be read, or is not valid: what is wrong is in `validation-errors`.");
const forbidden = problem("Only for administrators, or for the user themselves.");
const notWaiting = problem("No such incoming lead waits.");

const add = (category: "sip" | "forms", schema: z.ZodMiniType): Operation => ({
  method: "post",
  path: `/leads/unsorted/${category}`,
  id: category === "sip" ? "addCalls" : "addForms",
  summary: category === "sip" ? "Add calls" : "Add forms",
  description: `One, or a list of at most ${LEADS_MOST}: all are added or none.`,
  headers: z.object({
    "Idempotency-Key": z.optional(said("Makes a retry harmless.", z.string().check(z.maxLength(255)))),
  }),
  body: json(z.union([schema, z.array(schema).check(z.minLength(1), z.maxLength(LEADS_MOST))])),
  answers: {
    200: {
      ...hal(bodies.AddedAll, "They wait to be sorted."),
      headers: { "Idempotent-Replayed": "`true`: this answer was given before." },
    },
    400: invalid,
    422: problem("Too many at once, or the idempotency key was used before, with other content."),
  },
});

const operations: Operation[] = [
  {
    method: "get",
    path: "/leads/unsorted",
    id: "listIncoming",
    summary: "List incoming leads",
    query: ListQuery,
    answers: { 200: hal(bodies.IncomingPage, "A page."), 204: { description: "There are none." }, 400: invalid },
  },
  {
    method: "get",
    path: "/leads/unsorted/summary",
    id: "summarizeIncoming",
    summary: "Count incoming leads",
    query: SummaryQuery,
    answers: { 200: hal(bodies.Summary, "The numbers."), 400: invalid },
  },
  {
    method: "get",
    path: "/leads/unsorted/{uid}",
    id: "getIncoming",
    summary: "Retrieve an incoming lead",
    answers: { 200: hal(bodies.Incoming, "The incoming lead."), 204: { description: "There is no such one." } },
  },
  add("sip", SipLead),
  add("forms", FormLead),
  {
    method: "post",
    path: "/leads/unsorted/{uid}/accept",
    id: "acceptIncoming",
    summary: "Accept an incoming lead",
    body: json(AcceptRequest),
    isBodyOptional: true,
    answers: {
      200: hal(bodies.Sorted, "It is accepted."),
      400: invalid,
      403: forbidden,
      404: notWaiting,
    },
  },
  {
    method: "delete",
    path: "/leads/unsorted/{uid}/decline",
    id: "declineIncoming",
    summary: "Decline an incoming lead",
    body: json(DeclineRequest),
    isBodyOptional: true,
    answers: {
      200: hal(bodies.Sorted, "It is declined."),
      400: invalid,
      403: forbidden,
      404: notWaiting,
    },
  },
  {
    method: "post",
    path: "/leads/unsorted/{uid}/link",
    id: "linkIncoming",
    summary: "Link a chat to what is there",
    body: json(LinkRequest),
    answers: { 200: hal(bodies.Linked, "It is linked."), 400: invalid, 403: forbidden, 404: notWaiting },
  },
];

export const unsortedApi: Dialect = {
  name: "unsorted",
  description:
    "What came in and waits to be sorted, and the leads, contacts, companies, pipelines and users around it, in the shapes " +
    "of the Kommo (amoCRM) API v4. An empty list, and what is not there, is 204 without a body.",
  base: "/api/v4",
  callers: CREDENTIALS_OF.unsorted,
  pathParameters: {
    uid: z.string(),
    id: z.int().check(z.gte(0), z.lte(999_999_999_999_999)),
    status: z.int().check(z.gte(0), z.lte(999_999_999_999_999)),
  },
  always: {
    401: problem("No token, or not a valid one."),
    402: problem("The account has no active subscription."),
    429: problem("Too many requests of the account.", RETRY_AFTER),
    500: problem("Something went wrong on our side."),
    503: problem(AWAY, RETRY_AFTER),
  },
  toBodies: { 413: problem("The body is too large.") },
  operations: [...operations, ...entityOperations],
};
