/** What visitors send, each a person of their own; and the rows that it becomes where nobody looks at it. */
import { randomUUID } from "node:crypto";
import type { NewLeadRows, RateRow } from "../../worker/store/capture.ts";
import type { Ask } from "./drive.ts";

export interface Sent {
  submission_id: string;
  visitor_id: string;
  page: { url: string; title: string; referrer: string };
  data: { name: string; email: string; phone: string; company: string; message: string };
}

const HEADERS = {
  "content-type": "application/json",
  origin: "https://shop.example",
  "accept-language": "en",
  "cf-connecting-ip": "203.0.113.7",
  "user-agent": "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
};

/** Whoever came under this id, by whichever way. */
export const emailOf = (id: string): string => `ada.${id}@example.org`;

const body = (id: string): Sent & { elapsed_ms: number } => ({
  submission_id: id,
  visitor_id: randomUUID(),
  elapsed_ms: 42_000,
  page: { url: "https://shop.example/desks?size=70", title: "Desks", referrer: "https://search.example/" },
  data: {
    name: "Ada Lovelace",
    email: emailOf(id),
    phone: "+358 40 123 4567",
    company: "Analytical Engines",
    message: "Could you tell me whether the larger one fits under a desk of 70 centimetres?",
  },
});

/** @param id of the submission. */
export const captureAs = (formId: string, id: string): Ask => ({
  method: "POST",
  path: `/v1/forms/${formId}/leads`,
  headers: HEADERS,
  body: JSON.stringify(body(id)),
});
export const captureOf = (formId: string) => (): Ask => captureAs(formId, randomUUID());

/** Where the rows belong. */
export interface Place {
  organizationId: number;
  formId: string;
  pipelineId: number;
  statusId: number;
}
export interface Rows {
  leads: NewLeadRows;
  rates: RateRow[];
  key: { scope: string; key: string; fingerprint: string; outcome: string; lead_uuid: string; created_at: number };
}

/** All that a capture writes, as it comes. @param claim what may stand once. */
export function rowsOf(sent: Sent, place: Place, now: number, claim: string): Rows {
  const uuid = crypto.randomUUID();
  const { name, email, phone, company, message } = sent.data;
  const pipeline_id = place.pipelineId;
  const answers = ["name", "email", "phone", "company", "message"].map((field) => ({ name: field, mapsTo: field }));
  const nothing = { room_id: null, owner_id: null, creator_id: null, name: null, price: null, second_event: null };
  const unknown = { custom_fields: null, tags: null, utm: null, geo: null, consent: null, spam: null };
  const visit = { visitor_id: sent.visitor_id, page_url: sent.page.url, page_title: sent.page.title };
  const lead = {
    ...{ ...nothing, ...unknown, ...visit, uuid, pipeline_id, message, at: now },
    ...{ slug: `ada-lovelace-${uuid.slice(0, 8)}${uuid.slice(9, 13)}`, state: "incoming" as const, change_id: uuid },
    ...{ form_id: place.formId, status_id: place.statusId, is_processable: false, category: "forms", source: "web" },
    ...{ answers: answers as NewLeadRows["leads"][0]["answers"], referrer: sent.page.referrer, ip: "203.0.113.7" },
    browser: "Chrome",
  };
  const keys = { first_name_key: null, last_name_key: null, email_key: email, phone_key: phone };
  const parts = { first_name: null, last_name: null, title: null, location: null };
  const fields = { custom_fields: null, company_custom_fields: null };
  const source = { source_uid: place.formId, source_name: "Contact", metadata: { form_name: "Contact" } };
  const window_start = now - (now % 60_000);
  return {
    leads: {
      leads: [lead],
      contacts: [{ lead_uuid: uuid, name, email, phone, company, ...parts, ...keys, ...fields, at: now }],
      claims: [{ lead_uuid: uuid, kind: "identical", key: claim }],
      incoming: [{ lead_uuid: uuid, uid: uuid, category: "forms", pipeline_id, ...source, created_at: now }],
    },
    rates: ["form", "address"].map((key) => ({ key, window_start, most: 1_000_000 })),
    key: {
      ...{ scope: `capture ${place.formId}`, key: sent.submission_id, fingerprint: claim, outcome: "created" },
      ...{ lead_uuid: uuid, created_at: now },
    },
  };
}
