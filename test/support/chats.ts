/** Conversations and the incoming leads that they made, as rooms put them into the store. */
import { env } from "cloudflare:workers";
import { v7 } from "uuid";
import { chatClaims } from "../../worker/domain/claims.ts";
import type { TranscriptInput } from "../../worker/domain/transcript.ts";
import { claimRows, newUid } from "../../worker/services/intake.ts";
import { parseKeyRing } from "../../worker/services/parse-keys.ts";
import { insertLeads, type NewLead } from "../../worker/store/capture.ts";
import { type Edge, START, type Tenant } from "./edge.ts";
import { row } from "./rows.ts";

export interface Chat {
  uid: string;
  leadUuid: string;
  /** Of the lead and of its contact. */
  id: number;
  roomId: string;
  visitorId: string;
}
export interface ChatOptions {
  /** Another conversation of the same visitor claims the same. */
  visitorId?: string;
  metadata?: object;
  contact?: { name?: string; first_name?: string; last_name?: string; email?: string; phone?: string };
  note?: string;
  transcript?: TranscriptInput;
}

/** A transcript in which the visitor says these things, a second apart. */
export const visitorSaid = (...texts: string[]): TranscriptInput =>
  texts.map((text, index) => ({
    ...{ kind: "message", seq: index + 1, at: START + index * 1_000, visibility: "all", text },
    author: { kind: "visitor", id: "the-visitor", clientId: "the-page" },
    customId: `m${index + 1}`,
  }));

const NOBODY = {
  ...{ name: null, first_name: null, last_name: null, email: null, phone: null, email_key: null, phone_key: null },
  ...{ first_name_key: null, last_name_key: null },
  ...{ title: null, location: null, company: null, custom_fields: null, company_custom_fields: null },
};
const EMPTY = {
  ...{ second_event: null, owner_id: null, creator_id: null, is_processable: false, name: null, message: null },
  ...{ price: null, custom_fields: null, tags: null, answers: [], page_url: null, page_title: null, referrer: null },
  ...{ utm: null, ip: null, geo: null, browser: null, consent: null, spam: null },
};

/** The eight documented keys. */
const metadataOf = (roomId: string, visitorId: string, receivedAt: number) => ({
  from: "",
  to: "the-page",
  received_at: receivedAt,
  service: "onlinechat",
  client: { name: null, avatar: null },
  origin: { chat_id: roomId, ref: null, visitor_uid: visitorId },
  last_message_text: "Hello",
  source_name: "Live chat",
});

/** One visitor's conversation, its lead that waits, a note on the lead. */
export async function chat(at: Edge, to: Tenant, options: ChatOptions = {}): Promise<Chat> {
  const [uuid, roomId, uid] = [v7(), v7(), newUid()];
  const { visitorId = v7(), metadata, contact = {}, note = "Asked for a call." } = options;
  const { transcript = visitorSaid("Hello") } = options;
  const now = at.clock.now;
  const start = await row<{ pipeline_id: number; status_id: number }>(
    `SELECT pipeline.id AS pipeline_id, status.id AS status_id FROM pipeline
      JOIN status ON status.pipeline_id = pipeline.id AND status.role = 'first'
      WHERE pipeline.organization_id = ? AND is_main = 1`,
    to.accountId,
  );
  const lead: NewLead = {
    ...{ ...EMPTY, ...start, uuid, slug: `chat-${uuid}`, state: "incoming", change_id: uuid, form_id: to.formId },
    ...{ room_id: roomId, visitor_id: visitorId, category: "chats", source: "chat", at: now },
  };
  const keys = parseKeyRing(at.env.FOYER_HMAC_KEYS);
  const incoming = {
    ...{ lead_uuid: uuid, uid, category: "chats" as const, pipeline_id: start.pipeline_id, created_at: now },
    ...{ source_uid: `foyer:${roomId}`, source_name: "onlinechat:the-page" },
    metadata: metadata ?? metadataOf(roomId, visitorId, Math.floor(now / 1000)),
  };
  const rows = {
    leads: [lead],
    contacts: [{ ...NOBODY, ...contact, lead_uuid: uuid, at: now }],
    claims: claimRows(keys, uuid, chatClaims("identical", to.formId, visitorId)),
    incoming: [incoming],
  };
  await env.DB.batch([
    ...insertLeads(env.DB, to.accountId, rows, { kind: "visitor", id: null }),
    env.DB.prepare(`INSERT INTO room (id, organization_id, form_id, visitor_id, lead_id, opened_at, transcript)
      SELECT ?1, ?2, ?3, ?4, id, ?5, ?6 FROM lead WHERE uuid = ?7`).bind(
      ...[roomId, to.accountId, to.formId, visitorId, now, JSON.stringify(transcript), uuid],
    ),
    env.DB.prepare(`INSERT INTO note (organization_id, lead_id, text, created_at)
      SELECT ?1, id, ?2, ?3 FROM lead WHERE uuid = ?4`).bind(to.accountId, note, now, uuid),
  ]);
  const { id } = await row<{ id: number }>("SELECT id FROM lead WHERE uuid = ?", uuid);
  return { uid, leadUuid: uuid, id, roomId, visitorId };
}
