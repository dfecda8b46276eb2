/** A message as a lead is made of it: text only, every part bounded and well-formed. */
import { MAIL_SUMMARY_LIMIT_CHARS } from "../../shared/limits.ts";
import { cutText, oneLine } from "./text.ts";

export interface Mailbox {
  /** As the sender writes it; empty where it is not said. */
  name: string;
  /** null where what stands there is no address. */
  email: string | null;
}

/** What the receiving server found, by method. Shown to people and proof of nothing. */
export const MAIL_CHECKS = ["spf", "dkim", "dmarc"] as const;
export type MailChecks = Record<(typeof MAIL_CHECKS)[number], string | null>;

export interface Mail {
  /** Between its angle brackets; null where it has none. */
  messageId: string | null;
  /** Message-IDs that it answers, oldest first. */
  references: string[];
  from: Mailbox;
  replyTo: Mailbox | null;
  subject: string;
  text: string;
  checks: MailChecks;
  /** Attachments seen; none is kept. */
  attachmentCount: number;
  /** The message was longer than what is read or kept of one. */
  isCut: boolean;
}

/** Who is to be answered, and so who the lead is from. */
export function correspondent({ from, replyTo }: Pick<Mail, "from" | "replyTo">): Mailbox {
  return replyTo?.email ? { name: replyTo.name || from.name, email: replyTo.email } : from;
}

/** How the programs of several languages mark an answer or a copy. */
const ANSWER =
  /^(?:re|fwd?|aw|wg|antw|sv|vs|vl|vb|tr|rv|res|enc|odp|pd|rif|r|i|ynt|ilt|回复|转发)(?:\[\d+\]|\(\d+\))?\s?[::]\s?/iu;
const MARKS_MOST = 20;

/** What a thread has in common: the subject without marks of answering, in lower case. Empty: no subject. */
export function subjectStem(subject: string): string {
  let stem = oneLine(subject.normalize("NFC")).toLowerCase();
  for (let marks = 0; marks < MARKS_MOST && ANSWER.test(stem); marks += 1) stem = stem.replace(ANSWER, "").trim();
  return stem;
}

/** The beginning of the text, in one line. */
export function contentSummary(text: string): string {
  // A summary never needs more of the text than this, however much of it is white space.
  const line = oneLine(cutText(text, MAIL_SUMMARY_LIMIT_CHARS * 20));
  return line.length <= MAIL_SUMMARY_LIMIT_CHARS ? line : `${cutText(line, MAIL_SUMMARY_LIMIT_CHARS - 1)}…`;
}
