/** Incoming leads as the v4 API shows them: HAL, seconds since 1970, links under the caller's own origin. */
import type { IncomingLead, IncomingSummary } from "../../domain/incoming.ts";
import type { AddedIncoming } from "../../services/add-incoming.ts";
import type { Added, Incoming, Linked, Reference, Sorted, Summary } from "./bodies.ts";

const BASE = "/api/v4";
const self = (href: string) => ({ _links: { self: { href } } });
const entity = (origin: string, kind: "leads" | "contacts" | "companies" | "customers", id: number): Reference => ({
  id,
  ...self(`${origin}${BASE}/${kind}/${id}`),
});

function embedded(origin: string, ids: { leadId: number; contactId: number; companyId: number | null }) {
  return {
    contacts: [entity(origin, "contacts", ids.contactId)],
    leads: [entity(origin, "leads", ids.leadId)],
    companies: ids.companyId === null ? [] : [entity(origin, "companies", ids.companyId)],
  };
}

const seconds = (ms: number): number => Math.floor(ms / 1000);
const own = (origin: string, uid: string) => self(`${origin}${BASE}/leads/unsorted/${uid}`);

export const incomingBody = (origin: string, accountId: number, lead: IncomingLead): Incoming => ({
  uid: lead.uid,
  source_uid: lead.sourceUid,
  source_name: lead.sourceName,
  category: lead.category,
  pipeline_id: lead.pipelineId,
  created_at: seconds(lead.createdAt),
  metadata: lead.metadata,
  account_id: accountId,
  ...own(origin, lead.uid),
  _embedded: embedded(origin, lead),
});

export const addedBody = (origin: string, accountId: number, added: AddedIncoming): Added => ({
  uid: added.uid,
  account_id: accountId,
  request_id: added.requestId,
  ...own(origin, added.uid),
  _embedded: embedded(origin, added),
});

/** After accepting or declining. Declined things lie in the trash; the API's own example says `false` all the same. */
export function sortedBody(origin: string, lead: IncomingLead, withCompanies: boolean): Sorted {
  const { leads, contacts, companies } = embedded(origin, lead);
  const flags = { is_deleted: false, is_unsorted: false };
  return {
    uid: lead.uid,
    pipeline_id: lead.pipelineId,
    category: lead.category,
    created_at: seconds(lead.createdAt),
    _embedded: {
      leads,
      contacts: contacts.map(({ id, _links }) => ({ id, ...flags, _links })),
      ...(withCompanies ? { companies: companies.map(({ id, _links }) => ({ id, ...flags, _links })) } : {}),
    },
  };
}

/** What the link points to; the contact and the customer only where they were named. */
export const linkedBody = (
  origin: string,
  uid: string,
  link: { entity_id: number; entity_type: "leads" | "customers"; metadata?: { contact_id?: number } | null },
): Linked => ({
  uid,
  _embedded: {
    leads: link.entity_type === "leads" ? [entity(origin, "leads", link.entity_id)] : [],
    contacts: link.metadata?.contact_id ? [entity(origin, "contacts", link.metadata.contact_id)] : [],
    customers: link.entity_type === "customers" ? [entity(origin, "customers", link.entity_id)] : [],
  },
});

export const summaryBody = (summary: IncomingSummary): Summary => ({
  total: summary.total,
  accepted: summary.accepted,
  declined: summary.declined,
  average_sort_time: summary.averageSortSeconds,
  categories: Object.fromEntries(Object.entries(summary.categories).map(([key, total]) => [key, { total }])),
});
