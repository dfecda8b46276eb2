/** From what a visitor sent to the rows of a lead; nothing is read or written here. */
import { honeypotOf } from "../domain/form.ts";
import { keptIp } from "../domain/ip.ts";
import type { Person, StoredAnswer } from "../domain/lead.ts";
import { ok, type Result } from "../domain/result.ts";
import { slugOf } from "../domain/slug.ts";
import { SOURCE_OF } from "../domain/source.ts";
import { spamReasons } from "../domain/spam.ts";
import { utmOf } from "../domain/visit.ts";
import type { NewClaim, NewContact, NewIncoming, NewLead } from "../store/capture.ts";
import type { CaptureFailure, CaptureInput } from "./capture-input.ts";
import { contactRow } from "./contact-rows.ts";
import type { Context } from "./context.ts";
import { type EnteredAnswer, enteredAnswers, freeTexts, personOf } from "./filled-in.ts";
import { intakeRows } from "./intake.ts";
import { judgeSuspicion, type Verdict } from "./suspicion.ts";

export interface PreparedLead {
  uuid: string;
  rows: { leads: NewLead[]; contacts: NewContact[]; claims: NewClaim[]; incoming: NewIncoming[] };
  /** Everything that was entered, as a person reads it. */
  words: string;
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
