/** What callers of the v4 API send. Types follow the document's examples where its tables disagree with them. */
import * as z from "zod/mini";
import { TEXT_LIMIT_CHARS, URL_LIMIT_CHARS } from "../../../shared/limits.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { IncomingInput } from "../../services/incoming-input.ts";
import type { ValidationError } from "./errors.ts";
import "../http/zod-words.ts";

export const LEADS_MOST = 250;
const VALUES_MOST = 100;

const text = () => z.string().check(z.maxLength(TEXT_LIMIT_CHARS));
/** Numbers come as texts and texts as numbers; both are taken, and kept as text. */
const textOrNumber = () =>
  z.pipe(
    z.transform((value: unknown) => (typeof value === "number" ? String(value) : value)),
    text(),
  );
const seconds = () =>
  z.pipe(
    z.transform((value: unknown) => (typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value)),
    z.int().check(z.gte(0)),
  );
const id = () => z.int().check(z.gte(1), z.lte(Number.MAX_SAFE_INTEGER));

const CustomFields = z.nullable(
  z
    .array(
      z.looseObject({
        field_id: z.optional(z.nullable(id())),
        field_code: z.optional(z.nullable(text())),
        values: z.array(z.looseObject({ value: z.optional(z.unknown()) })).check(z.maxLength(VALUES_MOST)),
      }),
    )
    .check(z.maxLength(VALUES_MOST)),
);
type CustomFields = z.infer<typeof CustomFields>;

const Tags = z.array(z.looseObject({ id: z.optional(id()), name: z.optional(text()) })).check(z.maxLength(VALUES_MOST));
const LeadModel = z.object({
  name: z.optional(z.nullable(text())),
  price: z.optional(z.nullable(z.int())),
  custom_fields_values: z.optional(CustomFields),
  _embedded: z.optional(z.object({ tags: z.optional(Tags) })),
});
const ContactModel = z.object({
  name: z.optional(z.nullable(text())),
  first_name: z.optional(z.nullable(text())),
  last_name: z.optional(z.nullable(text())),
  custom_fields_values: z.optional(CustomFields),
});
const CompanyModel = z.object({ name: z.optional(z.nullable(text())), custom_fields_values: z.optional(CustomFields) });
const one = <T extends z.core.$ZodType>(model: T) => z.optional(z.array(model).check(z.maxLength(1)));

const Embedded = z
  .object({ leads: one(LeadModel), contacts: one(ContactModel), companies: one(CompanyModel) })
  .check(
    z.refine((all) => (all.leads?.length ?? 0) + (all.contacts?.length ?? 0) > 0, "A lead or a contact is needed."),
  );

const common = {
  request_id: z.optional(z.nullable(textOrNumber())),
  source_uid: text().check(z.minLength(1)),
  source_name: text().check(z.minLength(1)),
  pipeline_id: z.optional(z.nullable(id())),
  created_at: z.optional(z.nullable(seconds())),
  _embedded: Embedded,
};

export const SipLead = z.object({
  ...common,
  metadata: z.object({
    from: textOrNumber(),
    phone: textOrNumber(),
    called_at: seconds(),
    duration: textOrNumber(),
    link: z.optional(z.nullable(z.string().check(z.maxLength(URL_LIMIT_CHARS)))),
    service_code: textOrNumber(),
    is_call_event_needed: z.optional(z.boolean()),
    uniq: z.optional(textOrNumber()),
  }),
});
export const FormLead = z.object({
  ...common,
  metadata: z.object({
    form_id: textOrNumber(),
    form_name: text(),
    form_page: z.string().check(z.maxLength(URL_LIMIT_CHARS)),
    form_sent_at: seconds(),
    ip: z.optional(z.nullable(text())),
    referer: z.optional(z.nullable(z.string().check(z.maxLength(URL_LIMIT_CHARS)))),
  }),
});

type Sent = z.infer<typeof SipLead> | z.infer<typeof FormLead>;

/** @returns one input a lead, or what is wrong, by request id. */
export function parseIncoming(category: "sip" | "forms", body: unknown[]): Result<IncomingInput[], ValidationError[]> {
  const inputs: IncomingInput[] = [];
  const errors: ValidationError[] = [];
  for (const [index, item] of body.entries()) {
    const parsed = category === "sip" ? SipLead.safeParse(item) : FormLead.safeParse(item);
    if (parsed.success) inputs.push(inputOf(category, parsed.data, index));
    else errors.push({ request_id: requestIdOf(item, index), errors: errorsOf(parsed.error, item) });
  }
  return errors.length > 0 ? fail(errors) : ok(inputs);
}

