/** What a visitor without script reads. Everything is escaped by `html`. */
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { ProblemKind } from "../../../shared/capture-api.ts";
import type { FieldProblem, LeadFailure } from "../../domain/failure.ts";
import type { FormSettings } from "../../domain/form.ts";
import { type ProblemExtra, problemStatus, problemTitle } from "../http/problem.ts";
import { fieldProblems, labelOf } from "./errors.ts";

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE =
  "body{font:18px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1.5rem;color-scheme:light dark}";
/** The page loads nothing and runs nothing; its style is allowed by its own hash, computed once. */
let policy: Promise<string> | undefined;

async function contentSecurityPolicy(): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(STYLE));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'`;
}

async function page(
  status: number,
  title: string,
  body: Html,
  headers: Record<string, string> = {},
): Promise<Response> {
  policy ??= contentSecurityPolicy();
  const text = await html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`;
  return new Response(String(text), {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": await policy,
      "cache-control": "no-store",
      ...headers,
    },
  });
}

export function thanksPage(settings: FormSettings): Promise<Response> {
  const { thanks_title: title, thanks_text: text } = settings.texts;
  return page(200, title ?? "Thank you", html`<p>${text ?? "Your request has arrived. We will be in touch."}</p>`);
}

/** A refusal that is not about what was entered. */
export function problemPage(kind: ProblemKind, extra: ProblemExtra = {}): Promise<Response> {
  const words = html`<p>${extra.detail ?? "Please go back; what you entered is still there."}</p>`;
  return page(problemStatus(kind), problemTitle(kind), words, extra.headers);
}

export function failurePage(settings: FormSettings, failure: LeadFailure): Promise<Response> {
  if (failure.kind === "invalid-fields") return invalidPage(settings, failure.problems);
  if (failure.kind === "rate-limited") {
    const seconds = failure.retryAfterSeconds;
    const words = html`<p>Please go back and try again in ${seconds} seconds. What you entered is still there.</p>`;
    return page(429, problemTitle("rate-limited"), words, { "retry-after": String(seconds) });
  }
  return problemPage("conflict");
}

function invalidPage(settings: FormSettings, problems: FieldProblem[]): Promise<Response> {
  const items = fieldProblems(problems).map(
    ({ field, message }) => html`<li><b>${labelOf(settings, field)}</b>: ${message}</li>`,
  );
  const words = html`<ul>${items}</ul><p>Please go back and correct this. What you entered is still there.</p>`;
  return page(422, problemTitle("invalid-fields"), words);
}
