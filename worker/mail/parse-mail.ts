/**
 * From the bytes of a message (RFC 5322, MIME) to what a lead is made of. Whatever the bytes are, the result is bounded,
 * well-formed text; HTML is read only where there is no text beside it, and then as text.
 */
import type { Address, Email } from "postal-mime";
import { isEmail } from "../../shared/answers.ts";
import {
  ANSWER_LIMIT_CHARS,
  MAIL_HEADERS_LIMIT_BYTES,
  MAIL_REFERENCES_LIMIT,
  MAIL_SUBJECT_LIMIT_CHARS,
  MAIL_TEXT_LIMIT_CHARS,
  MESSAGE_ID_LIMIT_CHARS,
} from "../../shared/limits.ts";
import type { Mail, Mailbox } from "../domain/mail.ts";
import { cutText, oneLine, wellFormedText } from "../domain/text.ts";
import { Late } from "../services/late.ts";
import { mailChecks } from "./checks.ts";

/** Parts within parts, and messages within messages, each of which is held whole: real mail has a handful. */
const LIMITS = {
  maxNestingDepth: 64,
  maxRfc822NestingDepth: 2,
  maxHeadersSize: MAIL_HEADERS_LIMIT_BYTES,
} as const;

/**
 * @param raw the message, or its beginning where `isCut`.
 * @param envelopeSender who sent it, where the message itself does not say.
 * @returns null where it cannot be read as a message, or goes beyond LIMITS.
 */
export async function parseMail(raw: Uint8Array, isCut: boolean, envelopeSender: string): Promise<Mail | null> {
  try {
    const email = await parse(raw);
    const body = tidyText(await textOf(email));
    const text = cutText(body, MAIL_TEXT_LIMIT_CHARS);
    return {
      messageId: messageIds(email.messageId)[0] ?? null,
      references: referencesOf(email),
      from: senderOf(email, envelopeSender),
      replyTo: flat(email.replyTo ?? []).find(({ email: address }) => address !== null) ?? null,
      subject: line(email.subject, MAIL_SUBJECT_LIMIT_CHARS),
      text,
      checks: mailChecks(email.headers.find(({ key }) => key === "authentication-results")?.value),
      attachmentCount: email.attachments.length,
      isCut: isCut || text.length < body.length,
    };
  } catch {
    // The parser throws for messages beyond its limits, and no message may end more than itself.
    return null;
  }
}

export const MIME = new Late(() => import("postal-mime"));

/** Evaluated here only: requests that bring no mail do not pay for it. */
async function parse(raw: Uint8Array | string): Promise<Email> {
  const { default: PostalMime } = await MIME.load();
  return PostalMime.parse(raw, LIMITS);
}

async function textOf({ text, html }: Email): Promise<string> {
  if (text?.trim() || !html) return text ?? "";
  // The parser turns HTML into text only beside a text part: so it is given an empty one.
  const boundary = crypto.randomUUID();
  const part = (type: string, content: string) =>
    `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${content}\r\n`;
  const parts = `${part("text/plain", "")}${part("text/html", html.toWellFormed())}--${boundary}--`;
  return (await parse(`Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${parts}`)).text ?? "";
}

/** Line by line, with never more than one empty line together. */
function tidyText(text: string): string {
  const lines = wellFormedText(text)
    .split(/\r\n|\r|\n/)
    .map((each) => each.trimEnd());
  return lines
    .filter((each, at) => each !== "" || lines[at - 1] !== "")
    .join("\n")
    .trim();
}

const line = (text: string | undefined, limit: number): string =>
  cutText(oneLine(wellFormedText(text ?? "")), limit).trim();

function senderOf(email: Email, envelopeSender: string): Mailbox {
  const [from] = flat([email.from, email.sender].filter((address) => address !== undefined));
  if (from?.email) return from;
  return { name: from?.name ?? "", email: addressOf(envelopeSender) };
}

/** Groups as their members. */
function flat(addresses: Address[]): Mailbox[] {
  return addresses
    .flatMap((address) => address.group ?? [address])
    .map(({ name, address }) => ({ name: line(name, ANSWER_LIMIT_CHARS), email: addressOf(address) }));
}

function addressOf(text: string | undefined): string | null {
  const address = wellFormedText(text ?? "").trim();
  return isEmail(address) ? address : null;
}

/** Between angle brackets, or the whole of a header that has none. */
function messageIds(header: string | undefined): string[] {
  const text = wellFormedText(header ?? "").trim();
  const found = Array.from(text.matchAll(/<([^<>\s]+)>/g), ([, id]) => id as string);
  const all = found.length > 0 || text === "" || /[<>\s]/.test(text) ? found : [text];
  return all.filter((id) => id.length <= MESSAGE_ID_LIMIT_CHARS);
}

/** The first, which began the thread, and the last ones, which it answers. */
function referencesOf(email: Email): string[] {
  const all = [...new Set([...messageIds(email.references), ...messageIds(email.inReplyTo)])];
  return all.length <= MAIL_REFERENCES_LIMIT ? all : [...all.slice(0, 1), ...all.slice(1 - MAIL_REFERENCES_LIMIT)];
}