function requestIdOf(item: unknown, index: number): string {
  const sent = typeof item === "object" && item !== null && "request_id" in item ? item.request_id : undefined;
  return typeof sent === "string" || typeof sent === "number" ? String(sent) : String(index);
}

function errorsOf(error: z.core.$ZodError, sent: unknown): ValidationError["errors"] {
  return error.issues.map(({ code: kind, path, message }) => {
    const isMissing = valueAt(sent, path) === undefined;
    // The one rule of our own asks for a lead or a contact.
    const code =
      isMissing || kind === "custom" ? "FieldMissing" : kind === "invalid_value" ? "NotSupportedChoice" : "InvalidType";
    return { code, path: path.join("."), detail: isMissing ? "This field is missing." : message };
  });
}

const valueAt = (value: unknown, path: PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], value);

function inputOf(category: "sip" | "forms", sent: Sent, index: number): IncomingInput {
  const { leads = [], contacts = [], companies = [] } = sent._embedded;
  const [lead, contact, company] = [leads[0], contacts[0], companies[0]];
  const fields = contact?.custom_fields_values;
  const call = "from" in sent.metadata ? sent.metadata : null;
  return {
    requestId: sent.request_id ?? String(index),
    category,
    sourceUid: sent.source_uid,
    sourceName: sent.source_name,
    pipelineId: sent.pipeline_id ?? undefined,
    createdAt: sent.created_at ? sent.created_at * 1000 : undefined,
    metadata: metadataOf(sent.metadata),
    ...(call
      ? {
          call: {
            uniq: call.uniq,
            from: call.from,
            phone: call.phone,
            calledAt: call.called_at,
            isEventNeeded: call.is_call_event_needed ?? false,
          },
        }
      : { formId: "form_id" in sent.metadata ? sent.metadata.form_id : "" }),
    lead: {
      name: lead?.name ?? undefined,
      price: lead?.price ?? undefined,
      customFields: lead?.custom_fields_values ?? undefined,
      tags: lead?._embedded?.tags,
    },
    contact: {
      name: contact?.name ?? undefined,
      firstName: contact?.first_name ?? undefined,
      lastName: contact?.last_name ?? undefined,
      email: firstValue(fields, "EMAIL"),
      phone: firstValue(fields, "PHONE") ?? (call && isPhone(call.from) ? call.from : undefined),
      customFields: fields ?? undefined,
    },
    company: company
      ? { name: company.name ?? undefined, customFields: company.custom_fields_values ?? undefined }
      : null,
  };
}

/** `is_call_event_needed` and `uniq` are asked for and never shown. */
function metadataOf(metadata: Sent["metadata"]): Record<string, unknown> {
  if (!("from" in metadata)) return { visitor_uid: null, ip: null, referer: null, ...metadata };
  const { is_call_event_needed: _event, uniq: _uniq, ...shown } = metadata;
  return { link: null, ...shown };
}

function firstValue(fields: CustomFields | undefined, code: string): string | undefined {
  const value = fields?.find((field) => field.field_code?.toUpperCase() === code)?.values[0]?.value;
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
}

const isPhone = (value: string): boolean => /^\+?[\d\s().-]{5,20}$/.test(value);

const wholeNumber = z.pipe(
  z.optional(z.nullable(id())),
  z.transform((value: number | null | undefined) => value ?? undefined),
);
export const AcceptRequest = z.object({ user_id: wholeNumber, status_id: wholeNumber });
export const LinkRequest = z.object({
  user_id: wholeNumber,
  link: z.object({
    entity_id: id(),
    entity_type: z.enum(["leads", "customers"]),
    metadata: z.optional(z.nullable(z.looseObject({ contact_id: wholeNumber }))),
  }),
});
export const DeclineRequest = z.object({ user_id: wholeNumber });

/** Clients send `{}`, `[]`, `null` or nothing where nothing is to be said. */
export function parseOptions<T extends z.ZodMiniType>(schema: T, body: unknown): Result<z.infer<T>, ValidationError[]> {
  const sent = body === null || (Array.isArray(body) && body.length === 0) ? {} : body;
  const parsed = schema.safeParse(sent);
  return parsed.success ? ok(parsed.data) : fail([{ errors: errorsOf(parsed.error, sent) }]);
}
