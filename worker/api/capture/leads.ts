/** A lead comes in, as the widget's JSON or the plain post of a page without script. Loaded with the first of them. */
import type { Context } from "hono";
import { type CaptureAnswer, REPLAYED_HEADER } from "../../../shared/capture-api.ts";
import type { FormSettings } from "../../domain/form.ts";
import { wantedLanguages } from "../../domain/form-language.ts";
import type { Captured, CaptureInput } from "../../services/capture-input.ts";
import { captureLead } from "../../services/capture-lead.ts";
import { contextOf, type Deps } from "../http/app.ts";
import { problem } from "../http/problem.ts";
import { parseCapture, readHtmlForm } from "./body.ts";
import { failureProblem } from "./errors.ts";
import { type CaptureEnv, type LoadedForm, worded } from "./found.ts";
import { failurePage } from "./pages.ts";
import { refuse } from "./refusal.ts";
import { turnstileOf } from "./turnstile.ts";
import { visitOf } from "./visit.ts";

type C = Context<CaptureEnv>;

export async function captureJson(c: C, deps: Deps): Promise<Response> {
  const parsed = parseCapture(await c.req.text());
  if (!parsed.ok) return problem("malformed", { detail: parsed.failure });
  const { submission_id: submissionId, data, consent, elapsed_ms, locale, solution } = parsed.value;
  if (locale && c.req.query("locale") === undefined) c.set("wanted", wantedLanguages(locale));
  const visit = visitOf(c.req.raw, parsed.value);
  const elapsedMs = elapsed_ms ?? null;
  const turnstile = turnstileOf(c, deps, c.var.loaded.form.settings);
  const captured = await capture(c, deps, { submissionId, data, consent, elapsedMs, visit, solution, turnstile });
  if (!captured.ok) return failureProblem(captured.failure);
  const headers = { "cache-control": "no-store", ...(captured.value.isReplay ? { [REPLAYED_HEADER]: "true" } : {}) };
  return Response.json(captureAnswer(worded(c), captured.value), { status: 201, headers });
}

export async function captureHtml(c: C, deps: Deps): Promise<Response> {
  const { form } = c.var.loaded;
  let sent: FormData;
  try {
    sent = await c.req.raw.formData();
  } catch {
    return refuse(c, "malformed", { detail: "The form data cannot be read." });
  }
  const visit = visitOf(c.req.raw, null);
  const captured = await capture(c, deps, {
    ...readHtmlForm(sent, form.settings),
    submissionId: null,
    elapsedMs: null,
    visit,
  });
  // A repeat is no news to a page without script: it may be a reload.
  if (!captured.ok && captured.failure.kind !== "duplicate-lead") {
    return await failurePage(worded(c), captured.failure, c.var.wanted);
  }
  return c.redirect(form.settings.thank_you_url ?? thanksAddress(c), 303);
}

/** With the language that was asked for, and nothing else of the address. */
function thanksAddress(c: C): string {
  const address = new URL(`/v1/forms/${c.var.loaded.form.id}/thanks`, c.req.url);
  const asked = c.req.query("locale");
  if (asked !== undefined) address.searchParams.set("locale", asked);
  return address.href;
}

function capture(c: C, deps: Deps, sent: Omit<CaptureInput, keyof LoadedForm>) {
  const { db, ...form } = c.var.loaded;
  const actor = { kind: "visitor" as const, visitorId: sent.visit.visitorId };
  const { locale } = worded(c);
  const consent = sent.consent && (locale ? { ...sent.consent, locale } : sent.consent);
  return captureLead(contextOf(c, deps, actor, db), { ...form, ...sent, consent });
}

function captureAnswer({ texts, thank_you_url: url }: FormSettings, captured: Captured): CaptureAnswer {
  const thanks = { title: texts.thanks_title, text: texts.thanks_text };
  return {
    id: captured.leadUuid,
    created_at: new Date(captured.createdAt).toISOString(),
    ...(thanks.title || thanks.text ? { thanks } : {}),
    ...(url ? { redirect_url: url } : {}),
  };
}
