/** From what a caller sent to the rows of incoming leads. */
import { type ClaimContent, callClaims, callerFormClaims, mailClaims } from "../domain/claims.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { person } from "../domain/person.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { slugOf } from "../domain/slug.ts";
import { SOURCE_OF } from "../domain/source.ts";
import type { NewContact, NewLead, NewLeadRows } from "../store/capture.ts";
import { startOfPipeline } from "../store/pipelines.ts";
import { comparedContact } from "./compared-contact.ts";
import { contactRow } from "./contact-rows.ts";
import type { Context } from "./context.ts";
import type { IncomingInput } from "./incoming-input.ts";
import { claimRows, newUid } from "./intake.ts";
import { mailRow } from "./mail-rows.ts";
import { NO_VISIT } from "./no-visit.ts";

export type Rows = Required<NewLeadRows>;

export type Start = { pipelineId: number; statusId: number };

/** Where each request's lead begins: its own pipeline, or the main one. */
export async function pipelineStarts(
  ctx: Context,
  organizationId: number,
  inputs: IncomingInput[],
): Promise<Result<Start[], LeadFailure>> {
  const wanted = [...new Set(inputs.flatMap(({ pipelineId }) => pipelineId ?? []))];
  const { results } = await startOfPipeline(ctx.db, organizationId, wanted).all<{
    pipeline_id: number;
    is_main: number;
    status_id: number;
  }>();
  const starts = inputs.map(({ pipelineId }) => {
    const row = results.find((known) =>
      pipelineId === undefined ? known.is_main === 1 : known.pipeline_id === pipelineId,
    );
    return row ? { pipelineId: row.pipeline_id, statusId: row.status_id } : null;
  });
  const problems = starts.flatMap((start, index) =>
    start === null ? [{ field: `${index}.pipeline_id`, code: "NotSupportedChoice" }] : [],
  );
  return problems.length > 0 ? fail({ kind: "invalid-fields", problems }) : ok(starts as Start[]);
}

export async function rowsOf(ctx: Context, inputs: IncomingInput[], starts: Start[]): Promise<Rows> {
  const rows: Rows = { leads: [], contacts: [], claims: [], incoming: [], mails: [] };
  const creatorId = ctx.actor.kind === "user" ? ctx.actor.user.id : null;
  for (const [index, input] of inputs.entries()) {
    const start = starts[index] as Start;
    const uuid = ctx.newId();
    const contact = await contactOf(uuid, input, ctx.now);
    rows.leads.push(leadRow(ctx, uuid, input, start, contact, creatorId));
    rows.contacts.push(contact);
    rows.claims.push(...claimRows(ctx.keys, uuid, await contentsOf(input, start.pipelineId)));
    if (input.mail) rows.mails.push(mailRow(ctx, uuid, input.mail));
    rows.incoming.push({
      lead_uuid: uuid,
      uid: newUid(),
      category: input.category,
      pipeline_id: start.pipelineId,
      source_uid: input.sourceUid,
      source_name: input.sourceName,
      metadata: input.metadata,
      created_at: Math.min(input.createdAt ?? ctx.now, ctx.now),
    });
  }
  return rows;
}

async function contentsOf(input: IncomingInput, pipelineId: number): Promise<ClaimContent[]> {
  const { lead, contact, company, sourceUid } = input;
  if (input.mail) return mailClaims({ pipelineId, sourceUid }, { ...input.mail, text: input.message ?? "" });
  if (input.call) return callClaims({ pipelineId, sourceUid }, input.call);
  const entities = { lead, contact: await comparedContact(contact), company };
  return callerFormClaims({ pipelineId, sourceUid, entities }, input.formId ?? "");
}

function contactOf(leadUuid: string, { contact, company }: IncomingInput, at: number): Promise<NewContact> {
  const who = person({
    name: contact.name,
    first_name: contact.firstName,
    last_name: contact.lastName,
    email: contact.email,
    phone: contact.phone,
    company: company?.name,
  });
  // A company that was sent without a name is one all the same.
  const withCompany = { ...who, company: who.company ?? (company ? "" : null) };
  const more = { custom_fields: contact.customFields, company_custom_fields: company?.customFields };
  return contactRow(leadUuid, withCompany, at, more);
}

function leadRow(
  ctx: Context,
  uuid: string,
  input: IncomingInput,
  start: Start,
  contact: NewContact,
  creatorId: number | null,
): NewLead {
  const name = input.lead.name ?? contact.name;
  return {
    ...NO_VISIT,
    uuid,
    slug: slugOf(contact.name ?? name, crypto.getRandomValues(new Uint8Array(10))),
    state: "incoming",
    change_id: uuid,
    second_event: input.call?.isEventNeeded ? "call" : null,
    pipeline_id: start.pipelineId,
    status_id: start.statusId,
    owner_id: null,
    creator_id: creatorId,
    is_processable: false,
    category: input.category,
    source: SOURCE_OF[input.category],
    name,
    message: input.message ?? null,
    price: input.lead.price ?? null,
    custom_fields: input.lead.customFields ?? null,
    tags: input.lead.tags ?? null,
    at: ctx.now,
  };
}
