/** What operators read, as schemas. The serializers are typed by them; evaluated for the API's description only. */
import * as z from "zod/mini";
import { ROOM_STATUSES } from "../../../shared/chat-frames.ts";
import { INCOMING_CATEGORIES } from "../../domain/incoming.ts";
import { ROLES } from "../../domain/organization.ts";
import { said } from "../http/openapi.ts";

const ms = () => z.int().check(z.gte(0));
const known = () => z.nullable(z.string());

export const RoomSummary = z.object({
  room: z.string(),
  form: z.string(),
  form_name: said("What the organization calls the form.", z.string()),
  status: z.enum(ROOM_STATUSES),
  operator: said("Who has it.", z.nullable(z.object({ id: z.uuid(), name: z.string() }))),
  opened_at: said("Milliseconds since 1970, UTC, as all times of rooms.", ms()),
  waiting_since: said("Since when the visitor waits for a person.", z.nullable(ms())),
  closed_at: z.nullable(ms()),
  lead: said("The lead that it made.", z.nullable(z.uuid())),
  name: known(),
  email: known(),
  phone: known(),
});
export type RoomSummary = z.infer<typeof RoomSummary>;

export const Message = z.object({
  seq: said("Its place in the room, from 1 on.", z.int().check(z.gte(1))),
  at: ms(),
  by: z.enum(["visitor", "operator", "bot", "system"]),
  name: z.optional(said("The operator's.", z.string())),
  id: z.optional(said("The sender's own.", z.string())),
  text: z.string(),
  field: z.optional(said("The form's field that is asked for, or answered.", z.string())),
  type: z.optional(said("What happened, as a word.", z.string())),
  vars: z.optional(z.record(z.string(), z.string())),
  is_private: z.optional(said("The visitor never sees it.", z.literal(true))),
});
export type Message = z.infer<typeof Message>;

export const RoomView = z.object({
  room: RoomSummary,
  status: z.enum(ROOM_STATUSES),
  messages: z.array(Message),
  is_visitor_there: z.boolean(),
  read: said("Up to where each side has read.", z.object({ visitor: z.int(), operator: z.int() })),
});
export type RoomView = z.infer<typeof RoomView>;

export const IncomingLead = z.object({
  uid: z.string(),
  lead_id: z.uuid(),
  category: z.enum(INCOMING_CATEGORIES),
  name: known(),
  source_name: known(),
  metadata: said("The category's own keys.", z.record(z.string(), z.unknown())),
  created_at: ms(),
  outcome: z.nullable(z.enum(["accepted", "declined", "linked"])),
});
export type IncomingLead = z.infer<typeof IncomingLead>;

export const Colleague = z.object({ id: z.uuid(), name: z.string(), username: z.string(), role: z.enum(ROLES) });
export type Colleague = z.infer<typeof Colleague>;

export const Me = z.object({
  user: Colleague,
  organization: z.object({ id: z.uuid(), account_id: z.int(), name: z.string(), time_zone: z.string() }),
});
export type Me = z.infer<typeof Me>;
export const Session = z.extend(Me, {
  csrf: said("The header `x-csrf-token` of whatever the page writes.", z.string()),
});
export type Session = z.infer<typeof Session>;
