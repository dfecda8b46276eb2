/** Pages for people: they load nothing, run nothing and stand in nobody's frame. */
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { directionOf } from "../../../shared/languages.ts";

/** Made by `html`, which escapes whatever is put into it. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE = `body{font:18px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1.5rem;color-scheme:light dark}
label{display:block;margin:1rem 0}input{display:block;font:inherit;width:100%;box-sizing:border-box}
button{font:inherit;margin:1rem 1rem 0 0;padding:.25rem 1rem}`;

/** The style is allowed by its own hash, computed once. */
let styleHash: Promise<string> | undefined;

async function hashOfStyle(): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(STYLE));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/**
 * English, unless `headers` has another `content-language`.
 * @param formAction what the page's form may be sent to and lead to, as the Content-Security-Policy spells it.
 */
export async function page(
  status: number,
  title: string,
  body: Html,
  headers: Record<string, string> = {},
  formAction: string | null = null,
): Promise<Response> {
  styleHash ??= hashOfStyle();
  const language = headers["content-language"] ?? "en";
  const text = await html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`;
  const form = formAction === null ? "" : ` form-action ${formAction};`;
  const policy = `default-src 'none'; style-src 'sha256-${await styleHash}';${form}`;
  return new Response(String(text), {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `${policy} frame-ancestors 'none'; base-uri 'none'`,
      "cache-control": "no-store",
      ...headers,
    },
  });
}
