/** The admin API's operations on forms, customers, mail addresses and pipelines. */
import * as z from "zod/mini";
import { FormSettings } from "../../domain/form-settings.ts";
import { named, type Operation, type Schema, said } from "../http/openapi.ts";
import { and, answer, change, conflict, create, list, notFound, read, remove } from "../http/openapi-operations.ts";
import * as bodies from "./bodies.ts";
import { NewMailAddress } from "./mail-address.ts";
import { ORGANIZATION } from "./paths.ts";
import { NewPipeline, NewStatus, PipelinePatch, StatusPatch } from "./pipelines.ts";
import { FormTies, NewCustomer } from "./schemas.ts";
import { NewSource, SourcePatch } from "./sources.ts";

/** As the route reads it: an id, and settings. */
const NewForm = z.strictObject({
  id: z.optional(said("A version 8 UUID that ends in the number of the organization's database.", z.string())),
  ...FormSettings.shape,
  ...FormTies.shape,
});
const withoutDefault = (schema: Schema): Schema =>
  schema._zod.def.type === "default" && "innerType" in schema._zod.def ? (schema._zod.def.innerType as Schema) : schema;
/** What is left out stays as it is. */
const FormPatch = z.strictObject(
  Object.fromEntries(
    Object.entries({ ...FormSettings.shape, ...FormTies.shape }).map(([key, schema]) => [
      key,
      z.optional(withoutDefault(schema)),
    ]),
  ),
);

named({
  Form: bodies.Form,
  NewForm,
  FormPatch,
  Customer: bodies.Customer,
  NewCustomer,
  MailAddress: bodies.MailAddress,
  NewMailAddress,
  Pipeline: bodies.Pipeline,
  NewPipeline,
  PipelinePatch,
  Status: bodies.Status,
  NewStatus,
  StatusPatch,
  Source: bodies.Source,
  NewSource,
  SourcePatch,
});

const FORMS = `${ORGANIZATION}/forms`;
const CUSTOMERS = `${ORGANIZATION}/customers`;
const MAIL = `${ORGANIZATION}/mail-address`;
const PIPELINES = `${ORGANIZATION}/pipelines`;
const PIPELINE = `${PIPELINES}/{pipeline}`;
const SOURCES = `${ORGANIZATION}/sources`;
const STATUSES = `${PIPELINE}/statuses`;

export const setupOperations: Operation[] = [
  and(create(FORMS, "createForm", "Make a form", NewForm, bodies.Form), conflict),
  list(FORMS, "listForms", "List forms", bodies.Form, notFound),
  read(`${FORMS}/{form}`, "getForm", "Read a form", bodies.Form),
  change(`${FORMS}/{form}`, "updateForm", "Change a form", FormPatch, bodies.Form),
  create(CUSTOMERS, "createCustomer", "Make a customer", NewCustomer, bodies.Customer),
  list(CUSTOMERS, "listCustomers", "List customers", bodies.Customer, notFound),
  read(MAIL, "getMailAddress", "Read the address that mail comes to", bodies.MailAddress),
  create(MAIL, "rotateMailAddress", "Make a new address for mail", NewMailAddress, bodies.MailAddress),
  {
    method: "get",
    path: PIPELINES,
    id: "listPipelines",
    summary: "List pipelines",
    answers: {
      200: answer(z.object({ results: z.array(bodies.Pipeline), next: z.null() }), "All of them."),
      ...notFound,
    },
  },
  and(create(PIPELINES, "createPipeline", "Make a pipeline", NewPipeline, bodies.Pipeline), conflict),
  read(PIPELINE, "getPipeline", "Read a pipeline", bodies.Pipeline),
  and(change(PIPELINE, "updatePipeline", "Change a pipeline", PipelinePatch, bodies.Pipeline), conflict),
  and(remove(PIPELINE, "deletePipeline", "Delete a pipeline"), conflict),
  and(create(STATUSES, "createStatus", "Make a status", NewStatus, bodies.Status), conflict),
  and(change(`${STATUSES}/{status}`, "updateStatus", "Change a status", StatusPatch, bodies.Status), conflict),
  and(remove(`${STATUSES}/{status}`, "deleteStatus", "Delete a status"), conflict),
  {
    method: "get",
    path: SOURCES,
    id: "listSources",
    summary: "List where leads come from",
    answers: {
      200: answer(z.object({ results: z.array(bodies.Source), next: z.null() }), "All of them."),
      ...notFound,
    },
  },
  and(create(SOURCES, "createSource", "Add a source", NewSource, bodies.Source), conflict),
  read(`${SOURCES}/{source}`, "getSource", "Read a source", bodies.Source),
  and(change(`${SOURCES}/{source}`, "updateSource", "Change a source", SourcePatch, bodies.Source), conflict),
];
