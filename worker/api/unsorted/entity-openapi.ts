/** The v4 API's operations on what stands around incoming leads. */
import type * as z from "zod/mini";
import { type Answer, named, type Operation, type Schema } from "../http/openapi.ts";
import { Problem } from "./bodies.ts";
import * as bodies from "./entity-bodies.ts";
import { PageQuery } from "./page-query.ts";

named({
  V4Lead: bodies.LeadRecord,
  V4Contact: bodies.Contact,
  V4Company: bodies.Company,
  V4Pipeline: bodies.Pipeline,
  V4Status: bodies.Status,
  V4User: bodies.User,
  V4Account: bodies.Account,
  V4CustomField: bodies.CustomField,
});

const hal = (schema: Schema, description: string): Answer => ({
  description,
  content: { "application/hal+json": schema },
});
const nothing: Answer = { description: "There is no such thing." };
const invalid: Answer = {
  description: "A parameter is not valid.",
  content: { "application/problem+json": Problem },
};

const read = (
  path: string,
  id: string,
  summary: string,
  schema: Schema,
  others: Operation["answers"] = {},
): Operation => ({
  method: "get",
  path,
  id,
  summary,
  answers: { 200: hal(schema, "What was asked for."), ...others },
});
const list = (kind: string, id: string, schema: z.ZodMiniType): Operation => ({
  ...read(`/${kind}`, id, `List ${kind}`, bodies.pageOf(kind, schema), {
    204: { description: "There are none." },
    400: invalid,
  }),
  query: PageQuery,
});

const PIPELINES = "/leads/pipelines";
const STATUSES = `${PIPELINES}/{id}/statuses`;

export const entityOperations: Operation[] = [
  list("leads", "listLeadRecords", bodies.LeadRecord),
  read("/leads/{id}", "getLeadRecord", "Retrieve a lead", bodies.LeadRecord, { 204: nothing }),
  list("contacts", "listContacts", bodies.Contact),
  read("/contacts/{id}", "getContact", "Retrieve a contact", bodies.Contact, { 204: nothing }),
  list("companies", "listCompanies", bodies.Company),
  read("/companies/{id}", "getCompany", "Retrieve a company", bodies.Company, { 204: nothing }),
  list("users", "listAccountUsers", bodies.User),
  read("/users/{id}", "getAccountUser", "Retrieve a user", bodies.User, { 204: nothing }),
  read(PIPELINES, "listAccountPipelines", "List pipelines", bodies.collectionOf("pipelines", bodies.Pipeline)),
  read(`${PIPELINES}/{id}`, "getAccountPipeline", "Retrieve a pipeline", bodies.Pipeline, { 204: nothing }),
  read(STATUSES, "listAccountStatuses", "List a pipeline's statuses", bodies.collectionOf("statuses", bodies.Status), {
    204: nothing,
  }),
  read(`${STATUSES}/{status}`, "getAccountStatus", "Retrieve a status", bodies.Status, { 204: nothing }),
  read("/account", "getAccount", "Read the account", bodies.Account),
];
