/** What administrators read. */
import type { Form } from "../../domain/form.ts";
import { collectedData, type Lead } from "../../domain/lead.ts";
import { type Credential, fullName, isSubscribed, type Organization, type User } from "../../domain/organization.ts";
import type * as bodies from "./bodies.ts";

const time = (ms: number): string => new Date(ms).toISOString();
const anyTime = (ms: number | null): string | null => (ms === null ? null : time(ms));

export const organizationBody = (organization: Organization, now: number): bodies.Organization => ({
  id: organization.uuid,
  account_id: organization.id,
  name: organization.name,
  subscription_until: anyTime(organization.subscriptionUntil),
  subscription: isSubscribed(organization, now) ? ("active" as const) : ("lapsed" as const),
  time_zone: organization.timeZone,
  retention_days: organization.retentionDays,
  ip_policy: organization.ipPolicy,
  chat_hours: organization.chatHours,
  created_at: time(organization.createdAt),
});

export const userBody = (user: User): bodies.User => ({
  id: user.uuid,
  user_id: user.id,
  username: user.username,
  first_name: user.firstName,
  last_name: user.lastName,
  full_name: fullName(user),
  role: user.role,
  is_active: user.isActive,
  created_at: time(user.createdAt),
});

export const credentialBody = (credential: Credential): bodies.Credential => ({
  id: credential.id,
  kind: credential.kind,
  user_id: credential.userUuid,
  name: credential.name,
  expires_at: anyTime(credential.expiresAt),
  revoked_at: anyTime(credential.revokedAt),
  created_at: time(credential.createdAt),
});

export const formBody = (form: Form): bodies.Form => ({
  id: form.id,
  owner_id: form.ownerUuid,
  pipeline_id: form.pipelineId,
  ...form.settings,
  created_at: time(form.createdAt),
  updated_at: time(form.updatedAt),
});

/** A held lead, with why it was held. */
export const heldLeadBody = (lead: Lead): bodies.HeldLead => ({
  id: lead.uuid,
  form_id: lead.formId,
  state: lead.state,
  reasons: lead.spam,
  data: collectedData(lead),
  page_url: lead.pageUrl,
  received_at: time(lead.receivedAt),
});

export const customerBody = (row: {
  id: number;
  name: string | null;
  contact_id: number | null;
  created_at: number;
}): bodies.Customer => ({
  id: row.id,
  name: row.name,
  contact_id: row.contact_id,
  created_at: time(row.created_at),
});
