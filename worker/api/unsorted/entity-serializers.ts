/** Leads, contacts, companies, pipelines and people as the v4 API shows them. What Foyer does not have is null or 0. */
import { type CustomField, isDeleted, isUnsorted, type LeadRecord } from "../../domain/entities.ts";
import { fullName, type Organization, type User } from "../../domain/organization.ts";
import type { Pipeline } from "../../services/records.ts";
import type * as bodies from "./entity-bodies.ts";

/** The caller's origin and account: what every link and body is made with. */
export interface Frame {
  origin: string;
  accountId: number;
}

const link = ({ origin }: Frame, path: string) => ({ _links: { self: { href: `${origin}/api/v4${path}` } } });
const seconds = (ms: number | null): number | null => (ms === null ? null : Math.floor(ms / 1000));

const common = (frame: Frame, record: LeadRecord) => ({
  responsible_user_id: record.ownerId ?? 0,
  group_id: 0,
  created_by: record.creatorId ?? 0,
  updated_by: 0,
  created_at: seconds(record.createdAt),
  updated_at: seconds(record.updatedAt),
  closest_task_at: null,
  is_deleted: isDeleted(record),
  account_id: frame.accountId,
});

const companies = (frame: Frame, { contact }: LeadRecord) =>
  contact.company ? [{ id: contact.id, ...link(frame, `/companies/${contact.id}`) }] : [];

export const leadRecordBody = (frame: Frame, record: LeadRecord): bodies.LeadRecord => ({
  id: record.id,
  name: record.name ?? `Lead #${record.id}`,
  price: record.price ?? 0,
  status_id: record.statusId,
  pipeline_id: record.pipelineId,
  loss_reason_id: null,
  source_id: null,
  closed_at: seconds(record.closedAt),
  score: null,
  labor_cost: null,
  custom_fields_values: record.customFields,
  ...common(frame, record),
  ...link(frame, `/leads/${record.id}`),
  _embedded: {
    tags: record.tags,
    contacts: [{ id: record.contact.id, is_main: true, ...link(frame, `/contacts/${record.contact.id}`) }],
    companies: companies(frame, record),
  },
});

export const contactBody = (frame: Frame, record: LeadRecord): bodies.Contact => ({
  id: record.contact.id,
  name: record.contact.name ?? "",
  first_name: record.contact.firstName ?? "",
  last_name: record.contact.lastName ?? "",
  is_unsorted: isUnsorted(record),
  custom_fields_values: contactFields(record.contact),
  ...common(frame, record),
  ...link(frame, `/contacts/${record.contact.id}`),
  _embedded: {
    tags: [],
    leads: [{ id: record.id, ...link(frame, `/leads/${record.id}`) }],
    companies: companies(frame, record),
  },
});

export const companyBody = (frame: Frame, record: LeadRecord): bodies.Company => ({
  id: record.contact.id,
  name: record.contact.company?.name ?? "",
  is_unsorted: isUnsorted(record),
  custom_fields_values: record.contact.company?.customFields ?? null,
  ...common(frame, record),
  ...link(frame, `/companies/${record.contact.id}`),
  _embedded: {
    tags: [],
    leads: [{ id: record.id, ...link(frame, `/leads/${record.id}`) }],
    contacts: [{ id: record.contact.id, ...link(frame, `/contacts/${record.contact.id}`) }],
  },
});

/** The contact's own phone and e-mail, whatever a caller once sent in a field; and the other fields as they were sent. */
function contactFields({ phone, email, customFields }: LeadRecord["contact"]): CustomField[] | null {
  const codes = { PHONE: phone, EMAIL: email };
  const others = (customFields ?? []).filter(({ field_code: code }) => !(code && code.toUpperCase() in codes));
  const sent = (code: string) => customFields?.find(({ field_code: known }) => known?.toUpperCase() === code);
  const known = Object.entries(codes).flatMap(([code, value]) => {
    if (value === null) return [];
    const field = sent(code);
    const [first, ...rest] = field?.values ?? [];
    const values = [{ enum_code: "WORK", ...first, value }, ...rest];
    return [
      {
        field_id: null,
        field_name: code === "PHONE" ? "Phone" : "Email",
        field_type: "multitext",
        ...field,
        field_code: code,
        values,
      },
    ];
  });
  const all = [...known, ...others];
  return all.length > 0 ? all : null;
}

const SYSTEM_STAGE = 1;

export const statusBody = (frame: Frame, pipelineId: number, status: Pipeline["statuses"][number]): bodies.Status => ({
  id: status.id,
  name: status.name,
  sort: status.sort,
  is_editable: status.role === "between",
  pipeline_id: pipelineId,
  color: status.colour.toLowerCase(),
  type: status.role === "incoming" ? SYSTEM_STAGE : 0,
  account_id: frame.accountId,
  ...link(frame, `/leads/pipelines/${pipelineId}/statuses/${status.id}`),
});

export const pipelineBody = (frame: Frame, pipeline: Pipeline): bodies.Pipeline => ({
  id: pipeline.id,
  name: pipeline.name,
  sort: pipeline.sort,
  is_main: pipeline.is_main === 1,
  is_unsorted_on: true,
  is_archive: false,
  account_id: frame.accountId,
  ...link(frame, `/leads/pipelines/${pipeline.id}`),
  _embedded: { statuses: pipeline.statuses.map((status) => statusBody(frame, pipeline.id, status)) },
});

export const personBody = (frame: Frame, user: User): bodies.User => ({
  id: user.id,
  name: fullName(user) || user.username,
  email: user.username,
  lang: "en",
  rights: { is_admin: user.role === "admin", is_active: user.isActive, is_free: false },
  uuid: user.uuid,
  ...link(frame, `/users/${user.id}`),
});

export const accountBody = (frame: Frame, organization: Organization, currentUserId: number): bodies.Account => ({
  id: organization.id,
  name: organization.name,
  subdomain: String(organization.id),
  uuid: organization.uuid,
  current_user_id: currentUserId,
  created_at: seconds(organization.createdAt),
  is_unsorted_on: true,
  ...link(frame, "/account"),
});
