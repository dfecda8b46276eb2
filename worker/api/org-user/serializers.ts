/** A lead as the v5 API shows it (organization and user leads, "Leads"). */
import { collectedData, isClosed, type Lead } from "../../domain/lead.ts";
import { fullName } from "../../domain/organization.ts";
import type { AssignedUser, Lead as LeadBody } from "./bodies.ts";

export type { LeadBody };

const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export function leadBody(lead: Lead, organizationUuid: string): LeadBody {
  return {
    id: lead.uuid,
    lead_form_id: lead.formId,
    organization_id: organizationUuid,
    room_id: lead.roomId,
    legacy_room_id: null,
    assigned_user_id: lead.owner?.uuid ?? null,
    assigned_user: lead.owner ? ownerBody(lead.owner, organizationUuid) : null,
    visitor_id: lead.visitorId,
    is_closed: isClosed(lead),
    is_processable: lead.isProcessable,
    page_url: lead.pageUrl,
    page_title: lead.pageTitle,
    data: collectedData(lead),
    created_at: time(lead.receivedAt) as string,
    updated_at: time(lead.updatedAt) as string,
    closed_at: time(lead.closedAt),
    sensitive_data_purged_at: time(lead.purgedAt),
  };
}

function ownerBody(owner: NonNullable<Lead["owner"]>, organizationUuid: string): AssignedUser {
  return {
    id: owner.uuid,
    full_name: fullName(owner),
    first_name: owner.firstName,
    last_name: owner.lastName,
    organization_id: organizationUuid,
    avatar_id: null,
    avatar: null,
    is_bot: false,
    is_staff: false,
  };
}
