/**
 * Mail as a way in. To the sending server a message is taken, or refused for good with a reason, or, where the database
 * does not answer, put off: the exception that this handler lets through makes the server try again.
 *
 * By design: what the envelope says counts, not the To header; a lapsed subscription takes mail as ever; a message that
 * comes again is taken again and changes nothing. Gaps: attachments are counted and dropped; nothing is held as spam.
 */
import { MAIL_READ_LIMIT_BYTES } from "../../shared/limits.ts";
import type { Deps } from "../api/http/app.ts";
import { configOf, type Env } from "../env.ts";
import { findMailRecipient } from "../services/mail-address.ts";
import { receiveMail } from "../services/receive-mail.ts";
import { parseMail } from "./parse-mail.ts";
import { readHead } from "./read-head.ts";

/** What the platform hands over with a message, as far as it is used. */
export type DeliveredMessage = Pick<ForwardableEmailMessage, "from" | "to" | "raw" | "setReject">;

/** @throws where the database or the stream fails, and for nothing that a sender can write. */
export const mailHandler =
  (deps: Deps) =>
  async (message: DeliveredMessage, env: Env): Promise<void> => {
    const { databases, keys, live } = configOf(env);
    const now = deps.now();
    const recipient = await findMailRecipient(databases, message.to, now);
    if (recipient === null) return message.setReject("There is no such recipient here.");
    const { bytes, isCut } = await readHead(message.raw, MAIL_READ_LIMIT_BYTES);
    const mail = await parseMail(bytes, isCut, message.from);
    if (mail === null) return message.setReject("The message cannot be read.");
    const actor = { kind: "visitor" as const, visitorId: null };
    const ctx = { db: recipient.db, actor, now, newId: deps.newId, keys, live };
    const received = await receiveMail(ctx, recipient.organizationId, mail);
    if (!received.ok) throw new Error(`mail: a message was refused as ${received.failure.kind}`);
  };
