/**
 * All code of the Worker that it loads when it is first wanted. Under test, modules come by way of the test that runs:
 * whatever runs beside it, an object or a request to the Worker's own door, might wait for them for ever. So they are there
 * before anything runs.
 */
import { exports } from "cloudflare:workers";
import { PAGES } from "../../worker/api/capture/refusal.ts";
import { CHAT, LEADS } from "../../worker/api/capture/routes.ts";
import { INBOX_CODE, ROOM_CODE } from "../../worker/chat/objects.ts";
import { dialectsOf } from "../../worker/dialects.ts";
import { crmPrefixOf } from "../../worker/env.ts";
import { MIME } from "../../worker/mail/parse-mail.ts";
import { NUMBERING_PLANS } from "../../worker/services/phone.ts";
import { CALENDARS } from "../../worker/services/zoned-time.ts";

let isLoaded = false;

/** Costs something once in each runtime. */
export async function loadAllCode(): Promise<void> {
  if (isLoaded) return;
  for (const late of [ROOM_CODE, INBOX_CODE, LEADS, CHAT, PAGES, MIME, NUMBERING_PLANS, CALENDARS]) await late.load();
  // The Worker's own door has its own of each API, from the first request for it on.
  for (const { base, load } of dialectsOf(crmPrefixOf())) {
    await load();
    await exports.default.fetch(`https://foyer.test${base === "/" ? "" : base}/nothing`);
  }
  for (const path of ["/leads/summary/x", "/api/v1/get-leads", "/admin/v1/me", "/inbox/session", "/demo"]) {
    await exports.default.fetch(`https://foyer.test${path}`);
  }
  isLoaded = true;
}
