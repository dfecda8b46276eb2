/** What administrators read, as schemas. The serializers are typed by them; evaluated for the API's description only. */
import * as z from "zod/mini";
import { ChatHours } from "../../domain/chat-hours.ts";
import { FormSettings } from "../../domain/form-settings.ts";
import { LEAD_STATES } from "../../domain/lead.ts";
import { IP_POLICIES, ROLES } from "../../domain/organization.ts";
import { STATUS_ROLES } from "../../domain/pipeline.ts";
import { said } from "../http/openapi.ts";

const id = () => z.int().check(z.gte(1));
const time = () => z.iso.datetime();
const anyTime = () => z.nullable(z.iso.datetime());
const secret = () => said("Shown once, here.", z.string());

export const Organization = z.object({
  id: z.uuid(),
  account_id: id(),
  name: z.string(),
  subscription_until: anyTime(),
  subscription: z.enum(["active", "lapsed"]),
  time_zone: z.string(),
  retention_days: z.nullable(z.int()),
  ip_policy: z.enum(IP_POLICIES),
  chat_hours: said("When somebody answers chats, on the clocks of `time_zone`; null: always.", z.nullable(ChatHours)),
  created_at: time(),
});
export type Organization = z.infer<typeof Organization>;

export const User = z.object({
  id: z.uuid(),
  user_id: id(),
  username: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  full_name: z.string(),
  role: z.enum(ROLES),
  is_active: z.boolean(),
  created_at: time(),
});
export type User = z.infer<typeof User>;

export const Credential = z.object({
  id: z.string(),
  kind: z.enum(["user_token", "api_key"]),
  user_id: z.nullable(z.uuid()),
  name: z.string(),
  expires_at: anyTime(),
  revoked_at: anyTime(),
  created_at: time(),
});
export type Credential = z.infer<typeof Credential>;
export const NewCredentialAnswer = z.extend(Credential, { secret: secret() });

export const Integration = z.object({
  id: z.uuid(),
  name: z.string(),
  redirect_uri: z.string(),
  revoked_at: anyTime(),
  created_at: time(),
});
export type Integration = z.infer<typeof Integration>;
export const NewIntegrationAnswer = z.extend(Integration, { secret: secret() });
export const Code = z.object({ code: z.string(), expires_at: time() });

export const Form = z.object({
  id: z.uuid(),
  ...FormSettings.shape,
  owner_id: said("A user's.", z.nullable(z.uuid())),
  pipeline_id: said("Where its leads go; null: the main one.", z.nullable(id())),
  created_at: time(),
  updated_at: time(),
});
export type Form = z.infer<typeof Form>;

export const Customer = z.object({
  id: id(),
  name: z.nullable(z.string()),
  contact_id: z.nullable(id()),
  created_at: time(),
});
export type Customer = z.infer<typeof Customer>;

export const MailAddress = z.object({
  local_part: said("What stands before the `@`; any domain that is routed to the Worker may follow.", z.string()),
  created_at: time(),
});
export type MailAddress = z.infer<typeof MailAddress>;

export const Status = z.object({
  id: id(),
  key: z.string(),
  name: z.string(),
  colour: z.string(),
  description: z.string(),
  sort: z.int(),
  role: z.enum(STATUS_ROLES),
});
export type Status = z.infer<typeof Status>;
export const Pipeline = z.object({
  id: id(),
  name: z.string(),
  sort: z.int(),
  is_main: z.boolean(),
  statuses: z.array(Status),
});
export type Pipeline = z.infer<typeof Pipeline>;

export const Source = z.object({
  id: id(),
  key: z.string(),
  name: z.string(),
  sort: z.int(),
  is_active: said("Whether it is a choice for a new lead.", z.boolean()),
});
export type Source = z.infer<typeof Source>;

/** A held lead, with why it was held. */
export const HeldLead = z.object({
  id: z.uuid(),
  form_id: z.nullable(z.uuid()),
  state: z.enum(LEAD_STATES),
  reasons: z.array(z.string()),
  data: z.record(z.string(), z.union([z.string(), z.boolean()])),
  page_url: z.nullable(z.string()),
  received_at: time(),
});
export type HeldLead = z.infer<typeof HeldLead>;

export const Purged = z.object({ purged: said("How many leads were emptied.", z.int()) });
