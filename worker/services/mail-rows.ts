/** What is kept of a message beside its lead, so that later ones find their thread: HMACs only. */
import { subjectStem } from "../domain/mail.ts";
import type { NewMail } from "../store/mail.ts";
import type { Context } from "./context.ts";
import { hmac, hmacs } from "./key-ring.ts";

/** What a message is known by and answers to. */
export interface MailIdentity {
  messageId: string | null;
  references: string[];
  /** The address to answer to; empty where there is none. */
  sender: string;
  subject: string;
}

/** "Question" of last year and "Question" of today are two conversations, unless the messages say otherwise. */
const SUBJECT_JOINS_DAYS = 30;

export function mailRow(ctx: Context, leadUuid: string, mail: MailIdentity): NewMail {
  const stem = subjectStem(mail.subject);
  const subject = stem === "" ? null : JSON.stringify([mail.sender.toLowerCase(), stem]);
  return {
    lead_uuid: leadUuid,
    message_key: mail.messageId === null ? null : hmac(ctx.keys, "mail message", mail.messageId),
    subject_key: subject === null ? null : hmac(ctx.keys, "mail subject", subject),
    reference_keys: mail.references.flatMap((id) => hmacs(ctx.keys, "mail message", id)),
    subject_keys: subject === null ? [] : hmacs(ctx.keys, "mail subject", subject),
    subject_since: ctx.now - SUBJECT_JOINS_DAYS * 86_400_000,
    received_at: ctx.now,
  };
}
