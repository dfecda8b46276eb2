/** From what a visitor sent to the rows of a lead; nothing is read or written here. */
import { honeypotOf } from "../domain/form.ts";
import { ok, type Result } from "../domain/result.ts";
import { spamReasons } from "../domain/spam.ts";
import type { NewClaim, NewContact, NewIncoming, NewLead } from "../store/capture.ts";
import type { CaptureFailure, CaptureInput } from "./capture-input.ts";
import { contactRow } from "./contact-rows.ts";
import type { Context } from "./context.ts";
import { enteredAnswers, freeTexts, personOf } from "./filled-in.ts";
import { intakeRows } from "./intake.ts";
import { judgeSuspicion } from "./suspicion.ts";
import { visitorLead } from "./visitor-lead.ts";

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
  const { isHeld, spam } = judged.value;
  const consent = input.consent ? { ...input.consent, at: ctx.now } : null;
  const lead: NewLead = {
    ...visitorLead(ctx, input, { uuid, who, entered: entered.value, category: "forms", consent }),
    ...(isHeld ? { state: "held" } : {}),
    spam,
  };
  const answers = entered.value.map(({ field, value }) => ({
    name: field.name,
    value,
    mapsTo: field.maps_to,
    hidden: field.type === "hidden",
  }));
  const intake = isHeld
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
