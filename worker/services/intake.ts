/** What a lead takes with it when it comes in, at once or after it was held: its claims, and its place in the queue. */
import type { PersonKey } from "../../shared/lead-fields.ts";
import { type ClaimContent, formClaims } from "../domain/claims.ts";
import type { Form } from "../domain/form.ts";
import type { NewClaim, NewIncoming } from "../store/capture.ts";
import { hmacs, type KeyRing } from "./key-ring.ts";

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
  answers: { name: string; value: string | boolean; mapsTo?: PersonKey; hidden?: boolean }[];
  /** Milliseconds since 1970. */
  receivedAt: number;
}

/** A processable lead claims its content too, but nobody sorts it. */
export function intakeRows(keys: KeyRing, input: IntakeLead): { claims: NewClaim[]; incoming: NewIncoming[] } {
  const { form, lead, contact } = input;
  const contents = formClaims({
    policy: form.settings.duplicate_policy,
    category: lead.category as "forms" | "chats",
    pipelineId: lead.pipeline_id,
    formId: form.id,
    answers: input.answers
      .filter((answer) => answer.hidden !== true)
      .map((answer) => ({
        ...answer,
        key: answer.mapsTo === "email" ? contact.email_key : answer.mapsTo === "phone" ? contact.phone_key : undefined,
      })),
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
