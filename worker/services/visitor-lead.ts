/** The row of a lead that a visitor of a page has made, by a form or in a chat. */
import { keptIp } from "../domain/ip.ts";
import { type EnteredAnswer, type Person, storedAnswer } from "../domain/lead.ts";
import { slugOf } from "../domain/slug.ts";
import { SOURCE_OF } from "../domain/source.ts";
import { utmOf, type Visit } from "../domain/visit.ts";
import type { NewLead } from "../store/capture.ts";
import type { FormContext } from "../store/forms.ts";
import type { Context } from "./context.ts";

/** @returns the lead as it comes in where nothing is suspected. */
export function visitorLead(
  ctx: Context,
  { form, organization, pipelineId, firstStatusId, visit }: FormContext & { visit: Visit },
  made: {
    uuid: string;
    who: Person;
    entered: EnteredAnswer[];
    category: "forms" | "chats";
    roomId?: string;
    /** With when it was given. */
    consent: NewLead["consent"];
  },
): NewLead {
  const { settings } = form;
  return {
    uuid: made.uuid,
    slug: slugOf(made.who.name, crypto.getRandomValues(new Uint8Array(10))),
    state: settings.is_processable ? "pending" : "incoming",
    change_id: made.uuid,
    second_event: null,
    form_id: form.id,
    room_id: made.roomId ?? null,
    visitor_id: visit.visitorId,
    pipeline_id: pipelineId,
    status_id: firstStatusId,
    owner_id: null,
    creator_id: null,
    is_processable: settings.is_processable,
    category: made.category,
    source: SOURCE_OF[made.category],
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
    consent: made.consent,
    spam: null,
    at: ctx.now,
  };
}
