/**
 * What makes two requests the same. A lead claims these contents when it comes in, the database lets each be claimed
 * once at a time, and what is kept of a content is its HMAC: a plain hash of a phone number could be reversed.
 */
import type { DuplicatePolicy } from "./form.ts";
import type { AnswerValue, LeadCategory } from "./lead.ts";

export type ClaimKind = "identical" | "email" | "phone";

export interface ClaimContent {
  kind: ClaimKind;
  content: string;
}

export interface ComparedAnswer {
  name: string;
  value: AnswerValue;
  /** Set where the answer maps to the person's e-mail or phone: the form in which those are compared. */
  key?: string | null;
}

/** The contents of a form's lead. Hidden answers, consent, times and addresses are no part of what was asked. */
export function formClaims(input: {
  policy: DuplicatePolicy;
  category: LeadCategory;
  pipelineId: number;
  formId: string;
  answers: readonly ComparedAnswer[];
  emailKey: string | null;
  phoneKey: string | null;
}): ClaimContent[] {
  if (input.policy === "off") return [];
  if (input.policy === "contact") {
    const claims: ClaimContent[] = [];
    if (input.emailKey) claims.push({ kind: "email", content: input.emailKey });
    if (input.phoneKey) claims.push({ kind: "phone", content: input.phoneKey });
    // Who left neither can still not say the very same thing twice.
    if (claims.length > 0) return claims;
  }
  const answers = input.answers
    .map((answer) => [answer.name, answer.key ?? normalised(answer.value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return [{ kind: "identical", content: JSON.stringify([input.category, input.pipelineId, input.formId, answers]) }];
}

const normalised = (value: AnswerValue): AnswerValue =>
  typeof value === "string" ? value.normalize("NFC").trim() : value;

/** What a caller's incoming lead is: the parts that say the same thing when they come again. */
export interface CallerLead {
  pipelineId: number;
  sourceUid: string;
  /** Names and fields of the lead, the person and the company, as they were sent. */
  entities: unknown;
}

/** A call is itself: by its own id where the caller gives one, else by who called whom when. */
export function callClaims(
  lead: Omit<CallerLead, "entities">,
  call: { uniq?: string; from: string; phone: string; calledAt: number },
): ClaimContent[] {
  const identity = call.uniq !== undefined ? [call.uniq] : [call.from, call.phone, call.calledAt];
  return [{ kind: "identical", content: JSON.stringify(["sip", lead.pipelineId, lead.sourceUid, identity]) }];
}

/** A caller's form, whenever and from wherever it was sent. */
export function callerFormClaims(lead: CallerLead, formId: string): ClaimContent[] {
  const content = JSON.stringify(["forms", lead.pipelineId, lead.sourceUid, formId, canonical(lead.entities)]);
  return [{ kind: "identical", content }];
}

/** A message is itself: by its Message-ID, else by who wrote what. */
export function mailClaims(
  lead: Pick<CallerLead, "pipelineId" | "sourceUid">,
  mail: { messageId: string | null; sender: string; subject: string; text: string },
): ClaimContent[] {
  const { messageId, sender, subject, text } = mail;
  const identity = messageId === null ? canonical([sender.toLowerCase(), subject, text]) : [messageId];
  return [{ kind: "identical", content: JSON.stringify(["mail", lead.pipelineId, lead.sourceUid, identity]) }];
}

/** A visitor's chats at a form, whatever is said in them; none of a visitor of whom nothing is known. */
export const chatClaims = (policy: DuplicatePolicy, formId: string, visitorId: string | null): ClaimContent[] =>
  policy === "off" || visitorId === null
    ? []
    : [{ kind: "identical", content: JSON.stringify(["chats", formId, visitorId]) }];

/** The same value in the same words: keys sorted, texts normalised. */
function canonical(value: unknown): unknown {
  if (typeof value === "string") return normalised(value);
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => [key, canonical(child)]);
}
