/**
 * The widget's door, open to the pages that a form allows.
 *
 *     GET  /forms/{form}          the public form; cacheable, with ETag
 *     POST /forms/{form}/leads    JSON from the widget, or the plain post of a page without script
 *     GET  /forms/{form}/thanks   where a plain post ends if the form names no page of its own
 *     GET  /forms/{form}/chat     the socket of a chat; POST exchanges the same frames without one
 *
 * Each answers in the best of the form's languages: for `?locale=`, a tag or a list of them, or the `locale` of the JSON,
 * else for Accept-Language.
 * What is stored is the same in all of them; a lead's consent tells in which one it was read.
 *
 * By design: suspected spam and repeats by somebody else are thanked like anyone, but for the widget, which is asked to
 * clear itself (428) and says by `solution` that it can; nothing in a request says where a visitor is sent next; no
 * credentials travel here. JSON may come as text/plain, so that a page that goes away can still send without a preflight.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { etag } from "hono/etag";
import {
  type CaptureAnswer,
  type ProblemKind,
  REPLAYED_HEADER,
  REQUEST_ID_HEADER,
} from "../../../shared/capture-api.ts";
import { CAPTURE_BODY_LIMIT_BYTES } from "../../../shared/limits.ts";
import { allowsOrigin, type FormSettings, publicForm } from "../../domain/form.ts";
import { inLanguage, wantedLanguages } from "../../domain/form-language.ts";
import type { Captured, CaptureInput } from "../../services/capture-input.ts";
import { captureLead } from "../../services/capture-lead.ts";
import { loadForm } from "../../services/load-form.ts";
import { config, contextOf, type Deps } from "../http/app.ts";
import { caught } from "../http/exception.ts";
import { type ProblemExtra, problem } from "../http/problem.ts";
import { readAnywhere } from "../http/request-scope.ts";
import { bodyKind, parseCapture, readHtmlForm } from "./body.ts";
import { exchangeFrames, openSocket } from "./chat.ts";
import { failureProblem } from "./errors.ts";
import type { CaptureEnv, LoadedForm } from "./found.ts";
import { failurePage, problemPage, thanksPage } from "./pages.ts";
import { turnstileOf } from "./turnstile.ts";
import { visitOf } from "./visit.ts";

type C = Context<CaptureEnv>;

const VARY = { vary: "Origin" };
/** What pages of other origins may read beside the body. */
const EXPOSED = { "access-control-expose-headers": `${REPLAYED_HEADER}, Retry-After, ${REQUEST_ID_HEADER}` };
const PREFLIGHT_TTL_SECONDS = 86_400;
const FORM_TTL_SECONDS = 60;

