/** From what a visitor sent to the rows of a lead; nothing is read or written here. */
import { type Answer, readAnswers } from "../../shared/answers.ts";
import { CONSENT_FIELD } from "../../shared/capture-api.ts";
import type { FieldType, FormField, PersonKey } from "../../shared/lead-fields.ts";
import * as rare from "../../shared/rare-answers.ts";
import type { FieldProblem, LeadFailure } from "../domain/failure.ts";
import { type FormSettings, honeypotOf } from "../domain/form.ts";
import { keptIp } from "../domain/ip.ts";
import type { Person, StoredAnswer } from "../domain/lead.ts";
import { person } from "../domain/person.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { slugOf } from "../domain/slug.ts";
import { SOURCE_OF } from "../domain/source.ts";
import { spamReasons } from "../domain/spam.ts";
import { utmOf } from "../domain/visit.ts";
import type { NewClaim, NewContact, NewIncoming, NewLead } from "../store/capture.ts";
import type { CaptureFailure, CaptureInput } from "./capture-input.ts";
import { contactRow } from "./contact-rows.ts";
import type { Context } from "./context.ts";
import { intakeRows } from "./intake.ts";
import { judgeSuspicion, type Verdict } from "./suspicion.ts";

export interface PreparedLead {
  uuid: string;
  rows: { leads: NewLead[]; contacts: NewContact[]; claims: NewClaim[]; incoming: NewIncoming[] };
  /** Everything that was entered, as a person reads it. */
  words: string;
}

interface EnteredAnswer {
  field: FormField;
  value: Answer;
}

/** @returns invalid-fields; or challenge-required where it is suspected and the sender may clear themselves. */
export async function prepareLead(ctx: Context, input: CaptureInput): Promise<Result<PreparedLead, CaptureFailure>> {
  const { form, visit } = input;
  const entered = enteredAnswers(form.settings, input);
  if (!entered.ok) return entered;
  const reasons = spamReasons({
    settings: form.settings,
    honeypot: input.data[honeypotOf(form.settings)],
    elapsedMs: input.elapsedMs,
    texts: freeTexts(entered.value),
  });
  const judged = await judgeSuspicion(ctx, input, reasons);
  if (!judged.ok) return judged;
  const uuid = ctx.newId();
  const who = personOf(entered.value);
  const country = visit.geography?.country ?? null;
  const contact = await contactRow(uuid, who, ctx.now, { country });
  const lead = leadRow(ctx, input, { uuid, who, entered: entered.value, verdict: judged.value });
  const answers = entered.value.map(({ field, value }) => ({
    name: field.name,
    value,
    mapsTo: field.maps_to,
    hidden: field.type === "hidden",
  }));
  const intake = judged.value.isHeld
    ? { claims: [], incoming: [] }
    : await intakeRows(ctx.keys, { ...input, lead, contact, answers, country, receivedAt: ctx.now });
  return ok({
    uuid,
    rows: { leads: [lead], contacts: [contact], ...intake },
    words: entered.value
      .map(({ field, value }) => `${field.label}: ${typeof value === "object" ? value.join(", ") : value}`)
      .join("\n"),
  });
}

/**
 * What was filled in, in the form's order; or everything that is wrong with it, at once. What a field's condition hides is
 * left out, whatever was sent for it.
 */
function enteredAnswers(settings: FormSettings, input: CaptureInput): Result<EnteredAnswer[], LeadFailure> {
  const problems: FieldProblem[] = [];
  const entered: EnteredAnswer[] = [];
  const known = new Set([honeypotOf(settings), ...settings.fields.map((field) => field.name)]);
  for (const name of Object.keys(input.data)) if (!known.has(name)) problems.push({ field: name, code: "unknown" });
  const given = ({ name }: FormField) => (Object.hasOwn(input.data, name) ? input.data[name] : undefined);
  for (const { field, value, problem } of readAnswers(settings.fields, given, rare)) {
    if (problem) problems.push({ field: field.name, code: problem });
    else if (value !== undefined) entered.push({ field, value: value as Answer });
  }
  if (settings.consent?.required && input.consent?.given !== true) {
    problems.push({ field: CONSENT_FIELD, code: "consent" });
  }
  return problems.length > 0 ? fail({ kind: "invalid-fields", problems }) : ok(entered);
}

function personOf(entered: EnteredAnswer[]): Person {
  const known: Partial<Record<PersonKey, string>> = {};
  for (const { field, value } of entered) if (field.maps_to) known[field.maps_to] = String(value);
  return person(known);
}

/** What a visitor words themselves; of options, dates and numbers there is nothing to suspect. */
const FREE_TEXTS: readonly FieldType[] = ["text", "textarea", "url"];

const freeTexts = (entered: EnteredAnswer[]): string[] =>
  entered.filter(({ field }) => FREE_TEXTS.includes(field.type)).map(({ value }) => String(value));

/** Answers that the contact keeps have no value of their own. */
const storedAnswer = ({ field, value }: EnteredAnswer): StoredAnswer => ({
  name: field.name,
  ...(field.maps_to ? { mapsTo: field.maps_to } : { value }),
  ...(field.type === "hidden" ? { hidden: true } : {}),
});

function leadRow(
  ctx: Context,
  input: CaptureInput,
  made: { uuid: string; who: Person; entered: EnteredAnswer[]; verdict: Verdict },
): NewLead {
  const { form, visit, organization } = input;
  const { settings } = form;
  const { isHeld, spam } = made.verdict;
  return {
    uuid: made.uuid,
    slug: slugOf(made.who.name, crypto.getRandomValues(new Uint8Array(10))),
    state: isHeld ? "held" : settings.is_processable ? "pending" : "incoming",
    change_id: made.uuid,
    second_event: null,
    form_id: form.id,
    room_id: null,
    visitor_id: visit.visitorId,
    pipeline_id: input.pipelineId,
    status_id: input.firstStatusId,
    owner_id: null,
    creator_id: null,
    is_processable: settings.is_processable,
    category: "forms",
    source: SOURCE_OF.forms,
    name: made.who.name,
    message: made.who.message,
    price: null,
    custom_fields: null,
    tags: null,
    answers: made.entered.map(storedAnswer),
    page_url: visit.pageUrl,
    page_title: visit.pageTitle,
    referrer: visit.referrer,
    utm: utmOf(visit.pageUrl),
    ip: keptIp(visit.ip, organization.ipPolicy),
    geo: visit.geography,
    browser: visit.browser,
    consent: input.consent ? { ...input.consent, at: ctx.now } : null,
    spam,
    at: ctx.now,
  };
}
