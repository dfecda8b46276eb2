/** From what was said in a room to the rows and words of its lead; nothing is read or written here. */
import type { PersonKey } from "../../shared/lead-fields.ts";
import { chatClaims } from "../domain/claims.ts";
import { enteredIn, lacksConsent } from "../domain/conversation.ts";
import { type EnteredAnswer, type Person, storedAnswer } from "../domain/lead.ts";
import { cutText, wellFormedText } from "../domain/text.ts";
import type { NewClaim, NewIncoming, NewLead, NewLeadRows } from "../store/capture.ts";
import type { LeadWords } from "../store/lead-words.ts";
import { contactRow, keysOf } from "./contact-rows.ts";
import type { Context } from "./context.ts";
import { personOf } from "./filled-in.ts";
import { claimRows, newUid } from "./intake.ts";
import type { RoomSnapshot } from "./room-snapshot.ts";
import { visitorLead } from "./visitor-lead.ts";

/** What is known in a room. */
export interface Said {
  entered: EnteredAnswer[];
  who: Person;
  /** There is somebody to answer, and they have agreed to what the form requires. */
  isLead: boolean;
}

export function saidIn({ form, talk }: RoomSnapshot): Said {
  const { settings } = form.form;
  const entered = enteredIn(settings, talk);
  const who = personOf(entered);
  const isReachable = [who.name, who.email, who.phone].some((value) => value !== null && value !== "");
  return { entered, who, isLead: isReachable && !lacksConsent(settings, talk) };
}

/** One visitor's chats at one form are one request as long as it waits; of an unknown visitor nobody can tell. */
export function claimsOf(ctx: Context, { form, visit, leadUuid }: RoomSnapshot): NewClaim[] {
  const { id, settings } = form.form;
  return claimRows(ctx.keys, leadUuid, chatClaims(settings.duplicate_policy, id, visit.visitorId));
}

/** The rows of the lead that the room makes. */
export async function bornLead(ctx: Context, room: RoomSnapshot, said: Said): Promise<NewLeadRows> {
  const { form, visit, leadUuid: uuid } = room;
  const { entered, who } = said;
  const consent = consentOf(room, ctx.now);
  const lead = visitorLead(
    ctx,
    { ...form, visit },
    { uuid, who, entered, consent, category: "chats", roomId: room.roomId },
  );
  const contact = await contactRow(uuid, who, ctx.now, { country: visit.geography?.country ?? null });
  return {
    leads: [lead],
    contacts: [contact],
    claims: claimsOf(ctx, room),
    incoming: lead.is_processable ? [] : [incomingOf(ctx, room, who)],
  };
}

function incomingOf(ctx: Context, room: RoomSnapshot, who: Person): NewIncoming {
  const { form } = room.form;
  return {
    lead_uuid: room.leadUuid,
    uid: newUid(),
    category: "chats",
    pipeline_id: room.form.pipelineId,
    source_uid: form.id,
    source_name: form.settings.name,
    metadata: {
      from: who.name ?? "",
      to: form.id,
      received_at: Math.floor(room.openedAt / 1000),
      service: SERVICE,
      client: { name: who.name, avatar: null },
      origin: { chat_id: room.roomId, ref: room.visit.pageUrl, visitor_uid: room.visit.visitorId },
      last_message_text: lastTextOf(room),
      source_name: form.settings.name,
    },
    created_at: ctx.now,
  };
}
/** What delivers the messages: a chat on a page. */
const SERVICE = "onlinechat";
/** A list of chats shows a line of it. */
const LAST_TEXT_LIMIT_CHARS = 250;
export const lastTextOf = (room: RoomSnapshot): string => cutText(wellFormedText(room.lastText), LAST_TEXT_LIMIT_CHARS);

/**
 * What the answers say now, as a change of the lead.
 * @param isOwn the room has made it: what its form asks for and nobody has answered any more is emptied. Of a lead that
 *   an earlier room has made only what was answered here becomes another.
 */
export async function chatWords(
  ctx: Context,
  room: RoomSnapshot,
  { entered, who }: Said,
  isOwn: boolean,
): Promise<LeadWords> {
  const { fields } = room.form.form.settings;
  const country = room.visit.geography?.country ?? null;
  const keys = await keysOf(who, country);
  const asked = new Set(fields.flatMap(({ maps_to }) => maps_to ?? []));
  const word = (key: PersonKey) => (who[key] !== null || (isOwn && asked.has(key)) ? who[key] : undefined);
  // A name is one thing: of a new one no part of the old one stays.
  const isNamed =
    who.name !== null || (isOwn && (["name", "first_name", "last_name"] as const).some((key) => asked.has(key)));
  const contact: LeadWords["contact"] = {
    ...(isNamed ? pick(who, "name", "first_name", "last_name") : {}),
    ...(isNamed ? pick(keys, "first_name_key", "last_name_key") : {}),
    ...(word("email") === undefined ? {} : { email: who.email, email_key: keys.email_key }),
    ...(word("phone") === undefined ? {} : { phone: who.phone, phone_key: keys.phone_key }),
    title: word("title"),
    location: word("location"),
    company_name: word("company"),
  };
  return {
    contact,
    name: contact.name,
    message: word("message"),
    answers: entered.map(storedAnswer),
    keepsAnswers: !isOwn,
    consent: consentOf(room, ctx.now) ?? undefined,
  };
}

/** The consent that was asked for, with what was answered; null where none was. */
function consentOf({ form, talk, locale }: RoomSnapshot, at: number): NewLead["consent"] {
  const { consent } = form.form.settings;
  if (!consent || talk.consent === null) return null;
  return { version: consent.version, given: talk.consent, ...(locale ? { locale } : {}), at };
}

const pick = <T, K extends keyof T>(from: T, ...keys: K[]): Pick<T, K> =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
