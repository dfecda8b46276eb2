/** Leads, contacts, companies, pipelines and people as schemas; evaluated for the API's description only. */
import * as z from "zod/mini";
import { said } from "../http/openapi.ts";
import { PageLinks, Reference, SelfLink, seconds } from "./bodies.ts";

const id = () => z.int().check(z.gte(1));
/** A field of the organization's own making, kept as its caller sent it. */
export const CustomField = z.looseObject({ values: z.array(z.looseObject({ value: z.optional(z.unknown()) })) });
const customFields = () => z.nullable(z.array(CustomField));

const common = {
  responsible_user_id: said("0: nobody.", z.int()),
  group_id: said("Always 0.", z.int()),
  created_by: said("0: no user of the account.", z.int()),
  updated_by: said("Always 0.", z.int()),
  created_at: z.nullable(seconds()),
  updated_at: z.nullable(seconds()),
  closest_task_at: z.null(),
  is_deleted: z.boolean(),
  account_id: id(),
};

export const LeadRecord = z.object({
  id: id(),
  name: z.string(),
  price: z.int(),
  status_id: id(),
  pipeline_id: id(),
  loss_reason_id: z.null(),
  source_id: z.null(),
  closed_at: z.nullable(seconds()),
  score: z.null(),
  labor_cost: z.null(),
  custom_fields_values: customFields(),
  ...common,
  _links: SelfLink,
  _embedded: z.object({
    tags: z.array(z.looseObject({ id: z.optional(z.int()), name: z.optional(z.string()) })),
    contacts: z.array(z.object({ id: id(), is_main: z.boolean(), _links: SelfLink })),
    companies: z.array(Reference),
  }),
});
export type LeadRecord = z.infer<typeof LeadRecord>;

export const Contact = z.object({
  id: id(),
  name: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  is_unsorted: z.boolean(),
  custom_fields_values: customFields(),
  ...common,
  _links: SelfLink,
  _embedded: z.object({ tags: z.array(z.never()), leads: z.array(Reference), companies: z.array(Reference) }),
});
export type Contact = z.infer<typeof Contact>;

export const Company = z.object({
  id: id(),
  name: z.string(),
  is_unsorted: z.boolean(),
  custom_fields_values: customFields(),
  ...common,
  _links: SelfLink,
  _embedded: z.object({ tags: z.array(z.never()), leads: z.array(Reference), contacts: z.array(Reference) }),
});
export type Company = z.infer<typeof Company>;

export const Status = z.object({
  id: id(),
  name: z.string(),
  sort: z.int(),
  is_editable: z.boolean(),
  pipeline_id: id(),
  color: z.string().check(z.regex(/^#[0-9a-f]{6}$/)),
  type: said("1: where incoming leads wait.", z.int()),
  account_id: id(),
  _links: SelfLink,
});
export type Status = z.infer<typeof Status>;

export const Pipeline = z.object({
  id: id(),
  name: z.string(),
  sort: z.int(),
  is_main: z.boolean(),
  is_unsorted_on: z.boolean(),
  is_archive: z.boolean(),
  account_id: id(),
  _links: SelfLink,
  _embedded: z.object({ statuses: z.array(Status) }),
});
export type Pipeline = z.infer<typeof Pipeline>;

export const User = z.object({
  id: id(),
  name: z.string(),
  email: said("The user's name to sign in with.", z.string()),
  lang: z.string(),
  rights: z.object({ is_admin: z.boolean(), is_active: z.boolean(), is_free: z.boolean() }),
  uuid: z.uuid(),
  _links: SelfLink,
});
export type User = z.infer<typeof User>;

export const Account = z.object({
  id: id(),
  name: z.string(),
  subdomain: z.string(),
  uuid: z.uuid(),
  current_user_id: z.int(),
  created_at: z.nullable(seconds()),
  is_unsorted_on: z.boolean(),
  _links: SelfLink,
});
export type Account = z.infer<typeof Account>;

/** A page by number. */
export const pageOf = <T extends z.ZodMiniType>(key: string, item: T) =>
  z.object({ _page: z.int(), _links: PageLinks, _embedded: z.object({ [key]: z.array(item) }) });
/** All of them at once. */
export const collectionOf = <T extends z.ZodMiniType>(key: string, item: T) =>
  z.object({ _total_items: z.int(), _links: SelfLink, _embedded: z.object({ [key]: z.array(item) }) });
