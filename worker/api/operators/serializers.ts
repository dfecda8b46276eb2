/** What operators read. */
import type { ChatMessage } from "../../../shared/chat-frames.ts";
import type { IncomingLead } from "../../domain/incoming.ts";
import type { Organization, User } from "../../domain/organization.ts";
import type { RoomView } from "../../services/live.ts";
import { operatorOf } from "../../services/operator.ts";
import type * as bodies from "./bodies.ts";

const messageBody = ({ isPrivate, ...message }: ChatMessage): bodies.Message => ({
  ...message,
  ...(isPrivate ? { is_private: true as const } : {}),
});

export const viewBody = ({ room, status, messages, isVisitorThere, read }: RoomView): bodies.RoomView => ({
  room,
  status,
  messages: messages.map(messageBody),
  is_visitor_there: isVisitorThere,
  read,
});

export const incomingBody = (lead: IncomingLead): bodies.IncomingLead => ({
  uid: lead.uid,
  lead_id: lead.leadUuid,
  category: lead.category,
  name: lead.name,
  source_name: lead.sourceName,
  metadata: lead.metadata,
  created_at: lead.createdAt,
  outcome: lead.outcome,
});

export const colleagueBody = (user: User): bodies.Colleague => ({
  id: user.uuid,
  name: operatorOf(user).name,
  username: user.username,
  role: user.role,
});

export const meBody = (user: User, organization: Organization): bodies.Me => ({
  user: colleagueBody(user),
  organization: {
    id: organization.uuid,
    account_id: organization.id,
    name: organization.name,
    time_zone: organization.timeZone,
  },
});
