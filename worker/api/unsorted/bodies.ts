/**
 * What the v4 API answers about incoming leads, as schemas. The serializers are typed by them; they are evaluated for the
 * API's description only.
 */
import * as z from "zod/mini";
import { INCOMING_CATEGORIES } from "../../domain/incoming.ts";
import { said } from "../http/openapi.ts";

const id = () => z.int().check(z.gte(1));
export const seconds = () => said("Seconds since 1970.", z.int());

export const Link = z.object({ href: z.url() });
export const SelfLink = z.object({ self: Link });
export const Reference = z.object({ id: id(), _links: SelfLink });
export type Reference = z.infer<typeof Reference>;
const FlaggedReference = z.object({ id: id(), is_deleted: z.boolean(), is_unsorted: z.boolean(), _links: SelfLink });

const Embedded = z.object({
  contacts: z.array(Reference),
  leads: z.array(Reference),
  companies: z.array(Reference),
});
const category = () => z.enum(INCOMING_CATEGORIES);
const uid = () => z.string().check(z.regex(/^[0-9a-f]{60}$/));

export const Incoming = z.object({
  uid: uid(),
  source_uid: z.nullable(z.string()),
  source_name: z.nullable(z.string()),
  category: category(),
  pipeline_id: id(),
  created_at: seconds(),
  metadata: said("The category's own keys.", z.record(z.string(), z.unknown())),
  account_id: id(),
  _links: SelfLink,
  _embedded: Embedded,
});
export type Incoming = z.infer<typeof Incoming>;

export const PageLinks = z.object({ self: Link, next: z.optional(Link), prev: z.optional(Link) });
export const IncomingPage = z.object({
  _page: z.int(),
  _links: PageLinks,
  _embedded: z.object({ unsorted: z.array(Incoming) }),
});

export const Added = z.object({
  uid: uid(),
  account_id: id(),
  request_id: z.string(),
  _links: SelfLink,
  _embedded: Embedded,
});
export type Added = z.infer<typeof Added>;
export const AddedAll = z.object({ _total_items: z.int(), _embedded: z.object({ unsorted: z.array(Added) }) });

/** After accepting or declining. */
export const Sorted = z.object({
  uid: uid(),
  pipeline_id: id(),
  category: category(),
  created_at: seconds(),
  _embedded: z.object({
    leads: z.array(Reference),
    contacts: z.array(FlaggedReference),
    companies: z.optional(z.array(FlaggedReference)),
  }),
});
export type Sorted = z.infer<typeof Sorted>;

export const Linked = z.object({
  uid: uid(),
  _embedded: z.object({
    leads: z.array(Reference),
    contacts: z.array(Reference),
    customers: z.array(Reference),
  }),
});
export type Linked = z.infer<typeof Linked>;

export const Summary = z.object({
  total: z.int(),
  accepted: z.int(),
  declined: z.int(),
  average_sort_time: said("Seconds.", z.int()),
  categories: z.partialRecord(category(), z.object({ total: z.int() })),
});
export type Summary = z.infer<typeof Summary>;

export const ValidationError = z.object({
  request_id: z.optional(z.string()),
  errors: z.array(z.object({ code: z.string(), path: z.string(), detail: z.string() })),
});
export type ValidationError = z.infer<typeof ValidationError>;

export const Problem = z.object({
  "validation-errors": z.optional(z.array(ValidationError)),
  title: z.string(),
  type: z.url(),
  status: z.int(),
  detail: z.string(),
  retry_after: z.optional(said("Seconds.", z.int())),
});
