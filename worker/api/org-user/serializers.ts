/** A lead as the v5 API shows it (organization and user leads, "Leads"). */
import { collectedData, isClosed, type Lead } from "../../domain/lead.ts";
import { fullName } from "../../domain/organization.ts";

const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** The owner, with the keys that typed clients of the API also declare. */
export interface AssignedUserBody {
  id: string;
  full_name: string;
  first_name: string;
  last_name: string;
  organization_id: string;
  avatar_id: string | null;
  avatar: null;
  is_bot: boolean;
  is_staff: boolean;
}

export interface LeadBody {
  id: string;
  lead_form_id: string | null;
  organization_id: string;
  room_id: string | null;
  /** The original's numeric room id; Foyer has none. */
  legacy_room_id: null;
  assigned_user_id: string | null;
  assigned_user: AssignedUserBody | null;
  visitor_id: string | null;
  is_closed: boolean;
  is_processable: boolean;
  page_url: string | null;
  page_title: string | null;
  data: Record<string, string | boolean>;
  created_at: string;
  updated_at: string;
  closed_at: string | null;
  sensitive_data_purged_at: string | null;
}

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

function ownerBody(owner: NonNullable<Lead["owner"]>, organizationUuid: string): AssignedUserBody {
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
