/** What the demo's pages share. */
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export interface DemoForms {
  popup: string;
  inline: string;
  /** Where there is one. */
  chat?: string | undefined;
}
export type Theme = "light" | "dark" | "auto";
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A whole page around its body. */
export function page(title: string, theme: Theme, body: Html): Html {
  return html`<!doctype html>
<html lang="en" data-theme="${theme}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${title}</title>
<meta name="description" content="Halyard plans the week of crews that work on site. A made-up company, to show Foyer.">
<link rel="stylesheet" href="/demo/style.css"></head>
<body>${body}</body></html>`;
}