export function captureRoutes(deps: Deps): Hono<CaptureEnv> {
  const app = new Hono<CaptureEnv>({ strict: false });

  app.use("/forms/:form/*", async (c, next) => {
    const origin = c.req.header("origin");
    // Pages and caches keep a form for a minute in any case.
    if (c.req.method === "GET") readAnywhere();
    const loaded = await loadForm(config(c).databases, c.req.param("form").toLowerCase(), deps.now());
    if (loaded === null) {
      // Nothing is lost by letting any page read that there is no such form.
      return refuse(c, "form-not-found", { headers: { "access-control-allow-origin": "*", ...VARY } });
    }
    const isGet = c.req.method === "GET" || c.req.method === "HEAD";
    // Whoever opens a socket sends by it, and no preflight has asked for them.
    const isRead = isGet && c.req.header("upgrade") === undefined;
    const allowed = allowsOrigin(loaded.form.settings, origin) || (isRead && origin === undefined);
    if (!allowed) return refuse(c, "origin-not-allowed", { headers: VARY });
    const asked = c.req.query("locale");
    c.set("loaded", loaded);
    c.set("wanted", wantedLanguages(asked ?? c.req.header("accept-language") ?? ""));
    await next();
    const isByHeader = asked === undefined && loaded.form.settings.translations !== undefined;
    c.res.headers.set("vary", isByHeader ? "Origin, Accept-Language" : "Origin");
    if (origin !== undefined) {
      c.res.headers.set("access-control-allow-origin", origin);
      for (const [name, value] of Object.entries(EXPOSED)) c.res.headers.set(name, value);
    }
  });

  app.options("/forms/:form/*", (c) => {
    c.header("access-control-allow-methods", "GET, POST");
    c.header("access-control-allow-headers", "Content-Type");
    c.header("access-control-max-age", String(PREFLIGHT_TTL_SECONDS));
    return c.body(null, 204);
  });

  app.get("/forms/:form", etag(), (c) => {
    c.header("cache-control", `public, max-age=${FORM_TTL_SECONDS}`);
    return c.json(publicForm({ ...c.var.loaded.form, settings: worded(c) }));
  });
  app.get("/forms/:form/thanks", (c) => thanksPage(worded(c), c.var.wanted));

  const tooLarge = bodyLimit({
    maxSize: CAPTURE_BODY_LIMIT_BYTES,
    onError: (c) => refuse(c, "payload-too-large"),
  });
  app.post("/forms/:form/leads", tooLarge, async (c) => {
    const kind = bodyKind(c.req.header("content-type"));
    if (kind === null) return problem("unsupported-media-type");
    return kind === "json" ? captureJson(c, deps) : captureHtml(c, deps);
  });

  app.get("/forms/:form/chat", openSocket);
  app.post("/forms/:form/chat", tooLarge, exchangeFrames);

  app.all("/forms/:form/leads", () => problem("method-not-allowed", { headers: { allow: "POST, OPTIONS" } }));
  app.all("/forms/:form/chat", () => problem("method-not-allowed", { headers: { allow: "GET, HEAD, POST, OPTIONS" } }));
  app.all("/forms/:form/thanks", () => problem("method-not-allowed", { headers: { allow: "GET, HEAD" } }));
  app.all("/forms/:form", () => problem("method-not-allowed", { headers: { allow: "GET, HEAD, OPTIONS" } }));
  app.all("*", () => problem("not-found"));
  app.onError((error, c) => {
    const { kind, headers } = caught(error, c);
    // A page that cannot read the answer takes it for a broken line; the form itself may not have been found yet.
    return refuse(c, kind, { headers: { "access-control-allow-origin": "*", ...EXPOSED, ...VARY, ...headers } });
  });
  return app;
}

/** A refusal in the form that its reader understands: problem details, or a page for whoever posted a plain form. */
function refuse(c: Context, kind: ProblemKind, extra: ProblemExtra = {}): Response | Promise<Response> {
  const isHtml = bodyKind(c.req.header("content-type")) === "html";
  return isHtml ? problemPage(kind, extra) : problem(kind, extra);
}

async function captureJson(c: C, deps: Deps): Promise<Response> {
  const parsed = parseCapture(await c.req.text());
  if (!parsed.ok) return problem("malformed", { detail: parsed.failure });
  const { submission_id: submissionId, data, consent, elapsed_ms, locale, solution } = parsed.value;
  if (locale && c.req.query("locale") === undefined) c.set("wanted", wantedLanguages(locale));
  const visit = visitOf(c.req.raw, parsed.value);
  const elapsedMs = elapsed_ms ?? null;
  const turnstile = turnstileOf(c, deps, c.var.loaded.form.settings);
  const captured = await capture(c, deps, { submissionId, data, consent, elapsedMs, visit, solution, turnstile });
  if (!captured.ok) return failureProblem(captured.failure);
  if (captured.value.isReplay) c.header(REPLAYED_HEADER, "true");
  c.header("cache-control", "no-store");
  return c.json(captureAnswer(worded(c), captured.value), 201);
}

async function captureHtml(c: C, deps: Deps): Promise<Response> {
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

/** The form's settings with the words that this visitor reads; for answers only, never for what is stored. */
const worded = (c: C): FormSettings => inLanguage(c.var.loaded.form.settings, c.var.wanted);

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
