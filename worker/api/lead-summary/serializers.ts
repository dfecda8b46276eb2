/** A lead's summary with the analytics of its chat, in the order of the document's example. */
import { DEFAULT_LEAD_TYPE } from "../../domain/form.ts";
import type { Chat, LeadSummary } from "../../domain/lead-summary.ts";
import { fullName } from "../../domain/organization.ts";
import type { TranscriptMessage } from "../../domain/transcript.ts";
import type { Geography } from "../../domain/visit.ts";
import { formatLocal } from "../../services/zoned-time.ts";
import type { Summary } from "./bodies.ts";

/** Numbers are strings here, as documented. */
const NOBODY = "0";
const NO_SOURCE = "0";
/** Should a pipeline have lost its stage. */
const NO_STAGE = { name: "", colour: "" };

/** @param zone the organization's, in which `date` and `chat_date` are told. */
export async function summaryBody(lead: LeadSummary, zone: string): Promise<Summary> {
  const { chat, owner } = lead;
  const stage = lead.stage ?? NO_STAGE;
  return {
    id: String(lead.id),
    name: lead.name ?? "",
    title: lead.title,
    company: lead.company,
    phonenumber: lead.phone ?? "",
    email: lead.email ?? "",
    status: stage.name,
    date: await formatLocal(zone, lead.receivedAt),
    chat_id: chat?.roomId ?? lead.roomId ?? "",
    assigned: owner === null ? NOBODY : String(owner.id),
    is_public: "0",
    chat: null,
    chat_date: chat === null ? null : await formatLocal(zone, chat.openedAt),
    lead_type: lead.leadType ?? DEFAULT_LEAD_TYPE,
    assigned_to: owner === null ? null : fullName(owner) || owner.username,
    color: stage.colour,
    analytics: {
      source: lead.sourceId === null ? NO_SOURCE : String(lead.sourceId),
      analytics: JSON.stringify(placeBody(lead.geography ?? {})),
      browser: lead.browser ?? "",
      source_url: lead.pageUrl ?? "",
      ip: lead.ip ?? "",
      chat_start_time: chat === null ? null : microseconds(chat.openedAt),
      chat_end_time: chat === null || chat.closedAt === null ? null : microseconds(chat.closedAt),
      chat: JSON.stringify(chat?.messages.map((said) => messageBody(said, chat)) ?? []),
    },
    notes_count: lead.noteCount,
    attachment_count: 0,
  };
}

/** The platform knows a country by its code alone. */
const placeBody = ({ city, country, latitude, longitude, region, time_zone }: Geography) => ({
  city: city ?? null,
  country: country ?? null,
  country_code: country ?? null,
  latitude: latitude ?? null,
  longitude: longitude ?? null,
  region: region ?? null,
  timezone: time_zone ?? null,
});

function messageBody(said: TranscriptMessage, chat: Chat): object {
  const { seq, at, visibility, text } = said;
  const id = `${chat.roomId}_${seq}`;
  const created_at = microseconds(at);
  if (said.kind === "system") {
    const { type: system_message_type, textVars: text_vars } = said;
    return { id, created_at, visibility, type: "system_message", text, system_message_type, text_vars };
  }
  const { author, customId, isWelcome } = said;
  const properties = {
    ...(isWelcome ? { lc2: { welcome_message: true } } : {}),
    ...(author.clientId === null ? {} : { source: { client_id: author.clientId } }),
  };
  const custom = customId === null ? {} : { custom_id: customId };
  return { id, created_at, visibility, type: "message", properties, text, author_id: author.id, ...custom };
}

/** Of clocks that tell milliseconds. */
const microseconds = (ms: number): string => new Date(ms).toISOString().replace("Z", "000Z");
