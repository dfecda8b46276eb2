/** What a lead takes with it when it comes in, at once or after it was held: its claims, and its place in the queue. */
import type { PersonKey } from "../../shared/lead-fields.ts";
import { type ClaimContent, formClaims } from "../domain/claims.ts";
import type { Form } from "../domain/form.ts";
import type { AnswerValue } from "../domain/lead.ts";
import { emailKey } from "../domain/person.ts";
import type { NewClaim, NewIncoming } from "../store/capture.ts";
import { hmacs, type KeyRing } from "./key-ring.ts";
import { phoneKey } from "./phone.ts";

const UID_BYTES = 30;

export interface IntakeLead {
  form: Form;
  lead: {
    uuid: string;
    pipeline_id: number;
    is_processable: boolean;
    category: string;
    page_url: string | null;
    referrer: string | null;
    visitor_id: string | null;
    ip: string | null;
  };
  contact: { email_key: string | null; phone_key: string | null };
  answers: { name: string; value: AnswerValue; mapsTo?: PersonKey; hidden?: boolean }[];
  /** ISO 3166 code of where the visitor seemed to be: what phone numbers without a prefix are read by. */
  country: string | null;
  /** Milliseconds since 1970. */
  receivedAt: number;
}

/** A processable lead claims its content too, but nobody sorts it. */
export async function intakeRows(
  keys: KeyRing,
  input: IntakeLead,
): Promise<{ claims: NewClaim[]; incoming: NewIncoming[] }> {
  const { form, lead, contact } = input;
  const compared = input.answers.filter((answer) => answer.hidden !== true);
  const contents = formClaims({
    policy: form.settings.duplicate_policy,
    category: lead.category as "forms" | "chats",
    pipelineId: lead.pipeline_id,
    formId: form.id,
    answers: await Promise.all(compared.map(async (answer) => ({ ...answer, key: await comparedAs(input, answer) }))),
    emailKey: contact.email_key,
    phoneKey: contact.phone_key,
  });
  return { claims: claimRows(keys, lead.uuid, contents), incoming: lead.is_processable ? [] : [incomingRow(input)] };
}

/** 60 hex characters that nobody can guess. */
export function newUid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(UID_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Contents as claims, under every key of the ring, so that a rotation lets no repeat through. */
export function claimRows(keys: KeyRing, leadUuid: string, contents: ClaimContent[]): NewClaim[] {
  return contents.flatMap(({ kind, content }) =>
    hmacs(keys, `claim ${kind}`, content).map((key) => ({ lead_uuid: leadUuid, kind, key })),
  );
}

/** E-mail addresses and phone numbers, mapped or not, as people are found by them; undefined: as it was entered. */
async function comparedAs(
  input: IntakeLead,
  answer: IntakeLead["answers"][number],
): Promise<string | null | undefined> {
  const { name, value, mapsTo } = answer;
  if (mapsTo === "email") return input.contact.email_key;
  if (mapsTo === "phone") return input.contact.phone_key;
  if (typeof value !== "string") return undefined;
  const type = input.form.settings.fields.find((field) => field.name === name)?.type;
  if (type === "email") return emailKey(value);
  return type === "phone" ? phoneKey(value, input.country) : undefined;
}

function incomingRow({ form, lead, receivedAt }: IntakeLead): NewIncoming {
  return {
    lead_uuid: lead.uuid,
    uid: newUid(),
    category: lead.category as NewIncoming["category"],
    pipeline_id: lead.pipeline_id,
    source_uid: form.id,
    source_name: form.settings.name,
    metadata: {
      form_id: form.id,
      form_name: form.settings.name,
      form_page: lead.page_url ?? "",
      ip: lead.ip,
      form_sent_at: Math.floor(receivedAt / 1000),
      referer: lead.referrer ?? "",
      visitor_uid: lead.visitor_id,
    },
    created_at: receivedAt,
  };
}
